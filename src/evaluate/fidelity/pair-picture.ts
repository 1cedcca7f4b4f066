import type { PairScore } from "../report-schema.js";
import type { ScoredTables } from "../scored-table.js";
import { type ColumnGroups, MIN_GROUP_ROWS } from "./column-groups.js";

type Picture = NonNullable<PairScore["picture"]>;

/** Pictures in a report, at most: those of all pairs of up to 51 columns. */
export const MAX_PICTURES = 1300;

/** Draws pictures of pairs; the columns' groups are coded once. */
export interface PicturePainter {
  paint(a: number, b: number): Picture;
}

/**
 * Shares of all rows in [groups of a column, groups of another], rounded to four decimals. Of cells with one to four training
 * rows the real share is null: it could point at a person.
 * @param groups of each column
 */
export function makePicturePainter(tables: ScoredTables, groups: readonly ColumnGroups[]): PicturePainter {
  const code = (side: ScoredTables["train"]) => side.columns.map((column, at) => groups[at]!.codesOf(column));
  const [real, synthetic] = [code(tables.train), code(tables.synthetic)];
  return {
    paint(a, b) {
      const [height, width] = [groups[a]!.labels.length, groups[b]!.labels.length];
      const share = (count: number, rows: number): number => (rows === 0 ? 0 : Math.round((count / rows) * 1e4) / 1e4);
      const realShare = (count: number): number | null =>
        count > 0 && count < MIN_GROUP_ROWS ? null : share(count, tables.train.rowCount);
      return {
        real: countCells(real[a]!, real[b]!, height, width).map(realShare),
        synthetic: countCells(synthetic[a]!, synthetic[b]!, height, width).map((count) =>
          share(count, tables.synthetic.rowCount),
        ),
      };
    },
  };
}

/** Positions of the pairs that get a picture: all where they are few enough, else those with the lowest scores. */
export function choosePictures(pairs: readonly PairScore[]): ReadonlySet<number> {
  const worst = Array.from(pairs.keys()).sort((a, b) => scoreOf(pairs[a]!) - scoreOf(pairs[b]!) || a - b);
  return new Set(worst.slice(0, MAX_PICTURES));
}

function scoreOf(pair: PairScore): number {
  return pair.score.value ?? Number.POSITIVE_INFINITY;
}

/** Rows per cell, row by row. */
function countCells(a: Uint8Array, b: Uint8Array, height: number, width: number): number[] {
  const counts = new Uint32Array(height * width);
  for (let row = 0; row < a.length; row++) counts[a[row]! * width + b[row]!]!++;
  return Array.from(counts);
}
