import type { NumberLevel } from "../../encode/fit-number-levels.js";
import type { Leaf } from "./count-bins.js";

/** A leaf is held by rows where its count is above so many times the noise. */
const HELD = 3;

/**
 * The levels of a number that a tree's ascending, adjoining leaves make: a single place that more than `noise` rows have is a level;
 * other neighbours share an interval of at most `threshold` rows, those that rows clearly hold apart from those where there may be
 * none. Within an interval places are equally likely.
 */
export function mergeLeaves(
  leaves: readonly Leaf[],
  { noise, threshold }: { readonly noise: number; readonly threshold: number },
): NumberLevel[] {
  const levels: NumberLevel[] = [];
  let run: Leaf[] = [];
  let rows = 0;
  let isHeld = false;
  const close = () => {
    if (run.length > 0) levels.push(levelOf(run));
    run = [];
    rows = 0;
  };
  for (const leaf of leaves) {
    const count = Math.max(0, leaf.count);
    const isPoint = leaf.width === 1 && count > noise;
    const wasHeld: boolean = isHeld;
    isHeld = count > HELD * noise;
    if (isPoint || isHeld !== wasHeld || rows + count > threshold) close();
    run.push(leaf);
    rows += count;
    if (isPoint) close();
  }
  close();
  return levels;
}

function levelOf(run: readonly Leaf[]): NumberLevel {
  const first = run[0]!;
  const last = run[run.length - 1]!;
  const end = last.first + last.width - 1;
  return end === first.first ? first.first : [first.first - 0.5, end + 0.5];
}
