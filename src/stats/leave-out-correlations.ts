import { JACKKNIFE_GROUPS } from "./jackknife.js";
import { addToMoments, correlationOf, makeMoments, originOf, type PairMoments } from "./pair-moments.js";

/** Pearson's correlation of all rows and without each jackknife group. */
export interface LeaveOutCorrelations {
  /** -1..1; NaN where a side is constant. */
  readonly whole: number;
  /** [groups]; empty without groups. */
  readonly leaveOut: readonly number[];
}

/** Correlations over the rows where neither side is NaN, in one pass; `groups` [rows]. */
export function leaveOutCorrelations(
  x: ArrayLike<number>,
  y: ArrayLike<number>,
  groups: Uint8Array | undefined,
): LeaveOutCorrelations {
  const [originX, originY] = [originOf(x), originOf(y)];
  const parts = Array.from({ length: JACKKNIFE_GROUPS }, () => makeMoments(originX, originY));
  for (let row = 0; row < x.length; row++) addToMoments(parts[groups?.[row] ?? 0]!, x[row]!, y[row]!);
  const whole = correlationOf(sumMoments(parts, -1));
  return {
    whole,
    leaveOut: groups === undefined ? [] : parts.map((_, group) => correlationOf(sumMoments(parts, group))),
  };
}

function sumMoments(parts: readonly PairMoments[], without: number): PairMoments {
  const sum = makeMoments(parts[0]!.originX, parts[0]!.originY);
  parts.forEach((part, group) => {
    if (group === without) return;
    sum.count += part.count;
    sum.x += part.x;
    sum.y += part.y;
    sum.xx += part.xx;
    sum.yy += part.yy;
    sum.xy += part.xy;
  });
  return sum;
}
