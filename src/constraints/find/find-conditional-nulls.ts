import type { ConstraintOf } from "../../schema/constraint-schema.js";
import { quoteName } from "../formula.js";
import type { SearchColumn, SearchTable } from "./search-table.js";

type ConditionalNull = ConstraintOf<"conditionalNull">;

const MAX_LEVELS = 50;
/** Every level of a condition is in so many rows: a rarer one is not named. */
const MIN_LEVEL_ROWS = 5;
/** Missing rows, and rows that have a value. */
const MIN_ROWS = 20;

/** Columns that are missing exactly where a category has some of its values, or where a column before them is missing. */
export function findConditionalNulls({ columns, rowCount }: SearchTable): ConditionalNull[] {
  const categories = columns.filter(
    ({ column, counts }) => "codes" in column && counts.length >= 2 && counts.length <= MAX_LEVELS,
  );
  return columns.flatMap((target, at) => {
    const missing = rowCount - target.present;
    if (missing < MIN_ROWS || target.present < MIN_ROWS) return [];
    const when =
      categories.map((category) => findLevels(target, category)).find((one) => one !== undefined) ??
      columns
        .slice(0, at)
        .flatMap((other) => (haveSameGaps(target, other) ? [`${quoteName(other.name)} is null`] : []))[0];
    return when === undefined ? [] : [{ kind: "conditionalNull", column: target.name, when }];
  });
}

/** The condition on a category that tells where the column is missing. */
function findLevels(target: SearchColumn, category: SearchColumn): string | undefined {
  if (target === category || category.present < category.codes.length) return undefined;
  if (category.counts.some((count) => count < MIN_LEVEL_ROWS)) return undefined;
  const states = new Int8Array(category.counts.length).fill(-1);
  for (let row = 0; row < target.codes.length; row++) {
    const level = category.codes[row]!;
    const state = target.codes[row]! < 0 ? 1 : 0;
    if (states[level]! >= 0 && states[level] !== state) return undefined;
    states[level] = state;
  }
  const levels = [...states.keys()].filter((level) => states[level] === 1).map((level) => textOf(category, level));
  const quoted = levels.sort().map((text) => `'${text.replaceAll("'", "''")}'`);
  const name = quoteName(category.name);
  return quoted.length === 1 ? `${name} = ${quoted[0]}` : `${name} in (${quoted.join(", ")})`;
}

function textOf({ column, codes }: SearchColumn, level: number): string {
  if (!("codes" in column)) return "";
  return column.dictionary[column.codes[codes.indexOf(level)]!]!;
}

function haveSameGaps(a: SearchColumn, b: SearchColumn): boolean {
  return a.present === b.present && a.codes.every((code, row) => code < 0 === b.codes[row]! < 0);
}
