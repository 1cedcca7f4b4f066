import type { Figure, Report } from "../report-schema.js";

/** The limits that a table must keep to be shared. Every limit is compared with an interval's lower end. */
export interface ReleasePolicy {
  /** Widest interval of the DCR share (high - low) that still tells copying from likeness. */
  readonly widestInterval: number;
  /** Largest share of rows nearer to training than to held-out rows. */
  readonly dcrShare: number;
  /** The same among the tenth of rows nearest to any real record. */
  readonly nearestDecileShare: number;
  /** Largest excess of identical matches with training over those with held-out rows. */
  readonly identicalMatchExcess: number;
  /** Largest AUC of membership inference. */
  readonly membershipAuc: number;
  /** Largest share of training rows recognised at a false positive rate of 1 %. */
  readonly membershipAt1Percent: number;
  /** Largest residual risk of singling out, linkability and inference. */
  readonly attackRisk: number;
}

/**
 * The default policy.
 * - widestInterval .25: half of all rows copied moves the share by .25, so that a wider interval would miss even that; some
 *   100 rows are needed.
 * - dcrShare .52: a generator that copied nothing had .509 on 16,000 rows; up to .52 is noise there, and the interval of a
 *   smaller table is wider by itself.
 * - nearestDecileShare .55: a tenth of the rows carries three times the noise; memorising shows there first.
 * - identicalMatchExcess 0: equal numbers of training and held-out rows are met by chance equally often.
 * - membershipAuc .55: a tenth of the way from guessing to certainty (advantage .1).
 * - membershipAt1Percent .03: three times guessing; few records that are surely recognised hide in an AUC of .5 (Carlini
 *   et al. 2022, doi:10.1109/SP46214.2022.9833649).
 * - attackRisk .05: unrelated real rows showed risks above it only in values, not in lower ends at 2,000 attacks (Giomi et al.
 *   2023, doi:10.56553/popets-2023-0055, for the intervals).
 */
export const RELEASE_POLICY: ReleasePolicy = {
  widestInterval: 0.25,
  dcrShare: 0.52,
  nearestDecileShare: 0.55,
  identicalMatchExcess: 0,
  membershipAuc: 0.55,
  membershipAt1Percent: 0.03,
  attackRisk: 0.05,
};

type Release = Report["release"];
type Failure = Release["failures"][number];

/**
 * May the table be shared? Not where a figure's lower end is above the policy's limit, and not where the audit could not
 * compare with held-out rows, or not with enough of them: what was not looked at is not safe.
 */
export function releasePolicy(privacy: Report["privacy"], policy: ReleasePolicy = RELEASE_POLICY): Release {
  if (isUnavailable(privacy.dcrShare)) {
    const why = privacy.dcrShare.reason ?? "the audit gave no reason";
    const message = `Nothing can be said about privacy, so the table must not be shared: the audit ${why}.`;
    return { shareable: false, failures: [{ code: "E_RELEASE_NOT_COMPARED", message }] };
  }
  const failures = [
    ...powerFailures(privacy.dcrShare, policy),
    ...distanceFailures(privacy, policy),
    ...membershipFailures(privacy, policy),
    ...attackFailures(privacy, policy),
  ];
  return { shareable: failures.length === 0, failures };
}

function powerFailures(share: Figure, policy: ReleasePolicy): Failure[] {
  const width = (share.high ?? 1) - (share.low ?? 0);
  if (width <= policy.widestInterval) return [];
  const message = `There are too few rows to tell copying from likeness: the share of rows nearer to training is only known to be within ${percent(share.low ?? 0)} and ${percent(share.high ?? 1)}.`;
  return [{ code: "E_RELEASE_TOO_FEW_ROWS", message }];
}

function distanceFailures(privacy: Report["privacy"], policy: ReleasePolicy): Failure[] {
  return [
    ...above(
      privacy.dcrShare,
      policy.dcrShare,
      "E_RELEASE_DCR_SHARE",
      (value, low) =>
        `${value} of the synthetic rows are nearer to a training row than to a held-out row (surely ${low}); rows that copy nothing would be 50 %, and ${percent(policy.dcrShare)} is allowed.`,
    ),
    ...above(
      privacy.nearestDecileShare,
      policy.nearestDecileShare,
      "E_RELEASE_NEAREST_DECILE",
      (value, low) =>
        `Of the tenth of the synthetic rows that are nearest to real rows, ${value} are nearer to training (surely ${low}); ${percent(policy.nearestDecileShare)} is allowed.`,
    ),
    ...above(
      privacy.identicalMatchExcess,
      policy.identicalMatchExcess,
      "E_RELEASE_IDENTICAL_MATCHES",
      (value) =>
        `Synthetic rows equal training rows more often than they equal as many held-out rows: by ${value} of all rows, which is more than chance explains.`,
    ),
  ];
}

function membershipFailures({ membership }: Report["privacy"], policy: ReleasePolicy): Failure[] {
  return [
    ...above(
      membership.attack,
      policy.membershipAuc,
      "E_RELEASE_MEMBERSHIP",
      (value, low) =>
        `Somebody who knows a person's row can tell whether it was in the training data better than by chance: AUC ${value} (surely ${low}); 50 % is guessing, ${percent(policy.membershipAuc)} is allowed.`,
    ),
    ...above(
      membership.truePositives?.at1Percent,
      policy.membershipAt1Percent,
      "E_RELEASE_MEMBERSHIP_CERTAIN",
      (value, low) =>
        `${value} of the training rows (surely ${low}) are recognised with 1 % false alarms; guessing finds 1 %, ${percent(policy.membershipAt1Percent)} is allowed.`,
    ),
  ];
}

function attackFailures({ singlingOut, linkability, inference }: Report["privacy"], policy: ReleasePolicy): Failure[] {
  const allowed = percent(policy.attackRisk);
  return [
    ...above(
      singlingOut.risk,
      policy.attackRisk,
      "E_RELEASE_SINGLING_OUT",
      (value, low) =>
        `Conditions true of one synthetic row single out training rows more often than held-out rows: risk ${value} (surely ${low}), ${allowed} is allowed.`,
    ),
    ...above(
      linkability.risk,
      policy.attackRisk,
      "E_RELEASE_LINKABILITY",
      (value, low) =>
        `Two halves of a training row can be linked through the synthetic table more often than those of a held-out row: risk ${value} (surely ${low}), ${allowed} is allowed.`,
    ),
    ...above(
      inference.risk,
      policy.attackRisk,
      "E_RELEASE_INFERENCE",
      (value, low) =>
        `The value of ${inference.worst === undefined ? "a column" : `column "${inference.worst}"`} can be guessed for training rows better than for held-out rows: risk ${value} (surely ${low}), ${allowed} is allowed.`,
    ),
  ];
}

/** A failure where the figure's lower end is above the limit; an unavailable figure of a compared audit fails nothing. */
function above(
  figure: Figure | undefined,
  limit: number,
  code: string,
  say: (value: string, low: string) => string,
): Failure[] {
  if (figure?.value === undefined || figure.low === undefined || figure.low <= limit) return [];
  return [{ code, message: say(percent(figure.value), percent(figure.low)) }];
}

function isUnavailable(figure: Figure): boolean {
  return figure.status === "unavailable" || figure.value === undefined;
}

function percent(share: number): string {
  const points = share * 100;
  return `${points.toFixed(Math.abs(points) < 1 ? 2 : 1)} %`;
}
