import { aucBetween } from "../../stats/auc-between.js";
import type { ProbeRows, ProbeSpace } from "./probe-space.js";

/** k of coverage, as Naeem et al. 2020. */
const NEIGHBORS = 5;
const PACKED_PAIRS = 1000;

/** Distance of each row to its fifth nearest among the others (of fewer than six rows the farthest): its ball; [rows]. */
export function neighborRadii(rows: ProbeRows, space: ProbeSpace): Float64Array {
  return Float64Array.from({ length: rows.rowCount }, (_, row) => {
    const distances = new Float64Array(rows.rowCount - 1);
    for (let other = 0, at = 0; other < rows.rowCount; other++) {
      if (other !== row) distances[at++] = distance(space, rows, row, rows, other);
    }
    distances.sort();
    return distances[Math.min(NEIGHBORS, distances.length) - 1] ?? 0;
  });
}

/**
 * Share of real rows that have a drawn row within their ball (coverage; Naeem et al. 2020, arXiv:2002.09797, eq. 4), 0..1.
 * As many other real rows as there are balls cover 1 - 2^-5 = .97 of them.
 */
export function coverageOf(drawn: ProbeRows, real: ProbeRows, radii: Float64Array, space: ProbeSpace): number {
  let covered = 0;
  for (let row = 0; row < real.rowCount; row++) {
    for (let other = 0; other < drawn.rowCount; other++) {
      if (distance(space, real, row, drawn, other) > radii[row]!) continue;
      covered++;
      break;
    }
  }
  return covered / real.rowCount;
}

/**
 * AUC of telling pairs of drawn rows from pairs of real rows by how alike the two are, 0..1; .5: as alike, or no pairs. Where modes are
 * lost pairs are more alike (the idea of PacGAN; Lin et al. 2018, arXiv:1712.04086).
 */
export function packedAucOf(drawn: ProbeRows, realPairs: Float64Array, space: ProbeSpace): number {
  const drawnPairs = pairDistances(drawn, space);
  if (drawnPairs.length === 0 || realPairs.length === 0) return 0.5;
  return aucBetween(realPairs, drawnPairs); // farther apart: real
}

/** Distances of a thousand pairs of rows. */
export function pairDistances(rows: ProbeRows, space: ProbeSpace): Float64Array {
  const { rowCount } = rows;
  return Float64Array.from({ length: rowCount < 2 ? 0 : PACKED_PAIRS }, (_, pair) => {
    const row = pair % rowCount;
    const ahead = 1 + (Math.floor(pair / rowCount) % (rowCount - 1));
    return distance(space, rows, row, rows, (row + ahead) % rowCount);
  });
}

/** How often drawn rows are nearer to training rows. */
export interface DcrProbe {
  /** Share of drawn rows nearer to a training row than to any of as many validation rows, ties half, 0..1. */
  readonly dcrShare: number;
  /**
   * Its standard error if training and validation rows could be exchanged: .5 sqrt(sum of squared shares of drawn rows that
   * the real rows attract).
   */
  readonly dcrShareError: number;
}

/** @param training, validation as many rows of both */
export function dcrShareOf(drawn: ProbeRows, training: ProbeRows, validation: ProbeRows, space: ProbeSpace): DcrProbe {
  const attracted = new Float64Array(training.rowCount + validation.rowCount);
  let share = 0;
  for (let row = 0; row < drawn.rowCount; row++) {
    const own = nearest(space, drawn, row, training);
    const other = nearest(space, drawn, row, validation);
    const part = own.distance < other.distance ? 1 : own.distance > other.distance ? 0 : 0.5;
    share += part / drawn.rowCount;
    attracted[own.row]! += part / drawn.rowCount;
    attracted[training.rowCount + other.row]! += (1 - part) / drawn.rowCount;
  }
  const squares = attracted.reduce((sum, value) => sum + value * value, 0);
  return { dcrShare: share, dcrShareError: Math.sqrt(squares) / 2 };
}

function nearest(space: ProbeSpace, rows: ProbeRows, row: number, among: ProbeRows) {
  let best = { row: 0, distance: Number.POSITIVE_INFINITY };
  for (let other = 0; other < among.rowCount; other++) {
    const value = distance(space, rows, row, among, other);
    if (value < best.distance) best = { row: other, distance: value };
  }
  return best;
}

/** Gower's distance (1971, doi:10.2307/2528823) times the fields: differences of ranks, and 1 for unequal codes. */
function distance(space: ProbeSpace, a: ProbeRows, row: number, b: ProbeRows, other: number): number {
  const { dimensions, ordered } = space;
  const [own, others] = [a.points, b.points];
  let sum = 0;
  let i = row * dimensions;
  let j = other * dimensions;
  for (const end = i + ordered; i < end; i++, j++) sum += Math.abs(own[i]! - others[j]!);
  for (const end = (row + 1) * dimensions; i < end; i++, j++) if (own[i] !== others[j]) sum++;
  return sum;
}
