import type { Figure, Report } from "../../evaluate/report-schema.js";
import { cumulativeCurve } from "../charts/cumulative-curve.js";
import { fitDomain, intervalAxis } from "../charts/interval-axis.js";
import { type RiskRow, riskPlot } from "../charts/risk-plot.js";
import { formatDistance, formatFigure, formatInterval, formatPercent, formatScore } from "../format.js";
import { type Html, type HtmlValue, html } from "../html.js";
import { section } from "./section.js";
import { dataTable } from "./table.js";
import { absent, figureRow, figureTable } from "./usefulness.js";

type Attack = Report["privacy"]["membership"];

/** An attack is called a finding where its interval's lower end is above this. */
const FINDING = 0.05;

/** Nearest-neighbour distances, identical matches, membership inference and the three attacks of the GDPR's Working Party. */
export function privacySection(report: Report): Html {
  const lead =
    "Does the synthetic table give away its training rows? Every figure is read against other real rows, which the model never saw.";
  return section("privacy", "Privacy", lead, [
    html`<div class="pair"><div class="panel">${distancePanel(report)}</div><div class="panel">${sharePanel(report)}</div></div>`,
    html`<div class="panel">${attacksPanel(report)}</div>`,
    html`<p class="caveat"><b>What this cannot say.</b> These are attacks that were tried, not a guarantee against those that were not. Only differential privacy bounds what any attack can learn.</p>`,
  ]);
}

function distancePanel(report: Report): Html {
  const { dcr, nndr } = report.privacy;
  const heading = html`<h3>Distance to the closest record (DCR)</h3><p>Were rows copied, the solid line (to training rows) would rise earlier than the dashed one (to held-out rows).</p>`;
  const table = figureTable(
    "Distances",
    [
      figureRow("DCR, median", dcr.median, formatDistance),
      figureRow("DCR, nearest 5%", dcr.fifthPercentile, formatDistance),
      figureRow("NNDR (nearest / second nearest)", nndr, formatScore),
    ],
    "Held-out rows",
  );
  if (dcr.curve === undefined)
    return html`${heading}<p class="absent">No distance curve: ${dcr.median.reason ?? "it was not computed"}.</p>${table}`;
  const label = `Cumulative distribution of the distance from synthetic rows to the closest training row (median ${formatFigure(dcr.median, formatDistance)})${dcr.curve.holdout === undefined ? "" : " and to the closest held-out row"}`;
  const held = dcr.curve.holdout !== undefined && html`<li>${keyLine("holdout-line")}to held-out rows</li>`;
  return html`${heading}<ul class="legend"><li>${keyLine("synthetic-line")}to training rows</li>${held}</ul>${cumulativeCurve(label, curveData(dcr.curve))}<p class="fine">The axis ends where 99% of the rows are.</p>${table}`;
}

function curveData(curve: NonNullable<Report["privacy"]["dcr"]["curve"]>): { train: number[]; holdout?: number[] } {
  return curve.holdout === undefined ? { train: curve.train } : { train: curve.train, holdout: curve.holdout };
}

function keyLine(kind: string): Html {
  return html`<svg viewBox="0 0 26 14" aria-hidden="true"><path class="${kind}" d="M1 7H25"/></svg>`;
}

function sharePanel(report: Report): Html {
  const { dcrShare, identicalMatchShare } = report.privacy;
  const rows = [
    figureRow("DCR share", dcrShare, formatPercent),
    figureRow("Identical matches", identicalMatchShare, formatPercent),
  ];
  return html`<h3>Nearer to training than to held-out rows? (DCR share)</h3><p>For each synthetic row: is its nearest real row a training row or a held-out one? A model that copied nothing is at 50%, as a coin would be. With the interval wholly above 50%, rows lean to the training table.</p>${shareAxis(dcrShare)}${figureTable("Shares", rows, "Held-out rows")}<p>An <b>identical match</b> is a synthetic row that equals a training row in every column. In tables of few categories real rows do so too: ${heldOutMatches(identicalMatchShare)}.</p>`;
}

function heldOutMatches(figure: Figure): string {
  return figure.ceiling === undefined
    ? "no held-out rows say how often"
    : `here ${formatPercent(figure.ceiling)} of the held-out rows`;
}

function shareAxis(figure: Figure): Html {
  if (figure.value === undefined) return html`<p>${absent(figure)}</p>`;
  const domain = fitDomain(
    [
      [0.4, 0.6],
      [0.3, 0.7],
      [0.2, 0.8],
      [0, 1],
    ],
    [figure.value, figure.low, figure.high],
  );
  const interval = formatInterval(figure, formatPercent);
  const label = `DCR share ${formatPercent(figure.value)}${interval === undefined ? "" : `, 95% interval ${interval}`}; 50% means no copying`;
  return intervalAxis(label, {
    domain,
    value: figure.value,
    low: figure.low,
    high: figure.high,
    marks: [{ at: 0.5, label: "50%: no copying" }],
    ends: [`${formatPercent(domain[0])} farther`, `nearer ${formatPercent(domain[1])}`],
    tooltip: label,
  });
}

function attacksPanel(report: Report): Html {
  const attacks = attackList(report);
  const known = attacks.flatMap(({ attack }) =>
    attack.risk.value === undefined ? [] : [attack.risk.high ?? attack.risk.value],
  );
  const end = Math.min(1, Math.max(0.2, Math.ceil(Math.max(0, ...known) * 10 + 0.5) / 10));
  const rows = attacks.map(({ name, attack }) => riskRow(name, attack));
  const label = `Risk of ${rows.map((row) => `${row.name} ${row.text}`).join("; ")}`;
  const plot = riskPlot(label, rows, end, { at: FINDING, label: "finding" }, formatPercent);
  return html`<h3>Attacks</h3><p>Each attack is run on training rows and, as a control, on held-out rows. Its <b>risk</b> is what it gains on training rows beyond the control, from 0 (nothing) to 1. It is a finding where the interval's lower end is above 5%.</p><div class="pair tight">${plot}${explanations()}</div>${attackTable(attacks)}${doubts(attacks)}`;
}

interface NamedAttack {
  readonly name: string;
  readonly attack: Attack;
}

function attackList(report: Report): NamedAttack[] {
  const { membership, singlingOut, linkability, inference } = report.privacy;
  return [
    { name: "Membership", attack: membership },
    { name: "Singling out", attack: singlingOut },
    { name: "Linkability", attack: linkability },
    { name: "Inference", attack: inference },
  ];
}

function riskRow(name: string, attack: Attack): RiskRow {
  const { value, low, high } = attack.risk;
  const interval = formatInterval(attack.risk, formatPercent);
  const text =
    value === undefined
      ? `unavailable: ${attack.risk.reason ?? ""}`
      : `${formatPercent(value)}${interval === undefined ? "" : ` (${interval})`}`;
  return { name, value, low, high, text, alarming: (low ?? value ?? 0) > FINDING };
}

function explanations(): Html {
  return html`<dl class="explained"><dt>Membership</dt><dd>Can one tell that a person's row was in the training table?</dd><dt>Singling out</dt><dd>Does the synthetic table describe exactly one real person?</dd><dt>Linkability</dt><dd>Can two halves of a person's record be brought together?</dd><dt>Inference</dt><dd>Can an unknown value of a known person be guessed?</dd></dl>`;
}

function attackTable(attacks: readonly NamedAttack[]): Html {
  const columns = ["Attack", "Risk", "Success on training rows", "Control (held-out)", "Baseline (guessing)"];
  const rows = attacks.map(({ name, attack }) => [
    name,
    rateCell(attack.risk),
    rateCell(attack.attack),
    rateCell(attack.control),
    rateCell(attack.baseline),
  ]);
  return dataTable(
    "Attacks",
    columns.map((heading, i) => ({ heading, figures: i > 0 })),
    rows,
  );
}

function rateCell(figure: Figure | undefined): HtmlValue {
  if (figure === undefined) return "—";
  if (figure.value === undefined) return absent(figure);
  const interval = formatInterval(figure, formatPercent);
  return html`${formatPercent(figure.value)}${interval !== undefined && html` <span class="range">${interval}</span>`}`;
}

/** What an attack's figures are to be taken with: it ran less often than asked for, or no better than guessing. */
function doubts(attacks: readonly NamedAttack[]): Html | undefined {
  const notes = attacks.filter(({ attack }) => attack.risk.value !== undefined && attack.risk.reason !== undefined);
  if (notes.length === 0) return undefined;
  return html`<ul class="fine">${notes.map(({ name, attack }) => html`<li>${name}: ${attack.risk.reason}</li>`)}</ul>`;
}
