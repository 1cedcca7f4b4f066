import type { Figure, Report } from "../../evaluate/report-schema.js";
import { type FigureFormat, formatInterval, formatPercent, formatScore } from "../format.js";
import { sentence, type Word } from "../words.js";
import { formatPeople, formatPeopleRange } from "./format-people.js";
import { groupCheck } from "./group-check.js";
import { judgeFigure } from "./judge-figure.js";
import type { PrivacyCheck } from "./privacy-check.js";

type Sentence = (value: string, interval: string) => readonly Word[];

interface Recipe {
  readonly name: string;
  readonly path: string;
  readonly figure: Figure | undefined;
  readonly format: FigureFormat;
  readonly innocent: number;
  readonly limit?: number;
  readonly say: Sentence;
}

/**
 * Everything that can tell that a person was in the data, the most telling first. What the report does not have is left out;
 * what it could not compute is not. Limits are those of reports without rules.
 */
export function membershipChecks(report: Report): PrivacyCheck[] {
  const group = groupCheck(report);
  return [
    ...makeChecks(report, [...recognised(report), ...copied(report), ...leaning(report)]),
    ...(group === undefined ? [] : [group]),
    ...makeChecks(report, alone(report)),
  ];
}

/** Of 1,000 people: how many are recognised; of pairs: how often the right one is picked. */
function recognised({ privacy }: Report): Recipe[] {
  const { attack, risk, truePositives } = privacy.membership;
  return [
    {
      name: "People recognised at 1\u00A0% false alarms",
      path: "privacy.membership.truePositives.at1Percent",
      figure: truePositives?.at1Percent,
      format: formatPercent,
      innocent: 0.01,
      limit: 0.03,
      say: () => [
        `of 1,000 people who were in the data an attacker recognises ${formatPeopleRange(truePositives?.at1Percent ?? {})}, while wrongly accusing 10 of 1,000 who were not; blind guessing finds 10`,
      ],
    },
    {
      name: "People recognised at 0.1\u00A0% false alarms",
      path: "privacy.membership.truePositives.at01Percent",
      figure: truePositives?.at01Percent,
      format: formatPercent,
      innocent: 0.001,
      limit: 0.005,
      say: () => [
        `of 10,000 people who were in the data an attacker recognises ${formatPeopleRange(truePositives?.at01Percent ?? {}, 10_000)}, while wrongly accusing 10 of 10,000 who were not; blind guessing finds 10`,
      ],
    },
    {
      name: "Telling members from others, AUC",
      path: "privacy.membership.attack",
      figure: attack ?? (risk.value === undefined ? risk : undefined),
      format: formatScore,
      innocent: 0.5,
      limit: 0.55,
      say: () => [
        `shown one person who was in the data and one who was not, an attacker picks the right one in ${formatPercent(attack?.value ?? 0.5)} of cases; guessing is right in 50\u00A0%`,
      ],
    },
  ];
}

function copied({ privacy }: Report): Recipe[] {
  return [
    {
      name: "Identical rows beyond chance",
      path: "privacy.identicalMatchExcess",
      figure: privacy.identicalMatchExcess,
      format: formatPercent,
      innocent: 0,
      limit: 0,
      say: (value) => [`${value} of the synthetic rows equal a training row beyond what chance explains`],
    },
  ];
}

function leaning({ privacy }: Report): Recipe[] {
  const { dcrShare, nearestDecileShare, euclidean } = privacy;
  const space = "by the ranks of numbers";
  return [
    leaningRow("Nearer to training than to held-out rows", "privacy.dcrShare", dcrShare, ""),
    leaningTenth("Nearer to training, nearest tenth of the rows", "privacy.nearestDecileShare", nearestDecileShare, ""),
    leaningRow("Nearer to training by ranks", "privacy.euclidean.dcrShare", euclidean?.dcrShare, ` ${space}`),
    leaningTenth(
      "Nearer to training by ranks, nearest tenth",
      "privacy.euclidean.nearestDecileShare",
      euclidean?.nearestDecileShare,
      ` ${space}`,
    ),
  ];
}

function leaningRow(name: string, path: string, figure: Figure | undefined, space: string): Recipe {
  const say: Sentence = (value, interval) => [
    `${value}${interval} of the synthetic rows lie nearer to a training row than to a held-out one${space}; without copying it is 50\u00A0%`,
  ];
  return { name, path, figure, format: formatPercent, innocent: 0.5, limit: 0.52, say };
}

function leaningTenth(name: string, path: string, figure: Figure | undefined, space: string): Recipe {
  const say: Sentence = (value, interval) => [
    `of the tenth of the synthetic rows nearest to real ones${space} ${value}${interval} are nearer to training rows; without copying it is 50\u00A0%`,
  ];
  return { name, path, figure, format: formatPercent, innocent: 0.5, limit: 0.55, say };
}

/** People who stand alone: by all their values, by what an outsider knows, by one value. */
function alone({ privacy }: Report): Recipe[] {
  const { outlierProximity: outliers, disclosure, uniqueValueExcess } = privacy;
  const unique = disclosure?.uniqueInBoth;
  const against = (attack: typeof outliers) =>
    `${formatPeople(attack?.attack?.value)}; of as many people who were not, ${formatPeople(attack?.control?.value)}`;
  return [
    {
      name: "Outliers met by a synthetic row",
      path: "privacy.outlierProximity.risk",
      figure: outliers?.risk,
      format: formatPercent,
      innocent: 0,
      limit: 0.05,
      say: () => [
        `of 1,000 people who stand alone in the data a synthetic row is far nearer than any other real person to ${against(outliers)}`,
      ],
    },
    {
      name: "Unique in both tables",
      path: "privacy.disclosure.uniqueInBoth.risk",
      figure: unique?.risk,
      format: formatPercent,
      innocent: 0,
      limit: 0.05,
      say: () => [
        `of 1,000 people who are the only ones with their quasi-identifiers exactly one synthetic row shares those of ${against(unique)}`,
      ],
    },
    {
      name: "Values that one row has, beyond chance",
      path: "privacy.uniqueValueExcess",
      figure: uniqueValueExcess,
      format: formatPercent,
      innocent: 0,
      say: (value) => [
        `${value} of the cells hold a value that one training row alone has, beyond what chance explains`,
      ],
    },
  ];
}

function makeChecks(report: Report, recipes: readonly Recipe[]): PrivacyCheck[] {
  return recipes.flatMap((recipe) => (recipe.figure === undefined ? [] : [makeCheck(report, recipe.figure, recipe)]));
}

function makeCheck(report: Report, figure: Figure, recipe: Recipe): PrivacyCheck {
  const { name, path, format, innocent, limit, say } = recipe;
  const interval = formatInterval(figure, format);
  const judged = judgeFigure(report, path, figure, { innocent, ...(limit === undefined ? {} : { limit }) });
  const finding =
    figure.value === undefined ? [] : say(format(figure.value), interval === undefined ? "" : ` (${interval})`);
  return { name, path, figure, format, innocent, ...judged, finding: sentence(...finding), where: [] };
}
