import type { Figure, Report } from "../../evaluate/report-schema.js";
import { formatCount, formatPercent } from "../format.js";
import { judgeFigure } from "./judge-figure.js";

/** How much the figures can carry; `warn` where they cannot carry what is asked of them. */
export interface CertaintyNote {
  readonly kind: "warn" | "note";
  readonly text: string;
}

/** How sure the audit is: what is missing, what is wrong with the held-out rows, what would have shown. */
export function certaintyNotes(report: Report): CertaintyNote[] {
  if (report.tables.holdout === undefined) return withoutHoldout(report);
  return [...overlap(report), ...rows(report), ...copies(report), ...attacks(report)];
}

function withoutHoldout({ tables }: Report): CertaintyNote[] {
  return [
    {
      kind: "warn",
      text: "No held-out rows were given. How near to training rows other real rows are, how often they equal one, and what people who were not in the data would suffer from the same attacks is not known; so neither question can be answered, and no distance below says anything by itself.",
    },
    {
      kind: "note",
      text: `Keep rows away from the generator before it learns, a fifth of ${formatCount(tables.train.rows)} if you can, and audit again with --holdout. Rows that are taken out of the training table afterwards do not serve: they were learned from.`,
    },
  ];
}

function overlap({ privacy }: Report): CertaintyNote[] {
  const { holdoutOverlap } = privacy;
  if (holdoutOverlap === undefined || !((holdoutOverlap.excess.low ?? 0) > 0)) return [];
  return [
    {
      kind: "warn",
      text: `${formatCount(holdoutOverlap.rows)} held-out rows (${formatPercent(holdoutOverlap.excess.value ?? 0)} of them beyond chance) stand in the training table too. If they are the same people, every figure here is nearer to “no leak” than it should be: hold out rows that were never trained on.`,
    },
  ];
}

function rows({ tables, privacy }: Report): CertaintyNote[] {
  const { low, high } = privacy.dcrShare;
  const known = `Training rows were compared with ${formatCount(tables.holdout?.rows ?? 0)} held-out rows.`;
  if (low === undefined || high === undefined || high - low <= 0.25) return [{ kind: "note", text: known }];
  return [
    {
      kind: "warn",
      text: `${known} That is too few: the share of rows nearer to training is only known to lie between ${formatPercent(low)} and ${formatPercent(high)}, so that even many copies would not show in it.`,
    },
  ];
}

/** A copied share c of the rows moves the DCR share from .5 by c / 2, and the excess of identical rows by c. */
function copies(report: Report): CertaintyNote[] {
  const { dcrShare, identicalMatchExcess } = report.privacy;
  const { limit = 0.52 } = judgeFigure(report, "privacy.dcrShare", dcrShare, { innocent: 0.5, limit: 0.52 });
  const near = halfWidth(dcrShare);
  const equal = identicalMatchExcess === undefined ? undefined : exactCopies(identicalMatchExcess);
  if (near === undefined) return [];
  const exact =
    equal === undefined
      ? ""
      : `exact copies would be noticed from about ${formatPercent(equal)} of the synthetic rows on, `;
  const altered = `rows that were copied and slightly changed from about ${formatPercent(Math.min(1, 2 * (limit - 0.5 + near)))} on`;
  return [
    {
      kind: "note",
      text: `With these rows ${exact}${altered}. Fewer may hide in the figures of the whole table; groups and attacks look for them.`,
    },
  ];
}

function attacks(report: Report): CertaintyNote[] {
  const { risk } = report.privacy.linkability;
  if (risk.n === undefined || risk.value === undefined) return [];
  const noted = report.privacy.inference.variants?.some(({ risk: { low, high } }) => (high ?? 0) - (low ?? 0) > 0.25);
  const wide =
    noted === true
      ? " Where most guesses are right for everybody, or few rows are left, a risk is only known roughly: such columns and groups are called too uncertain."
      : "";
  return [
    {
      kind: "note",
      text: `Each attack was made ${formatCount(risk.n)} times; intervals hold in 95 of 100 audits, so that one check in twenty may err by chance.${wide}`,
    },
  ];
}

/** The share of exact copies that shows: half the interval; eight rows at least, which a 99.5 % interval of a difference takes. */
function exactCopies(excess: Figure): number | undefined {
  const half = halfWidth(excess);
  return half === undefined ? undefined : Math.max(half, 8 / (excess.n ?? 8));
}

function halfWidth({ low, high }: Figure): number | undefined {
  return low === undefined || high === undefined ? undefined : (high - low) / 2;
}
