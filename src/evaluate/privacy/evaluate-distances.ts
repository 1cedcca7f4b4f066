import type { Figure, Report } from "../report-schema.js";
import {
  closestDistances,
  nearerToTrainShare,
  nearestDecile,
  neighborRatios,
  quantileCurve,
  quantileFigure,
} from "./closest-record.js";
import { type CodedTable, takeCodedRows } from "./coded-table.js";
import { identicalMatchExcess, identicalMatchShare, makeRowIndex } from "./identical-matches.js";
import { type Neighbors, nearestNeighbors } from "./nearest-neighbors.js";
import { NO_HOLDOUT } from "./no-holdout.js";
import type { Audit, AuditSide } from "./prepare-audit.js";
import { uniqueValueHits } from "./unique-values.js";

type Privacy = Report["privacy"];
type DistanceScores = Pick<
  Privacy,
  | "dcr"
  | "dcrShare"
  | "nearestDecileShare"
  | "nndr"
  | "nndrCurve"
  | "identicalMatchShare"
  | "identicalMatchExcess"
  | "uniqueValueShare"
  | "uniqueValueExcess"
> & { readonly method: NonNullable<Privacy["method"]> };

/** Nearest records, identical matches and unique values of the synthetic rows, beside those of held-out rows. */
export async function evaluateDistances(audit: Audit, signal?: AbortSignal): Promise<DistanceScores> {
  const toTrain = await nearestNeighbors(audit.train.sample, audit.queries, 2, signal);
  const method = {
    syntheticRowsQueried: audit.queries.rowCount,
    referenceRows: audit.train.sample.rowCount,
    syntheticRowsSearched: audit.synthetic.sample.rowCount,
  };
  const identical = identicalMatchShare(audit.synthetic.all, makeRowIndex(audit.train.all));
  if (audit.holdout === undefined) {
    return { ...distancesToTrain(toTrain), dcrShare: NO_HOLDOUT, identicalMatchShare: identical, method };
  }
  const toHoldout = await nearestNeighbors(audit.holdout.sample, audit.queries, 2, signal);
  const reference = await nearestNeighbors(
    audit.train.sample,
    firstRows(audit.holdout.sample, audit.queries.rowCount),
    2,
    signal,
  );
  const share = nearerToTrainShare(toTrain, toHoldout);
  return {
    ...distancesToBoth(toTrain, toHoldout, reference),
    dcrShare: share.figure,
    nearestDecileShare: nearerToTrainShare(toTrain, toHoldout, nearestDecile(toTrain, toHoldout)).figure,
    ...copies(audit, audit.holdout, identical),
    method: { ...method, dcrShareEffectiveRows: Math.round(share.effectiveRows) },
  };
}

function copies(audit: Audit, holdout: AuditSide, identical: Figure) {
  const { all } = audit.synthetic;
  const ceiling = identicalMatchShare(holdout.all, makeRowIndex(audit.train.all)).value;
  const unique = uniqueValueHits(all, audit.train.sample, holdout.sample);
  return {
    identicalMatchShare: withCeiling(identical, ceiling),
    identicalMatchExcess: identicalMatchExcess(all, audit.train.sample, holdout.sample),
    uniqueValueShare: unique.share,
    uniqueValueExcess: unique.excess,
  };
}

function distancesToTrain(toTrain: Neighbors): Pick<Privacy, "dcr" | "nndr" | "nndrCurve"> {
  const distances = closestDistances(toTrain);
  const ratios = neighborRatios(toTrain);
  return {
    dcr: {
      median: quantileFigure(distances, 0.5),
      fifthPercentile: quantileFigure(distances, 0.05),
      curve: { train: quantileCurve(distances) },
    },
    nndr: quantileFigure(ratios, 0.5),
    nndrCurve: { train: quantileCurve(ratios) },
  };
}

function distancesToBoth(
  toTrain: Neighbors,
  toHoldout: Neighbors,
  reference: Neighbors,
): Pick<Privacy, "dcr" | "nndr" | "nndrCurve"> {
  const [train, holdout, real] = [toTrain, toHoldout, reference].map(closestDistances) as Triple;
  const [trainRatios, holdoutRatios, realRatios] = [toTrain, toHoldout, reference].map(neighborRatios) as Triple;
  const beside = (p: number) => withCeiling(quantileFigure(train, p), quantileFigure(real, p).value);
  return {
    dcr: {
      median: beside(0.5),
      fifthPercentile: beside(0.05),
      holdout: { median: quantileFigure(holdout, 0.5), fifthPercentile: quantileFigure(holdout, 0.05) },
      curve: { train: quantileCurve(train), holdout: quantileCurve(holdout), reference: quantileCurve(real) },
    },
    nndr: withCeiling(quantileFigure(trainRatios, 0.5), quantileFigure(realRatios, 0.5).value),
    nndrCurve: {
      train: quantileCurve(trainRatios),
      holdout: quantileCurve(holdoutRatios),
      reference: quantileCurve(realRatios),
    },
  };
}

type Triple = [Float64Array, Float64Array, Float64Array];

function withCeiling(figure: Figure, ceiling: number | undefined): Figure {
  return ceiling === undefined ? figure : { ...figure, ceiling };
}

/** The sample is in random order already. */
function firstRows(table: CodedTable, count: number): CodedTable {
  const rows = Array.from({ length: Math.min(count, table.rowCount) }, (_, row) => row);
  return takeCodedRows(table, rows);
}
