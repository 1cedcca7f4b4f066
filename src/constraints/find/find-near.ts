import { dateUnitMs } from "../../encode/date-unit.js";
import { roleOf } from "../../schema/column-role.js";
import type { Constraint, ConstraintOf } from "../../schema/constraint-schema.js";
import type { TableSchema } from "../../schema/table-schema.js";
import { dateMeaning } from "../../table/date-format.js";
import { findColumn, type Table } from "../../table/table.js";

/** Rows that are searched, evenly spread over the table. */
const MAX_ROWS = 5000;
const MAX_COLUMNS = 50;
/** Rows in which both dates are known, and distinct values of each, that are evidence. */
const MIN_ROWS = 50;
const MIN_DISTINCT = 20;
/** The reference is known in at least this share of the rows that have the date; of roots, in this share of the best one's. */
const MIN_KNOWN = 0.9;
/** A distance spreads at most this share as wide as the date itself. */
const MAX_SPREAD = 0.1;

/** A date or timestamp. */
interface Dates {
  readonly name: string;
  /** [rows searched] ms, NaN = missing. */
  readonly values: Float64Array;
  readonly present: number;
  /** What it is written to, in ms. */
  readonly unit: number;
}

/** How wide values lie, in ms: between their quartiles, and between their first and last hundredth. */
interface Spread {
  readonly quartiles: number;
  readonly tails: number;
}

/**
 * Dates and timestamps that lie near another one though no rule says on which side: their distance spreads far less than they do
 * themselves. Each has one reference, the nearest; there are no circles. What follows from others by the schema's constraints is a
 * reference at most, once what it follows from has its place.
 */
export function findNear(table: Table, schema: TableSchema): ConstraintOf<"near">[] {
  const dates = datesOf(table, schema);
  const sources = sourcesOf(schema.constraints ?? []);
  const waiting = new Set(dates.filter(({ name }) => sources.has(name)));
  const open = new Set(dates.filter(({ name }) => !sources.has(name)));
  const placed: Dates[] = [];
  const found: ConstraintOf<"near">[] = [];
  const widths = new Map<string, number | undefined>();
  const widthOf = (column: Dates, reference: Dates): number | undefined => {
    const key = JSON.stringify([column.name, reference.name]);
    if (!widths.has(key)) widths.set(key, nearWidth(column, reference));
    return widths.get(key);
  };
  while (open.size > 0) {
    const next = nearest([...open], placed, widthOf);
    const column = next?.column ?? chooseRoot([...open]);
    open.delete(column);
    placed.push(column);
    for (const one of waiting) {
      const hasPlace = [...open, ...waiting].every(({ name }) => !sources.get(one.name)?.has(name));
      if (hasPlace && waiting.delete(one)) placed.push(one);
    }
    if (next !== undefined) found.push({ kind: "near", column: next.column.name, reference: next.reference.name });
  }
  return found;
}

function datesOf(table: Table, schema: TableSchema): Dates[] {
  const count = Math.min(table.rowCount, MAX_ROWS);
  const rows = Uint32Array.from({ length: count }, (_, index) => Math.floor((index * table.rowCount) / count));
  return schema.columns
    .flatMap((described): Dates[] => {
      const column = findColumn(table, described.name);
      if (roleOf(described) !== "date" || column?.kind !== "date" || described.distinctCount < MIN_DISTINCT) return [];
      const meaning = dateMeaning(column.format);
      if (meaning !== "date" && meaning !== "timestamp") return [];
      const values = Float64Array.from(rows, (row) => column.values[row]!);
      const present = values.filter((value) => !Number.isNaN(value)).length;
      return [{ name: column.name, values, present, unit: dateUnitMs(column.format) }];
    })
    .slice(0, MAX_COLUMNS);
}

/** By column that follows from others, those. */
function sourcesOf(constraints: readonly Constraint[]): ReadonlyMap<string, ReadonlySet<string>> {
  const sources = new Map<string, Set<string>>();
  for (const [column, from] of constraints.flatMap(followersOf)) {
    sources.set(column, new Set([...(sources.get(column) ?? []), ...from]));
  }
  return sources;
}

/** The columns that follow from a constraint, and what from. */
function followersOf(constraint: Constraint): (readonly [string, readonly string[]])[] {
  switch (constraint.kind) {
    case "inequality":
      return constraint.columns.slice(1).map((column, at) => [column, constraint.columns.slice(0, at + 1)] as const);
    case "fixedCombinations":
      return constraint.columns.map((column) => [column, []] as const);
    case "functionalDependency":
      return [[constraint.dependent, constraint.determinants]];
    case "derived":
      return [[constraint.column, []]];
    case "near":
      return [[constraint.column, [constraint.reference]]];
    case "range":
    case "sum":
    case "oneHot":
    case "unique":
    case "conditionalNull":
      return [];
    default:
      return constraint satisfies never;
  }
}

/** The date that lies nearest to one that has its place, and that one. */
function nearest(
  open: readonly Dates[],
  placed: readonly Dates[],
  widthOf: (column: Dates, reference: Dates) => number | undefined,
): { readonly column: Dates; readonly reference: Dates } | undefined {
  let best: { readonly column: Dates; readonly reference: Dates; readonly width: number } | undefined;
  for (const column of open) {
    for (const reference of placed) {
      const width = widthOf(column, reference);
      if (width !== undefined && (best === undefined || width < best.width)) best = { column, reference, width };
    }
  }
  return best;
}

/** The date that others are counted from: of those that are known most the one written to the finest unit, then the first. */
function chooseRoot(open: readonly Dates[]): Dates {
  const most = Math.max(...open.map(({ present }) => present));
  const known = open.filter(({ present }) => present >= MIN_KNOWN * most);
  const finest = Math.min(...known.map(({ unit }) => unit));
  return known.find(({ unit }) => unit === finest)!;
}

/** How wide the distance spreads between its tails, in ms; undefined where it is not much narrower than the date. */
function nearWidth(column: Dates, reference: Dates): number | undefined {
  const known = [...column.values.keys()].filter((row) => !Number.isNaN(column.values[row]! - reference.values[row]!));
  if (known.length < MIN_ROWS || known.length < MIN_KNOWN * column.present) return undefined;
  const own = spreadOf(Float64Array.from(known, (row) => column.values[row]!));
  const { unit } = column;
  const distances = Float64Array.from(
    known,
    (row) => column.values[row]! - Math.floor(reference.values[row]! / unit) * unit,
  );
  const distance = spreadOf(distances);
  const isNear = distance.quartiles <= MAX_SPREAD * own.quartiles && distance.tails <= MAX_SPREAD * own.tails;
  return isNear && own.quartiles > 0 ? distance.tails : undefined;
}

function spreadOf(values: Float64Array): Spread {
  const sorted = values.slice().sort();
  const at = (share: number): number => sorted[Math.round(share * (sorted.length - 1))]!;
  return { quartiles: at(0.75) - at(0.25), tails: at(0.99) - at(0.01) };
}
