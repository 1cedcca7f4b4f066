import { makeRandom } from "../../src/core/random.js";
import type { EncodedTable, Field } from "../../src/encode/field.js";

/** Three discrete fields: a uniform over 4 levels, b = a with probability .9 (else uniform), c independent of both. */
export const plantedFields: readonly Field[] = [
  { kind: "discrete", name: "a", levels: 4 },
  { kind: "discrete", name: "b", levels: 4 },
  { kind: "discrete", name: "c", levels: 3 },
];

/** P(b = a): .9 + .1 / 4. */
export const PLANTED_AGREEMENT = 0.925;

export function plantedTable(rowCount: number, seed: number): EncodedTable {
  const random = makeRandom(seed);
  const [a, b, c] = [new Uint8Array(rowCount), new Uint8Array(rowCount), new Uint8Array(rowCount)];
  for (let row = 0; row < rowCount; row++) {
    a[row] = random.integer(4);
    b[row] = random.uniform() < 0.9 ? a[row]! : random.integer(4);
    c[row] = random.uniform() < 0.6 ? 0 : 1 + random.integer(2);
  }
  return { rowCount, fields: [a, b, c] };
}

/** Share of rows with a = b. */
export function agreement(table: EncodedTable): number {
  const [a, b] = table.fields;
  let same = 0;
  for (let row = 0; row < table.rowCount; row++) if (a![row] === b![row]) same++;
  return same / table.rowCount;
}

/** Share of rows at each level of a field. */
export function shares(table: EncodedTable, field: number, levels: number): number[] {
  const counts = new Array<number>(levels).fill(0);
  for (const code of table.fields[field]!) counts[code]! += 1 / table.rowCount;
  return counts;
}
