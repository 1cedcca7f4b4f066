import type { ColumnSide } from "../../../src/evaluate/fidelity/column-side.js";
import { columnSides } from "../../../src/evaluate/fidelity/column-side.js";
import { makeSamples, type Samples } from "../../../src/evaluate/fidelity/samples.js";
import type { ScoredTables } from "../../../src/evaluate/scored-table.js";
import type { ColumnType } from "../../../src/schema/table-schema.js";
import type { Column } from "../../../src/table/column.js";
import { makeTable, type Table } from "../../../src/table/table.js";
import { scored, stream } from "../planted.js";

/** One column of two or three tables, ready to be scored. */
export interface OneColumn {
  readonly tables: ScoredTables;
  readonly samples: Samples;
  /** [samples] */
  readonly sides: readonly ColumnSide[];
}

/** `type` instead of the inferred one; default: texts are categories. */
export function oneColumn(real: Column, synthetic: Column, holdout?: Column, type?: ColumnType): OneColumn {
  const table = (column: Column): Table => makeTable([column]);
  const held = holdout === undefined ? undefined : table(holdout);
  const meaning = type ?? ("codes" in real ? "category" : undefined);
  const tables = scored(table(real), table(synthetic), held, meaning === undefined ? {} : { [real.name]: meaning });
  const samples = makeSamples(tables, stream("one column"));
  return { tables, samples, sides: columnSides(samples, 0) };
}

/** 0, 1, .. count - 1. */
export const range = (count: number): number[] => Array.from({ length: count }, (_, i) => i);

/** Each value as many times as asked for. */
export const repeated = (counts: Readonly<Record<string, number>>): string[] =>
  Object.entries(counts).flatMap(([value, times]) => new Array<string>(times).fill(value));
