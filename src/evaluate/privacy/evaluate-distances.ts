import type { Figure, Report } from "../report-schema.js";
import { type ClosestRecords, findClosestRecords } from "./find-closest-records.js";
import { findHoldoutOverlap } from "./holdout-overlap.js";
import { identicalMatchExcess, identicalMatchShare, makeRowIndex } from "./identical-matches.js";
import type { Audit } from "./prepare-audit.js";
import { scoreGroups } from "./score-groups.js";
import { scoreRecords } from "./score-records.js";
import { uniqueValueHits } from "./unique-values.js";

type Privacy = Report["privacy"];
type DistanceScores = Pick<
  Privacy,
  | "dcr"
  | "dcrShare"
  | "nearestDecileShare"
  | "euclidean"
  | "groups"
  | "nndr"
  | "nndrCurve"
  | "identicalMatchShare"
  | "identicalMatchExcess"
  | "uniqueValueShare"
  | "uniqueValueExcess"
  | "holdoutOverlap"
> & { readonly method: NonNullable<Privacy["method"]> };

/**
 * Nearest records in two spaces, of all rows and of groups, identical matches and unique values of the synthetic rows, beside
 * those of held-out rows.
 */
export async function evaluateDistances(audit: Audit, signal?: AbortSignal): Promise<DistanceScores> {
  const { gower, euclidean } = audit.searches;
  const records = await findClosestRecords(gower, signal);
  const { effectiveRows, ...scores } = scoreRecords(records);
  const ranked = await findClosestRecords(euclidean, signal);
  const groups = await scoreGroups(audit, records, signal);
  return {
    ...scores,
    ...(groups === undefined ? {} : { groups }),
    euclidean: euclideanScores(ranked),
    ...copies(audit),
    method: {
      syntheticRowsQueried: records.queries.rowCount,
      syntheticRowsQueriedEuclidean: ranked.queries.rowCount,
      referenceRows: gower.train.rowCount,
      syntheticRowsSearched: audit.synthetic.sample.rowCount,
      euclidean:
        "ranks of numbers among the real ones, 0 to 1; categories at right angles, 1 apart; mean square over columns",
      ...(effectiveRows === undefined ? {} : { dcrShareEffectiveRows: Math.round(effectiveRows) }),
    },
  };
}

function euclideanScores(records: ClosestRecords): NonNullable<Privacy["euclidean"]> {
  const { dcr, dcrShare, nearestDecileShare, nndr } = scoreRecords(records);
  const { median, fifthPercentile } = dcr;
  return { dcr: { median, fifthPercentile }, dcrShare, nearestDecileShare, nndr };
}

function copies({ train, synthetic, holdout }: Audit) {
  const index = makeRowIndex(train.all);
  const identical = identicalMatchShare(synthetic.all, index);
  if (holdout === undefined) return { identicalMatchShare: identical };
  const ceiling = identicalMatchShare(holdout.all, index).value;
  const unique = uniqueValueHits(synthetic.all, train.sample, holdout.sample);
  return {
    identicalMatchShare: withCeiling(identical, ceiling),
    identicalMatchExcess: identicalMatchExcess(synthetic.all, train.sample, holdout.sample),
    uniqueValueShare: unique.share,
    uniqueValueExcess: unique.excess,
    holdoutOverlap: findHoldoutOverlap(train.all, holdout.all, index),
  };
}

function withCeiling(figure: Figure, ceiling: number | undefined): Figure {
  return ceiling === undefined ? figure : { ...figure, ceiling };
}
