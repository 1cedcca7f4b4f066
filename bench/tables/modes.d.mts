import type { RandomStream } from "../../src/core/random.js";

export interface ModeTable {
  readonly centres: readonly (readonly [x: number, y: number])[];
  readonly deviation: number;
}
export const MODE_TABLES: { readonly ring: ModeTable; readonly grid: ModeTable };
export function drawModes(table: ModeTable, rowCount: number, random: RandomStream): [x: number, y: number][];
export function scoreModes(
  table: ModeTable,
  rows: readonly (readonly [number, number])[],
): { readonly modes: number; readonly modesOfAll: number; readonly highQuality: number };
