import type { RandomStream } from "../../core/random.js";

/** `count` different rows of 0..rowCount-1 in random order; all of them where there are not more. */
export function sampleRows(rowCount: number, count: number, random: RandomStream): Uint32Array {
  const rows = Uint32Array.from({ length: rowCount }, (_, i) => i);
  const taken = Math.min(count, rowCount);
  for (let i = 0; i < taken; i++) {
    const j = i + random.integer(rowCount - i);
    const swapped = rows[i]!;
    rows[i] = rows[j]!;
    rows[j] = swapped;
  }
  return rows.slice(0, taken);
}
