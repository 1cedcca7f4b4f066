import type { Column } from "../../table/column.js";
import type { Table } from "../../table/table.js";
import { keyOfCells, makeCellReader, makeColumn } from "../cells.js";
import { columnOf } from "../numeric-column.js";
import { groupRows } from "../row-groups.js";
import type { Cell, Combination } from "../transform.js";

/** The combinations as one category. One that is not published counts as the commonest with the same first columns. */
export function learnCombination(transform: Combination, table: Table): Column[] {
  const { combinations, learnable } = transform;
  const columns = transform.columns.map((name) => columnOf(table, name));
  const { groups, firstRows } = groupRows(columns);
  const nearest = makeNearest(combinations);
  const readers = columns.map(makeCellReader);
  const known = new Map(combinations.map((cells, index) => [keyOfCells(cells), index]));
  const codesOfGroups = firstRows.map((row) => {
    const cells = readers.map((read) => read(row));
    return known.get(keyOfCells(cells)) ?? nearest(cells);
  });
  const codes = groups.map((group) => codesOfGroups[group]!);
  return [{ kind: "text", name: learnable, missingText: "", dictionary: combinations.map(labelOf), codes }];
}

/** A function that gives the columns of the combinations again. */
export function makeCombinationRestorer(transform: Combination): (table: Table) => Column[] {
  const { columns, outputs, combinations, learnable } = transform;
  const labels = new Map<Cell, number>(combinations.map((cells, index) => [labelOf(cells), index]));
  return (table) => {
    const read = makeCellReader(columnOf(table, learnable));
    const indices = Int32Array.from({ length: table.rowCount }, (_, row) => labels.get(read(row)) ?? 0);
    return columns.map((name, at) =>
      makeColumn(name, outputs[at]!, table.rowCount, (row) => combinations[indices[row]!]![at]!),
    );
  };
}

function labelOf(cells: readonly Cell[]): string {
  return JSON.stringify(cells);
}

/** The combination that agrees in most of the first columns; of those the first. */
function makeNearest(combinations: readonly (readonly Cell[])[]): (cells: readonly Cell[]) => number {
  const prefixes = new Map<string, number>();
  for (const [index, cells] of combinations.entries()) {
    for (let length = 1; length < cells.length; length++) {
      const prefix = labelOf(cells.slice(0, length));
      if (!prefixes.has(prefix)) prefixes.set(prefix, index);
    }
  }
  return (cells) => {
    for (let length = cells.length - 1; length > 0; length--) {
      const found = prefixes.get(labelOf(cells.slice(0, length)));
      if (found !== undefined) return found;
    }
    return 0;
  };
}
