import type { Figure, Report } from "../report-schema.js";
import {
  closestDistances,
  nearerToTrainShare,
  nearestDecile,
  neighborRatios,
  quantileCurve,
  quantileFigure,
} from "./closest-record.js";
import type { ClosestRecords } from "./find-closest-records.js";
import type { Neighbors } from "./nearest-neighbors.js";
import { NO_HOLDOUT } from "./no-holdout.js";

type Privacy = Report["privacy"];
type RecordScores = Pick<Privacy, "dcr" | "dcrShare" | "nndr" | "nndrCurve"> & {
  readonly nearestDecileShare: Figure;
  /** Independent rows that the share's interval counts. */
  readonly effectiveRows: number | undefined;
};

const ONE_RECORD: Figure = { status: "unavailable", reason: "needs two training rows and more" };

/** Distances to the closest records, the share nearer to training, and the ratio to the second closest, in one space. */
export function scoreRecords({ toTrain, beside }: ClosestRecords): RecordScores {
  if (beside === undefined) {
    const alone = { dcrShare: NO_HOLDOUT, nearestDecileShare: NO_HOLDOUT, effectiveRows: undefined };
    return { ...distancesToTrain(toTrain), ...alone };
  }
  const { toHoldout, real } = beside;
  const share = nearerToTrainShare(toTrain, toHoldout);
  return {
    ...distancesToBoth(toTrain, toHoldout, real),
    dcrShare: share.figure,
    nearestDecileShare: nearerToTrainShare(toTrain, toHoldout, nearestDecile(toTrain, toHoldout)).figure,
    effectiveRows: share.effectiveRows,
  };
}

function distancesToTrain(toTrain: Neighbors): Pick<Privacy, "dcr" | "nndr" | "nndrCurve"> {
  const distances = closestDistances(toTrain);
  return {
    dcr: {
      median: quantileFigure(distances, 0.5),
      fifthPercentile: quantileFigure(distances, 0.05),
      curve: { train: quantileCurve(distances) },
    },
    ...ratiosOf({ train: toTrain }),
  };
}

function distancesToBoth(
  toTrain: Neighbors,
  toHoldout: Neighbors,
  real: Neighbors,
): Pick<Privacy, "dcr" | "nndr" | "nndrCurve"> {
  const [train, holdout, reference] = [toTrain, toHoldout, real].map(closestDistances) as Triple;
  const beside = (p: number) => ({ ...quantileFigure(train, p), ceiling: quantileFigure(reference, p).value });
  return {
    dcr: {
      median: beside(0.5),
      fifthPercentile: beside(0.05),
      holdout: { median: quantileFigure(holdout, 0.5), fifthPercentile: quantileFigure(holdout, 0.05) },
      curve: { train: quantileCurve(train), holdout: quantileCurve(holdout), reference: quantileCurve(reference) },
    },
    ...ratiosOf({ train: toTrain, holdout: toHoldout, reference: real }),
  };
}

type Triple = [Float64Array, Float64Array, Float64Array];

/** The ratios' figure and curves; unavailable where the references have one row. */
function ratiosOf(
  found: { readonly train: Neighbors } & Partial<Record<"holdout" | "reference", Neighbors>>,
): Pick<Privacy, "nndr" | "nndrCurve"> {
  if (found.train.rows[1] === -1) return { nndr: ONE_RECORD };
  const train = neighborRatios(found.train);
  const nndr = quantileFigure(train, 0.5);
  if (found.holdout === undefined || found.reference === undefined) {
    return { nndr, nndrCurve: { train: quantileCurve(train) } };
  }
  const reference = neighborRatios(found.reference);
  return {
    nndr: { ...nndr, ceiling: quantileFigure(reference, 0.5).value },
    nndrCurve: {
      train: quantileCurve(train),
      holdout: quantileCurve(neighborRatios(found.holdout)),
      reference: quantileCurve(reference),
    },
  };
}
