import type { Figure, Report } from "../../evaluate/report-schema.js";
import { dotStrip } from "../charts/dot-strip.js";
import { formatPercent } from "../format.js";
import { type Html, html, nameHtml } from "../html.js";
import { secretOutcome } from "../privacy/learning-checks.js";
import { listNames } from "../words.js";
import { figureCell } from "./figure-table.js";
import { outcomeMark } from "./outcome-mark.js";
import { rateDots, rateLegend } from "./rate-marks.js";
import { type SortableCell, sortableTable } from "./sortable-table.js";
import { wordsHtml } from "./words-html.js";

type Variant = NonNullable<Report["privacy"]["inference"]["variants"]>[number];
type Attribution = NonNullable<Report["privacy"]["disclosure"]>["secrets"][number]["attribution"];

/** Columns with a drawing, at most; the others are folded. */
const SHOWN = 15;
/** Guesses that the page has at all; report.json has every one. */
const LISTED = 60;
/** Names of known columns that a row gives, at most. */
const SHOWN_KNOWN = 3;

/** Every column as a secret, the riskiest first: how often it is guessed, for whom, and what of that is a leak. */
export function riskyColumnsPanel(report: Report): Html | undefined {
  const variants = (report.privacy.inference.variants ?? []).toSorted(byRisk);
  if (variants.length === 0) return undefined;
  const secrets = new Map(
    (report.privacy.disclosure?.secrets ?? []).map(({ name, attribution }) => [name, attribution] as const),
  );
  const [first, rest] = [variants.slice(0, SHOWN), variants.slice(SHOWN, LISTED)];
  const more =
    variants.length > LISTED &&
    html`<p class="fine">The other ${variants.length - LISTED}, which are less risky, stand in <code>report.json</code>.</p>`;
  const row = (isDrawn: boolean) => (variant: Variant) => columnRow(report, variant, secrets, isDrawn);
  const table = (caption: string, isDrawn: boolean, some: readonly Variant[]) =>
    sortableTable(caption, columnHeadings(secrets.size > 0, isDrawn), some.map(row(isDrawn)));
  return html`<div class="panel"><h3>Which columns can be guessed?</h3><p>Each column in turn is the secret of a person of whom all other columns are known; the nearest synthetic row makes the guess. The riskiest stand first. A column that is easily guessed for everybody (attack and control alike, far to the right) shows a pattern of the population; a leak is an attack that is right more often than its control.${variants.some(({ known }) => known !== undefined) && " Rows with “known” are guesses by somebody who knows these columns alone."}${secrets.size > 0 && " Attribution guesses from the class of equal quasi-identifiers."}</p>${rateLegend()}${table("Columns as secrets", true, first)}${rest.length > 0 && html`<details><summary>The next ${rest.length}</summary>${table("Further columns as secrets", false, rest)}${more}</details>`}</div>`;
}

function byRisk(a: Variant, b: Variant): number {
  const low = ({ risk }: Variant) => risk.low ?? risk.value ?? -1;
  return low(b) - low(a) || (b.risk.value ?? -1) - (a.risk.value ?? -1);
}

function columnHeadings(hasSecrets: boolean, isDrawn: boolean) {
  const drawing = isDrawn ? ["Right guesses, 0 to 100\u00A0%"] : [];
  const further = hasSecrets ? ["Attribution risk"] : [];
  const headings = ["Secret column", ...drawing, "Risk", "Attack", "Control", "Baseline", ...further, "Outcome"];
  return headings.map((heading) => ({
    heading,
    figures: heading !== "Secret column" && heading !== "Outcome" && !drawing.includes(heading),
  }));
}

function columnRow(
  report: Report,
  variant: Variant,
  secrets: ReadonlyMap<string, Attribution>,
  isDrawn: boolean,
): SortableCell[] {
  const { name, known, risk, attack, control, baseline } = variant;
  const knowing = known !== undefined && html`<small>known: ${knownWords(report, known)}</small>`;
  const outcome = secretOutcome(report, variant);
  return [
    { shown: html`${nameHtml(name)}${knowing}`, by: name },
    ...(isDrawn ? [{ shown: drawing(variant), by: undefined }] : []),
    figureOf(risk),
    figureOf(attack),
    figureOf(control),
    figureOf(baseline),
    ...(secrets.size > 0 ? [figureOf(secrets.get(name)?.risk)] : []),
    { shown: outcomeMark(outcome), by: outcome },
  ];
}

function knownWords({ privacy }: Report, known: readonly string[]): Html | Html[] {
  const quasi = privacy.disclosure?.quasiIdentifiers.columns ?? [];
  const isQuasi = quasi.length === known.length && quasi.every((column) => known.includes(column));
  return isQuasi ? html`quasi-identifiers alone` : wordsHtml(listNames(known, SHOWN_KNOWN));
}

function drawing(variant: Variant): Html | string {
  const dots = rateDots(variant, formatPercent);
  if (dots.length === 0) return "";
  return dotStrip(`${variant.name}: ${dots.map(({ name, text }) => `${name} ${text}`).join(", ")}`, dots, [0, 1]);
}

function figureOf(figure: Figure | undefined): SortableCell {
  return figure === undefined
    ? { shown: "—", by: undefined }
    : { shown: figureCell(figure, formatPercent), by: figure.value };
}
