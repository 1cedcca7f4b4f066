import { probit } from "simple-statistics";
import type { Figure, Report } from "../../report-schema.js";
import { type CodedTable, takeCodedRows } from "../coded-table.js";
import { nearestNeighbors } from "../nearest-neighbors.js";
import { rankByRisk } from "../residual-risk.js";
import type { Sides } from "./coarse-column.js";
import { rateOfCount, scoreRates } from "./rate-risk.js";

type OutlierProximity = NonNullable<Report["privacy"]["outlierProximity"]>;
type Variant = NonNullable<OutlierProximity["variants"]>[number];

/** So many real rows, those with the greatest distance to the nearest other real row, stand alone. */
export const OUTLIER_SHARE = 0.05;

/**
 * How near a synthetic row must be, as a share of the distance to the nearest other real row. The whole distance would say no
 * more than the DCR share: many synthetic rows come as near by chance, and the risk would divide by what little is left.
 */
const NEARNESS = [
  { name: "within half of that distance", share: 0.5 },
  { name: "within a tenth of that distance", share: 0.1 },
] as const;

const NOBODY: Figure = { status: "unavailable", reason: "no training row stands alone: all have a twin" };

/**
 * Training rows that stand alone among all real rows, and the share of them that have a synthetic row half as far as the
 * nearest other real row, and a tenth as far; control: held-out rows that stand alone as much, by the same measure.
 * Copies of rare people show here before they show in a whole table. Intervals are widened for the two. Throws E_INTERRUPTED.
 * @param sides coded in one space; held-out rows may be missing
 */
export async function outlierProximity(sides: Sides<CodedTable>, signal?: AbortSignal): Promise<OutlierProximity> {
  const { train, synthetic, holdout } = sides;
  const real = holdout === undefined ? train : joinRows(train, holdout);
  const alone = standingAlone(await distancesToOthers(real, signal));
  const { distances } = await nearestNeighbors(synthetic, takeCodedRows(real, alone.rows), 1, signal);
  const isTrain = (row: number) => row < train.rowCount;
  const rateWithin = (share: number, isMeant: (row: number) => boolean) => {
    let [meant, near] = [0, 0];
    alone.rows.forEach((row, i) => {
      if (!isMeant(row)) return;
      meant++;
      if (distances[i]! < share * alone.distances[i]!) near++;
    });
    return rateOfCount(near, meant);
  };
  const z = probit(1 - 0.025 / NEARNESS.length);
  const variants = NEARNESS.map(({ name, share }) => {
    const control = holdout === undefined ? undefined : rateWithin(share, (row) => !isTrain(row));
    return { name, ...scoreRates({ attack: rateWithin(share, isTrain), control }, NOBODY.reason!, z) };
  });
  return reportWorst(
    variants.flatMap(({ attack, ...others }) => (attack === undefined ? [] : [{ ...others, attack }])),
  );
}

function reportWorst(variants: readonly Variant[]): OutlierProximity {
  const ranked = rankByRisk(variants);
  const [worst] = ranked;
  if (worst === undefined) return { risk: NOBODY };
  const { name, ...figures } = worst;
  return { ...figures, worst: name, variants: ranked };
}

/** Of each row the distance to the nearest other row; Infinity where there is none. [rows] */
async function distancesToOthers(rows: CodedTable, signal?: AbortSignal): Promise<Float64Array> {
  const { distances } = await nearestNeighbors(rows, rows, 2, signal);
  // The nearest is the row itself or its twin, at no distance.
  return Float64Array.from({ length: rows.rowCount }, (_, row) => distances[2 * row + 1]!);
}

/** The rows with the greatest distances of those that have one: not 0, not Infinity. */
function standingAlone(distances: Float64Array): { rows: Int32Array; distances: Float64Array } {
  const sorted = distances.filter(Number.isFinite).sort();
  const least = sorted[Math.floor((1 - OUTLIER_SHARE) * sorted.length)] ?? 0;
  const isAlone = (distance: number) => distance >= least && distance > 0 && Number.isFinite(distance);
  const rows = Int32Array.from(distances.keys()).filter((row) => isAlone(distances[row]!));
  return { rows, distances: Float64Array.from(rows, (row) => distances[row]!) };
}

function joinRows(a: CodedTable, b: CodedTable): CodedTable {
  const values = new Float64Array(a.values.length + b.values.length);
  values.set(a.values);
  values.set(b.values, a.values.length);
  return { ...a, rowCount: a.rowCount + b.rowCount, values };
}
