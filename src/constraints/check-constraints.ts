import { outputOf } from "../encode/column-output.js";
import type { Constraint } from "../schema/constraint-schema.js";
import { type Column, isMissing } from "../table/column.js";
import type { Table } from "../table/table.js";
import { keyOfCells, makeCellReader, makeMissingReader } from "./cells.js";
import { makeCondition, makeFormula } from "./formula.js";
import { gridOf } from "./grid.js";
import { columnOf, numericColumnOf } from "./numeric-column.js";
import { readBound } from "./read-bound.js";
import { groupRows } from "./row-groups.js";
import type { Cell } from "./transform.js";
import { isSet } from "./transforms/one-hot-group.js";

/** How far a table holds one constraint. */
export interface ConstraintCheck {
  readonly constraint: Constraint;
  /** Rows that break it. */
  readonly violations: number;
  /** Rows that it speaks of: those in which no column that it needs is missing. */
  readonly rows: number;
  /** Numbers (1 = first) of the first rows that break it, at most five. */
  readonly firstRows: readonly number[];
}

/** What a constraint says of a row: it holds, it is broken, or it does not speak of it. */
export type Verdict = "holds" | "broken" | "silent";

const MAX_FIRST_ROWS = 5;

/**
 * How far each constraint holds in a table that has its columns. Combinations are fixed by `reference` (default: the table
 * itself, where they always hold).
 */
export function checkConstraints(
  table: Table,
  constraints: readonly Constraint[],
  reference = table,
): ConstraintCheck[] {
  return constraints.map((constraint) => {
    const judge = makeJudge(constraint, table, reference);
    const firstRows: number[] = [];
    let violations = 0;
    let rows = 0;
    for (let row = 0; row < table.rowCount; row++) {
      const verdict = judge(row);
      if (verdict === "silent") continue;
      rows++;
      if (verdict === "holds") continue;
      violations++;
      if (firstRows.length < MAX_FIRST_ROWS) firstRows.push(row + 1);
    }
    return { constraint, violations, rows, firstRows };
  });
}

/** The verdict on each row (0 = first). */
export function makeJudge(constraint: Constraint, table: Table, reference = table): (row: number) => Verdict {
  const columnsOf = (names: readonly string[]) => names.map((name) => columnOf(table, name));
  switch (constraint.kind) {
    case "inequality": {
      const columns = constraint.columns.map((name) => numericColumnOf(table, name).values);
      return (row) => judgeAscending(columns, row, constraint.strict === true);
    }
    case "range": {
      const column = numericColumnOf(table, constraint.column);
      const low = readBound(constraint.low, column) ?? Number.NEGATIVE_INFINITY;
      const high = readBound(constraint.high, column) ?? Number.POSITIVE_INFINITY;
      return speaking([column], (row) => column.values[row]! >= low && column.values[row]! <= high);
    }
    case "fixedCombinations": {
      if (reference === table) return () => "holds";
      const known = keysOf(constraint.columns.map((name) => columnOf(reference, name)));
      const own = keysOf(columnsOf(constraint.columns));
      const allowed = new Set(known.keys);
      const isKnown = own.keys.map((key) => allowed.has(key));
      return (row) => (isKnown[own.groups[row]!] ? "holds" : "broken");
    }
    case "functionalDependency": {
      const dependent = columnOf(table, constraint.dependent);
      return judgeDependency(columnsOf(constraint.determinants), dependent);
    }
    case "sum": {
      const parts = constraint.parts.map((name) => numericColumnOf(table, name).values);
      const whole = numericColumnOf(table, constraint.whole);
      const decimals = constraint.decimals ?? (whole.kind === "number" ? whole.format.decimals : 0);
      const tolerance = 0.5 * 10 ** -decimals * (1 + 1e-6);
      const involved = [whole, ...columnsOf(constraint.parts)];
      return speaking(involved, (row) => isSumOf(whole.values[row]!, parts, row, tolerance));
    }
    case "oneHot": {
      const columns = columnsOf(constraint.columns);
      return (row) => judgeOneHot(columns, row);
    }
    case "unique": {
      const columns = columnsOf(constraint.columns);
      const { groups, firstRows } = groupRows(columns);
      return speaking(columns, (row) => firstRows[groups[row]!] === row);
    }
    case "conditionalNull": {
      const column = columnOf(table, constraint.column);
      const isExplained = makeCondition(constraint.when, table);
      const exactly = constraint.exactly !== false;
      return (row) => {
        if (isMissing(column, row)) return isExplained[row] === 1 || !exactly ? "holds" : "broken";
        return isExplained[row] === 1 ? "broken" : "holds";
      };
    }
    case "derived": {
      const column = columnOf(table, constraint.column);
      return judgeDerived(column, makeFormula(constraint.expression, table, outputOf(column), null));
    }
    case "near":
      return speaking(columnsOf([constraint.column, constraint.reference]), () => true);
    default:
      return constraint satisfies never;
  }
}

function speaking(columns: readonly Column[], holds: (row: number) => boolean): (row: number) => Verdict {
  const isSilent = makeMissingReader(columns);
  return (row) => {
    if (isSilent(row)) return "silent";
    return holds(row) ? "holds" : "broken";
  };
}

/** Silent with fewer than two values. */
function judgeAscending(columns: readonly Float64Array[], row: number, strict: boolean): Verdict {
  let highest = Number.NaN;
  let verdict: Verdict = "silent";
  for (const values of columns) {
    const value = values[row]!;
    if (Number.isNaN(value)) continue;
    if (!Number.isNaN(highest)) {
      if (strict ? value <= highest : value < highest) return "broken";
      verdict = "holds";
    }
    highest = value;
  }
  return verdict;
}

/** The groups of rows and the key of each. */
function keysOf(columns: readonly Column[]): { readonly groups: Int32Array; readonly keys: readonly string[] } {
  const { groups, firstRows } = groupRows(columns);
  const readers = columns.map(makeCellReader);
  return { groups, keys: firstRows.map((row) => keyOfCells(readers.map((read) => read(row)))) };
}

/** Broken in the rows whose value is not the commonest of their determinants. */
function judgeDependency(determinants: readonly Column[], dependent: Column): (row: number) => Verdict {
  const isSilent = makeMissingReader([...determinants, dependent]);
  const { groups, firstRows } = groupRows(determinants);
  const pairs = groupRows([...determinants, dependent]);
  const counts = new Uint32Array(pairs.firstRows.length);
  for (const pair of pairs.groups) counts[pair]!++;
  const commonest = new Int32Array(firstRows.length).fill(-1);
  for (const [pair, row] of pairs.firstRows.entries()) {
    const best = commonest[groups[row]!]!;
    if (!isSilent(row) && (best < 0 || counts[pair]! > counts[best]!)) commonest[groups[row]!] = pair;
  }
  return (row) => {
    if (isSilent(row)) return "silent";
    return commonest[groups[row]!] === pairs.groups[row] ? "holds" : "broken";
  };
}

function isSumOf(whole: number, parts: readonly Float64Array[], row: number, tolerance: number): boolean {
  let sum = 0;
  for (const part of parts) sum += part[row]!;
  return Math.abs(whole - sum) <= tolerance + 1e-12 * Math.abs(whole);
}

function judgeOneHot(columns: readonly Column[], row: number): Verdict {
  const missing = columns.filter((column) => isMissing(column, row)).length;
  if (missing > 0) return missing === columns.length ? "silent" : "broken";
  return columns.filter((column) => isSet(column, row)).length === 1 ? "holds" : "broken";
}

/** Numbers hold where they are right to the digits that the column shows: data round halves in more than one way. */
function judgeDerived(column: Column, compute: (row: number) => Cell): (row: number) => Verdict {
  const read = makeCellReader(column);
  const grid = gridOf(outputOf(column));
  const tolerance = grid === null ? 0 : (0.5 * (1 + 1e-6) * grid.step) / grid.divisor;
  return (row) => {
    const [own, computed] = [read(row), compute(row)];
    if (own === null || computed === null) return "silent";
    if (typeof own !== "number" || typeof computed !== "number") return own === computed ? "holds" : "broken";
    return Math.abs(own - computed) <= tolerance + 1e-12 * Math.abs(own) ? "holds" : "broken";
  };
}
