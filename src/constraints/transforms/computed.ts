import { countBelow } from "../../stats/sorted-search.js";
import type { Column } from "../../table/column.js";
import type { Table } from "../../table/table.js";
import { keyOfCells, makeCellReader, makeColumn, makeMissingReader } from "../cells.js";
import { makeFormula } from "../formula.js";
import { columnOf } from "../numeric-column.js";
import { groupRows } from "../row-groups.js";
import type { Cell, Computed } from "../transform.js";
import { isSet } from "./one-hot-group.js";

/**
 * What is learned in place of the column: nothing but, where the data have such rows, its values that cannot be computed and
 * where it is missing though it could be. `isExplained` marks missing cells that another constraint tells.
 */
export function learnComputed(transform: Computed, table: Table, isExplained?: Uint8Array): Column[] {
  const { column, output, rest, gap } = transform;
  const own = columnOf(table, column);
  const read = makeCellReader(own);
  const isComputable = makeComputable(transform, table);
  const learned: Column[] = [];
  if (rest !== undefined) {
    learned.push(makeColumn(rest, output, table.rowCount, (row) => (isComputable(row) ? null : read(row))));
  }
  if (gap !== undefined) {
    const isGap = (row: number): boolean => isComputable(row) && read(row) === null && isExplained?.[row] !== 1;
    const codes = Int32Array.from({ length: table.rowCount }, (_, row) => Number(isGap(row)));
    learned.push({ kind: "boolean", name: gap, missingText: "", dictionary: ["no", "yes"], codes });
  }
  return learned;
}

/** A function that computes the column again. */
export function makeComputedRestorer(transform: Computed): (table: Table) => Column {
  const { column, output, rest, gap } = transform;
  const computer = makeComputer(transform);
  return (table) => {
    const compute = computer(table);
    const isComputable = makeComputable(transform, table);
    const readOther = rest === undefined ? () => null : makeCellReader(columnOf(table, rest));
    const gaps = gap === undefined ? undefined : columnOf(table, gap);
    const isGap = (row: number): boolean => gaps !== undefined && isSet(gaps, row);
    return makeColumn(column, output, table.rowCount, (row) => {
      if (!isComputable(row)) return readOther(row);
      return isGap(row) ? null : compute(row);
    });
  };
}

/** A function that gives a table's computed value by row, null where there is none. */
function makeComputer({ inputs, formula, output }: Computed): (table: Table) => (row: number) => Cell {
  if (formula.kind === "expression") return (table) => makeFormula(formula.expression, table, output);
  const known = new Map(formula.entries.map(({ when, value }) => [keyOfCells(when), value]));
  const fallback = makeFallback(formula);
  return (table) => {
    const determinants = inputs.map((name) => columnOf(table, name));
    const readers = determinants.map(makeCellReader);
    const { groups, firstRows } = groupRows(determinants);
    const values = firstRows.map((row): Cell => {
      const cells = readers.map((read) => read(row));
      if (cells.includes(null)) return null;
      const value = known.get(keyOfCells(cells));
      return value === undefined ? fallback(cells[0]!) : value;
    });
    return (row) => values[groups[row]!]!;
  };
}

/** True by row where the value can be computed. */
export function makeComputable(transform: Computed, table: Table): (row: number) => boolean {
  if (transform.formula.kind === "expression") {
    const compute = makeComputer(transform)(table);
    return (row) => compute(row) !== null;
  }
  const isMissing = makeMissingReader(transform.inputs.map((name) => columnOf(table, name)));
  return (row) => !isMissing(row);
}

type Lookup = Extract<Computed["formula"], { readonly kind: "lookup" }>;

/** For determinants without an entry, by the first of them: a lone number's nearest entry, the entry of the same value, `otherwise`. */
function makeFallback({ entries, otherwise }: Lookup): (first: Cell) => Cell {
  const isLoneNumber = entries.every(({ when }) => when.length === 1 && typeof when[0] === "number");
  if (!isLoneNumber) {
    const byFirst = new Map<Cell, Cell>();
    for (const { when, value } of entries) if (!byFirst.has(when[0]!)) byFirst.set(when[0]!, value);
    return (first) => byFirst.get(first) ?? otherwise;
  }
  const sorted = entries
    .map(({ when, value }) => ({ place: Number(when[0]), value }))
    .sort((a, b) => a.place - b.place);
  const places = Float64Array.from(sorted, ({ place }) => place);
  return (first) => {
    const at = countBelow(places, Number(first));
    const [below, above] = [sorted[at - 1], sorted[at]];
    if (below === undefined || above === undefined) return (below ?? above)?.value ?? otherwise;
    return Number(first) - below.place <= above.place - Number(first) ? below.value : above.value;
  };
}
