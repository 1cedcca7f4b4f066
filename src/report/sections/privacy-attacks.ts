import type { Figure, Report } from "../../evaluate/report-schema.js";
import { type RiskRow, riskPlot } from "../charts/risk-plot.js";
import { type FigureFormat, formatInterval, formatPercent, formatPercentTick, formatScore } from "../format.js";
import { type Html, type HtmlValue, html, nameHtml } from "../html.js";
import { absent } from "./figure-table.js";
import { dataTable } from "./table.js";

type Attack = Report["privacy"]["membership"];
type Variant = NonNullable<Attack["variants"]>[number];

interface NamedAttack {
  readonly name: string;
  readonly attack: Attack;
  /** How success is written: a rate, or for membership an area under the curve. */
  readonly format: FigureFormat;
}

/** An attack is called a finding where its interval's lower end is above this. */
const FINDING = 0.05;

/** Membership inference and the three attacks: risks on one axis, then attack, control and baseline, then every variant. */
export function attacksPanel(report: Report): Html {
  const attacks = attackList(report);
  const rows = attacks.map(riskRow);
  const ends = rows.map((row) => row.high ?? row.value ?? 0);
  const end = Math.min(1, Math.max(0.2, Math.ceil(Math.max(...ends) * 10 + 0.5) / 10));
  const label = `Risk of ${rows.map((row) => `${row.name} ${row.text}`).join("; ")}`;
  const plot = riskPlot(label, rows, end, { at: FINDING, label: "finding" }, formatPercentTick);
  return html`<h3>Attacks</h3><p>Each attack is run on training rows and, as a control, on held-out rows. Its <b>risk</b> is what it gains on training rows beyond the control, from 0\u00A0% (nothing) to 100\u00A0%. It is a finding where the interval's lower end is above 5\u00A0%.</p><div class="pair tight">${plot}${explanations()}</div>${attackTable(attacks)}${doubts(attacks)}${variants(attacks)}`;
}

function attackList(report: Report): NamedAttack[] {
  const { membership, singlingOut, linkability, inference } = report.privacy;
  return [
    { name: "Membership", attack: membership, format: (value) => `AUC ${formatScore(value)}` },
    { name: "Singling out", attack: singlingOut, format: formatPercent },
    { name: "Linkability", attack: linkability, format: formatPercent },
    { name: "Inference", attack: inference, format: formatPercent },
  ];
}

function riskRow({ name, attack }: NamedAttack): RiskRow {
  const { value, low, high } = attack.risk;
  const interval = formatInterval(attack.risk, formatPercent);
  const known = `${formatPercent(value ?? 0)}${interval === undefined ? "" : ` (${interval})`}`;
  const text = value === undefined ? `unavailable: ${attack.risk.reason ?? "no reason was recorded"}` : known;
  return { name, value, low, high, text, alarming: (low ?? value ?? 0) > FINDING };
}

function explanations(): Html {
  return html`<dl class="explained"><dt>Membership</dt><dd>Can one tell that a person's row was in the training table?</dd><dt>Singling out</dt><dd>Does the synthetic table describe exactly one real person?</dd><dt>Linkability</dt><dd>Can two halves of a person's record be brought together?</dd><dt>Inference</dt><dd>Can an unknown value of a known person be guessed?</dd></dl>`;
}

const HEADINGS = ["Attack", "Risk", "On training rows", "Control (held-out)", "Baseline (guessing)"];

function attackTable(attacks: readonly NamedAttack[]): Html {
  const rows = attacks.map(({ name, attack, format }) => [
    html`${name}${worst(attack)}`,
    cell(attack.risk, formatPercent),
    html`${cell(attack.attack, format)}${certain(attack)}`,
    cell(attack.control, format),
    cell(attack.baseline, format),
  ]);
  const columns = HEADINGS.map((heading, i) => ({ heading, figures: i > 0 }));
  return dataTable("Attacks", columns, rows);
}

function worst({ worst: name, variants: all }: Attack): Html | undefined {
  if (name === undefined) return undefined;
  const count = all === undefined || all.length < 2 ? "" : `worst of ${all.length}: `;
  return html`<span class="range">${count}${nameHtml(name)}</span>`;
}

function certain({ truePositives }: Pick<Attack, "truePositives">): Html | undefined {
  const found = truePositives?.at1Percent.value;
  if (found === undefined) return undefined;
  return html`<span class="range">${formatPercent(found)} found at 1\u00A0% false alarms</span>`;
}

function cell(figure: Figure | undefined, format: FigureFormat): HtmlValue {
  if (figure === undefined) return "—";
  if (figure.value === undefined) return absent(figure);
  const interval = formatInterval(figure, (value) => format(value).replace("AUC ", ""));
  return html`${format(figure.value)}${interval !== undefined && html` <span class="range">${interval}</span>`}`;
}

/** What an attack's figures are to be taken with: it ran less often than asked for, or no better than guessing. */
function doubts(attacks: readonly NamedAttack[]): Html | undefined {
  const notes = attacks.filter(({ attack }) => attack.risk.value !== undefined && attack.risk.reason !== undefined);
  if (notes.length === 0) return undefined;
  return html`<ul class="fine">${notes.map(({ name, attack }) => html`<li>${name}: ${attack.risk.reason}</li>`)}</ul>`;
}

function variants(attacks: readonly NamedAttack[]): Html | undefined {
  const rows = attacks.flatMap((attack) =>
    (attack.attack.variants ?? []).map((variant) => variantRow(attack, variant)),
  );
  if (rows.length === 0) return undefined;
  const headings = ["Variant", ...HEADINGS.slice(1), "Found at 0.1\u00A0% false alarms", "Note"];
  const columns = headings.map((heading, i) => ({ heading, figures: i > 0 && heading !== "Note" }));
  return html`<details><summary>Every variant of the attacks</summary>${dataTable("Variants of the attacks", columns, rows)}</details>`;
}

function variantRow({ name, format }: NamedAttack, variant: Variant): HtmlValue[] {
  return [
    html`${name}<span class="range">${nameHtml(variant.name)}</span>`,
    cell(variant.risk, formatPercent),
    html`${cell(variant.attack, format)}${certain(variant.truePositives === undefined ? {} : variant)}`,
    cell(variant.control, format),
    cell(variant.baseline, format),
    cell(variant.truePositives?.at01Percent, formatPercent),
    variant.risk.value === undefined ? "" : (variant.risk.reason ?? ""),
  ];
}
