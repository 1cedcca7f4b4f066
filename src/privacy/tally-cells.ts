import type { Column } from "../table/column.js";

/** How often each value occurs in a column, one after the other; undefined = missing. */
export type Tally = readonly (readonly [value: string | number | undefined, count: number])[];

/** The values of a column and how often each occurs: questions are answered by distinct values, not by rows. */
export function tallyCells(column: Column): Tally {
  if ("values" in column) return tallyNumbers(column.values);
  const counts = new Int32Array(column.dictionary.length);
  let missing = 0;
  for (const code of column.codes) {
    if (code < 0) missing++;
    else counts[code]!++;
  }
  return [[undefined, missing], ...column.dictionary.map((text, code) => [text, counts[code]!] as const)];
}

function tallyNumbers(values: Float64Array): Tally {
  const sorted = values.slice().sort();
  const tally: (readonly [number | undefined, number])[] = [];
  let start = 0;
  for (let row = 1; row <= sorted.length; row++) {
    const value = sorted[start]!;
    if (row < sorted.length && Object.is(sorted[row], value)) continue;
    tally.push([Number.isNaN(value) ? undefined : value, row - start]);
    start = row;
  }
  return tally;
}
