import type { Figure, Report } from "../../evaluate/report-schema.js";
import { type FigureFormat, formatPercent, formatScore } from "../format.js";
import { judgeFigure } from "../privacy/judge-figure.js";
import { learningChecks } from "../privacy/learning-checks.js";
import type { CheckOutcome } from "../privacy/privacy-check.js";

type Attack = Report["privacy"]["membership"];

/** An attack of the report with what it is called and how it came out. */
export interface NamedAttack {
  readonly name: string;
  /** What it tries, as a question. */
  readonly question: string;
  readonly attack: Attack;
  /** How its rates are written: a share, or for membership an area under the curve. */
  readonly format: FigureFormat;
  readonly outcome: CheckOutcome;
  /** Of the risk's lower end. */
  readonly limit: number | undefined;
}

/** Every attack of the report in the order of the page; those of later versions only where the report has them. */
export function attackList(report: Report): NamedAttack[] {
  const { membership, singlingOut, linkability, inference, outlierProximity, disclosure } = report.privacy;
  const one = (
    name: string,
    question: string,
    attack: Attack | undefined,
    path: string,
    known?: CheckOutcome,
  ): NamedAttack[] => {
    if (attack === undefined) return [];
    const { outcome, limit } = judgeFigure(report, path, attack.risk, { innocent: 0, limit: 0.05 });
    return [{ name, question, attack, format: formatPercent, outcome: known ?? outcome, limit }];
  };
  return [
    membershipAttack(report, membership),
    ...one(
      "Singling out",
      "Does the synthetic table describe exactly one real person?",
      singlingOut,
      "privacy.singlingOut.risk",
    ),
    ...one(
      "Linkability",
      "Can two halves of a person’s record be brought together?",
      linkability,
      "privacy.linkability.risk",
    ),
    ...one(
      "Inference",
      "Can an unknown value be guessed by somebody who knows all the others?",
      inference,
      "privacy.inference.risk",
      learningChecks(report).find(({ path }) => path === "privacy.inference.risk")?.outcome,
    ),
    ...one(
      "Outliers",
      "Does a synthetic row stand far nearer to a lonely person than any other real one?",
      outlierProximity,
      "privacy.outlierProximity.risk",
    ),
    ...one(
      "Unique in both",
      "Is somebody who is unique by the quasi-identifiers unique in the synthetic table too?",
      disclosure?.uniqueInBoth,
      "privacy.disclosure.uniqueInBoth.risk",
    ),
  ];
}

/** The limit is the AUC's: risk is twice the AUC less 1. */
function membershipAttack(report: Report, attack: Attack): NamedAttack {
  const auc: Figure = attack.attack ?? attack.risk;
  const { outcome, limit } = judgeFigure(report, "privacy.membership.attack", auc, { innocent: 0.5, limit: 0.55 });
  return {
    name: "Membership",
    question: "Can one tell that a person’s row was in the training table? (The rate is an AUC.)",
    attack,
    format: (value) => `AUC ${formatScore(value)}`,
    outcome,
    limit: limit === undefined ? undefined : 2 * limit - 1,
  };
}
