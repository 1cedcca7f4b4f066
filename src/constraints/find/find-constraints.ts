import { SynthError } from "../../core/errors.js";
import type { Constraint, ConstraintOf } from "../../schema/constraint-schema.js";
import type { TableSchema } from "../../schema/table-schema.js";
import { type Table, takeRows } from "../../table/table.js";
import { makeJudge } from "../check-constraints.js";
import { fitConstraints } from "../fit-constraints.js";
import { quoteName } from "../formula.js";
import { nameConstraint } from "../name-constraint.js";
import { findCombinations } from "./find-combinations.js";
import { findConditionalNulls } from "./find-conditional-nulls.js";
import { findDependencies } from "./find-dependencies.js";
import { findFormulas } from "./find-formulas.js";
import { findInequalities } from "./find-inequalities.js";
import { findNear } from "./find-near.js";
import { findOneHotGroups } from "./find-one-hot-groups.js";
import { findRanges } from "./find-ranges.js";
import { findUnique } from "./find-unique.js";
import { makeSearchTable } from "./search-table.js";

/** Rows that are searched, evenly spread over the table; what is found is verified on all rows. */
const MAX_ROWS = 20_000;
/** Rows on which proposals are tried together. */
const TRIED_ROWS = 1000;

/** The kinds that cost no likeness and are no accident: a fit keeps them unasked. The others may only be true of these rows. */
export const CLEAR_KINDS: readonly Constraint["kind"][] = [
  "sum",
  "derived",
  "oneHot",
  "functionalDependency",
  "conditionalNull",
  "inequality",
  "near",
];
const ALL_KINDS: readonly Constraint["kind"][] = [...CLEAR_KINDS, "fixedCombinations", "unique", "range"];

/** The kinds to look for: all or none where the caller says so; else the clear ones, unless a schema was written down. */
export function kindsToFind(asked: boolean | undefined, hasSchema: boolean): readonly Constraint["kind"][] {
  if (asked === undefined) return hasSchema ? [] : CLEAR_KINDS;
  return asked ? ALL_KINDS : [];
}

/**
 * Constraints that every row of a table holds, each with its support, and with enough evidence that it is no accident: among
 * rows whose values were paired at random many would break it. Those that cannot be kept together with the schema's own or with
 * ones before them, or follow from them, are left out. Values that fewer than five rows have are not named.
 *
 * @param kinds what to look for. Default: ALL_KINDS
 */
export function findConstraints(
  table: Table,
  schema: TableSchema,
  kinds: readonly Constraint["kind"][] = ALL_KINDS,
): Constraint[] {
  const sample = takeRows(table, spreadRows(table.rowCount));
  const search = makeSearchTable(sample, schema);
  const formulas = findFormulas(search);
  const groups = findOneHotGroups(search);
  const bound = new Set([...formulas.map(targetOf), ...groups.flatMap(({ columns }) => columns)]);
  const free = { ...search, columns: search.columns.filter(({ name }) => !bound.has(name)) };
  const targets = new Set(formulas.map(targetOf));
  const withoutTargets = { ...search, columns: search.columns.filter(({ name }) => !targets.has(name)) };
  const dependencies = findDependencies(free);
  const candidates: Constraint[] = [
    ...formulas,
    ...groups,
    ...dependencies,
    ...findConditionalNulls(withoutTargets).filter((one) => !dependencies.some((other) => saysNoMore(one, other))),
    ...(kinds.includes("fixedCombinations") ? findCombinations(free, dependencies) : []),
    ...(kinds.includes("unique") ? findUnique(search, table) : []),
    ...findInequalities(search, formulas),
    ...(kinds.includes("range") ? findRanges(search) : []),
  ].filter(({ kind }) => kinds.includes(kind));
  const few = takeRows(sample, spreadRows(Math.min(sample.rowCount, TRIED_ROWS)));
  const own = schema.constraints ?? [];
  const known = new Set(own.map(nameConstraint));
  const found: Constraint[] = [];
  const add = (candidate: Constraint): void => {
    if (known.has(nameConstraint(candidate)) || !canBeKept(few, schema, [...own, ...found, candidate])) return;
    const rows = countHeld(candidate, table);
    if (rows !== undefined) found.push({ ...candidate, support: { holds: rows, rows } });
  };
  candidates.forEach(add);
  if (kinds.includes("near")) findNear(table, { ...schema, constraints: [...own, ...found] }).forEach(add);
  return found;
}

/** A dependent column is missing where its determinant is. */
function saysNoMore(
  { column, when }: ConstraintOf<"conditionalNull">,
  { determinants, dependent }: ConstraintOf<"functionalDependency">,
): boolean {
  const pair = [...determinants, dependent];
  return pair.includes(column) && pair.some((name) => name !== column && when === `${quoteName(name)} is null`);
}

function spreadRows(rowCount: number): Uint32Array {
  const count = Math.min(rowCount, MAX_ROWS);
  return Uint32Array.from({ length: count }, (_, index) => Math.floor((index * rowCount) / count));
}

function targetOf(constraint: Constraint): string {
  return constraint.kind === "sum" ? constraint.whole : constraint.kind === "derived" ? constraint.column : "";
}

/** The rows that the constraint speaks of, undefined where one breaks it. */
function countHeld(constraint: Constraint, table: Table): number | undefined {
  const judge = makeJudge(constraint, table);
  let rows = 0;
  for (let row = 0; row < table.rowCount; row++) {
    const verdict = judge(row);
    if (verdict === "broken") return undefined;
    if (verdict === "holds") rows++;
  }
  return rows;
}

function canBeKept(table: Table, schema: TableSchema, constraints: readonly Constraint[]): boolean {
  try {
    fitConstraints(table, { ...schema, constraints: [...constraints] }, { minCategoryCount: 1 });
    return true;
  } catch (error) {
    if (error instanceof SynthError && error.code === "E_CONSTRAINT_CONFLICT") return false;
    throw error;
  }
}
