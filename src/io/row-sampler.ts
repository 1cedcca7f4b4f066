import { usageError } from "../core/errors.js";
import { makeRandom, type RandomStream } from "../core/random.js";
import type { ReadTableOptions } from "./read-options.js";

const DEFAULT_SEED = 1;

/** Decides, row by row, which rows of a file are kept and in which slot of at most `maxRows`. */
export interface RowSampler {
  /** The slot of the file's next row, or -1 where it is left out. A slot given again loses its former row. */
  next(): number;
  /** Rows seen so far. */
  rowCount(): number;
  /** Slots in use so far. */
  slotCount(): number;
  /** The slots in the order of the file; undefined where every row was kept, each in the slot of its number. */
  order(): Uint32Array | undefined;
}

/**
 * A uniform sample without replacement of at most `maxRows` rows, all of them where there are no more: reservoir sampling by
 * algorithm L (K.-H. Li, "Reservoir-sampling algorithms of time complexity O(n(1 + log(N/n)))", 1994,
 * doi:10.1145/198429.198435). Without `random` the first rows are kept.
 */
export function makeRowSampler(maxRows: number, random: RandomStream | undefined): RowSampler {
  let seen = 0;
  let nextKept = maxRows;
  let threshold = 1;
  let rows: Float64Array | undefined;
  const skip = () => {
    if (random === undefined) return;
    threshold *= Math.exp(Math.log(drawOpen(random)) / maxRows);
    nextKept += 1 + Math.floor(Math.log(drawOpen(random)) / Math.log1p(-threshold));
  };
  return {
    next() {
      const row = seen++;
      if (row < maxRows) return row;
      if (rows === undefined) {
        rows = Float64Array.from({ length: maxRows }, (_, slot) => slot);
        nextKept = maxRows - 1;
        skip();
      }
      if (row !== nextKept || random === undefined) return -1;
      const slot = random.integer(maxRows);
      rows[slot] = row;
      skip();
      return slot;
    },
    rowCount: () => seen,
    slotCount: () => Math.min(seen, maxRows),
    order() {
      const kept = rows;
      if (kept === undefined) return undefined;
      return Uint32Array.from({ length: maxRows }, (_, slot) => slot).sort((a, b) => kept[a]! - kept[b]!);
    },
  };
}

/** Uniform in (0, 1): zero has no logarithm. */
function drawOpen(random: RandomStream): number {
  const value = random.uniform();
  return value > 0 ? value : drawOpen(random);
}

/** The sampler that a reader's options ask for: of all rows, where they set no limit. Throws E_USAGE_MAX_ROWS. */
export function openSampler({ maxRows = Number.POSITIVE_INFINITY, seed = DEFAULT_SEED }: ReadTableOptions): RowSampler {
  if (!(maxRows >= 1)) {
    throw usageError("E_USAGE_MAX_ROWS", `the largest number of rows must be at least 1; got ${maxRows}`, {
      where: "--max-rows",
    });
  }
  const isLimited = Number.isFinite(maxRows);
  return makeRowSampler(
    isLimited ? Math.floor(maxRows) : maxRows,
    isLimited ? makeRandom(seed).fork("rows") : undefined,
  );
}

/** Says N_ROWS_SAMPLED where rows were left out. */
export function tellSampling(sampler: RowSampler, options: ReadTableOptions): void {
  const kept = sampler.order()?.length;
  if (kept === undefined) return;
  const count = (value: number) => value.toLocaleString("en-US");
  const message = `${count(kept)} of ${count(sampler.rowCount())} rows drawn, seed ${options.seed ?? DEFAULT_SEED}`;
  options.onProgress?.({ kind: "notice", code: "N_ROWS_SAMPLED", message });
}
