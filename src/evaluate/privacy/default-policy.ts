import type { PolicyRule, ReleasePolicy } from "../contract/policy-schema.js";

const LESS_MEMORY =
  "Give the model more rows, or let it learn less of single ones: fewer --epochs, --set model.completion.dropout higher, --min-category-count higher.";
const COARSER =
  "Round numbers and dates, fold rare categories (--min-category-count), or leave out what nobody needs before fitting.";

/** A rule that fails where the figure is surely above its limit, and passes where the figure could not be computed. */
function atMost(
  limit: number,
  figure: string,
  rest: Pick<PolicyRule, "code" | "message" | "why" | "advice">,
): PolicyRule {
  return { figure, end: "low", atMost: limit, notComputed: "passes", ...rest };
}

const NEARER: readonly PolicyRule[] = [
  atMost(0.52, "privacy.dcrShare", {
    code: "E_RELEASE_DCR_SHARE",
    message:
      "{value} of the synthetic rows are nearer to a training row than to a held-out row (surely {low}); rows that copy nothing would be 50 %, and {limit} is allowed.",
    why: "A generator that copied nothing had .509 on 16,000 rows; up to .52 is noise there, and the interval of a smaller table is wider by itself.",
    advice: LESS_MEMORY,
  }),
  atMost(0.55, "privacy.nearestDecileShare", {
    code: "E_RELEASE_NEAREST_DECILE",
    message:
      "Of the tenth of the synthetic rows that are nearest to real rows, {value} are nearer to training (surely {low}); {limit} is allowed.",
    why: "Memorising shows first among the rows nearest to real ones; a tenth of the rows carries three times the noise.",
    advice: LESS_MEMORY,
  }),
  atMost(0.55, "privacy.groups[].dcrShare", {
    code: "E_RELEASE_GROUP",
    message:
      "Of the synthetic rows of a group ({place}), {value} are nearer to a training row than to a held-out row (surely {low}); {limit} is allowed.",
    why: "Leaks hide in small groups that the whole outweighs; intervals are widened for the number of groups that were looked at.",
    advice: `${LESS_MEMORY} Or leave the group out before fitting.`,
  }),
  atMost(0.52, "privacy.euclidean.dcrShare", {
    code: "E_RELEASE_DCR_SHARE",
    message:
      "{value} of the synthetic rows are nearer to a training row than to a held-out row by the ranks of numbers (surely {low}); {limit} is allowed.",
    why: "As privacy.dcrShare, in a space that sees copies whose numbers lie close together.",
    advice: LESS_MEMORY,
  }),
  atMost(0.55, "privacy.euclidean.nearestDecileShare", {
    code: "E_RELEASE_NEAREST_DECILE",
    message:
      "Of the tenth of the synthetic rows that are nearest to real rows by the ranks of numbers, {value} are nearer to training (surely {low}); {limit} is allowed.",
    why: "As privacy.nearestDecileShare, in that space.",
    advice: LESS_MEMORY,
  }),
  atMost(0, "privacy.identicalMatchExcess", {
    code: "E_RELEASE_IDENTICAL_MATCHES",
    message:
      "Synthetic rows equal training rows more often than they equal as many held-out rows: by {value} of all rows, which is more than chance explains.",
    why: "Equally many training and held-out rows are met by chance equally often; the figure's interval is 99.5 %, since no copy is allowed.",
    advice: `${LESS_MEMORY} Dropping the copies (--no-copies) hides the sign and leaves what was nearly copied.`,
  }),
];

const MEMBERSHIP: readonly PolicyRule[] = [
  atMost(0.55, "privacy.membership.attack", {
    code: "E_RELEASE_MEMBERSHIP",
    message:
      "Somebody who knows a person's row can tell whether it was in the training data better than by chance: AUC {value} (surely {low}); 50 % is guessing, {limit} is allowed.",
    why: "A tenth of the way from guessing to certainty (advantage .1).",
    advice: LESS_MEMORY,
  }),
  atMost(0.03, "privacy.membership.truePositives.at1Percent", {
    code: "E_RELEASE_MEMBERSHIP_CERTAIN",
    message:
      "{value} of the training rows (surely {low}) are recognised with 1 % false alarms; guessing finds 1 %, {limit} is allowed.",
    why: "Three times guessing: few records that are surely recognised hide in an AUC of .5 (Carlini et al. 2022, doi:10.1109/SP46214.2022.9833649).",
    advice: LESS_MEMORY,
  }),
  atMost(0.005, "privacy.membership.truePositives.at01Percent", {
    code: "E_RELEASE_MEMBERSHIP_CERTAIN",
    message:
      "{value} of the training rows (surely {low}) are recognised with .1 % false alarms; guessing finds .1 %, {limit} is allowed.",
    why: "Five times guessing: as few as one record in a hundred that is given away shows here.",
    advice: LESS_MEMORY,
  }),
];

const ATTACK_WHY =
  "Unrelated real rows showed risks above .05 only in values, not in lower ends at 2,000 attacks (intervals: Giomi et al. 2023, doi:10.56553/popets-2023-0055).";

const ATTACKS: readonly PolicyRule[] = [
  atMost(0.05, "privacy.singlingOut.risk", {
    code: "E_RELEASE_SINGLING_OUT",
    message:
      "Conditions true of one synthetic row single out training rows more often than held-out rows: risk {value} (surely {low}), {limit} is allowed.",
    why: ATTACK_WHY,
    advice: COARSER,
  }),
  atMost(0.05, "privacy.linkability.risk", {
    code: "E_RELEASE_LINKABILITY",
    message:
      "Two halves of a training row can be linked through the synthetic table more often than those of a held-out row: risk {value} (surely {low}), {limit} is allowed.",
    why: ATTACK_WHY,
    advice: COARSER,
  }),
  atMost(0.05, "privacy.inference.risk", {
    code: "E_RELEASE_INFERENCE",
    message:
      "The value of {place} can be guessed for training rows better than for held-out rows: risk {value} (surely {low}), {limit} is allowed.",
    why: ATTACK_WHY,
    advice: LESS_MEMORY,
  }),
];

const DISCLOSURE_WHY =
  "The limit of the three attacks: what is known of held-out people is no disclosure by the table.";

const DISCLOSURE: readonly PolicyRule[] = [
  atMost(0.05, "privacy.disclosure.uniqueInBoth.risk", {
    code: "E_RELEASE_UNIQUE_IN_BOTH",
    message:
      "Training rows that are alone with their quasi-identifiers stand alone in the synthetic table too, more often than held-out rows: risk {value} (surely {low}), {limit} is allowed.",
    why: DISCLOSURE_WHY,
    advice: COARSER,
  }),
  atMost(0.05, "privacy.disclosure.secrets[].attribution.risk", {
    code: "E_RELEASE_ATTRIBUTION",
    message:
      "Whoever knows a person's quasi-identifiers learns {place} of training rows more often than of held-out rows: risk {value} (surely {low}), {limit} is allowed.",
    why: DISCLOSURE_WHY,
    advice: COARSER,
  }),
  atMost(0.05, "privacy.outlierProximity.risk", {
    code: "E_RELEASE_OUTLIERS",
    message:
      "Training rows that stand alone have a synthetic row beside them more often than held-out rows that stand alone as much: risk {value} (surely {low}), {limit} is allowed.",
    why: "People who are unlike all others are the first to be memorised and the easiest to recognise.",
    advice: `${LESS_MEMORY} Or cap numbers that few rows reach.`,
  }),
];

const HOLDOUT: PolicyRule = {
  figure: "privacy.holdoutOverlap.excess",
  end: "low",
  atMost: 0.05,
  notComputed: "passes",
  code: "E_RELEASE_HOLDOUT_OVERLAP",
  message:
    "{value} of the held-out rows (surely {low}) stand in the training table too, beyond what chance explains: copies of them look like likeness, so that nothing here can be relied on; {limit} is allowed.",
  why: "A leak shows as a difference between training and held-out rows; what both have hides it.",
  advice: "Hold out rows that the generator has not seen (--holdout), or let synth share set them aside.",
};

/**
 * What is held against a report unless another policy is given; the same as examples/policy.json. Every limit on a risk is held against
 * an interval's lower end, so that a table fails by what is surely there and not by noise, and every interval has to be narrow
 * enough to see something:
 * - rows 40: membership inference needs as many.
 * - widestInterval .25: half of all rows copied moves the share by .25, so that a wider interval would miss even that; some
 *   100 rows are needed.
 */
export const DEFAULT_POLICY: ReleasePolicy = {
  version: 1,
  name: "default",
  requires: { holdout: true, rows: 40, widestInterval: 0.25 },
  rules: [...NEARER, ...MEMBERSHIP, ...ATTACKS, ...DISCLOSURE, HOLDOUT],
};
