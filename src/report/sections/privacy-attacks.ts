import type { Figure, Report } from "../../evaluate/report-schema.js";
import { ratePlot } from "../charts/rate-plot.js";
import { type RiskRow, riskPlot } from "../charts/risk-plot.js";
import { type FigureFormat, formatCount, formatInterval, formatPercent, formatPercentTick } from "../format.js";
import { type Html, type HtmlValue, html, nameHtml } from "../html.js";
import { listNames } from "../words.js";
import { attackList, type NamedAttack } from "./attack-list.js";
import { absentBriefly } from "./figure-table.js";
import { outcomeMark } from "./outcome-mark.js";
import { rateDots, rateLegend, withInterval } from "./rate-marks.js";
import { dataTable } from "./table.js";
import { wordsHtml } from "./words-html.js";

type Attack = NamedAttack["attack"];
type Variant = NonNullable<Attack["variants"]>[number];

/** Every attack: its rate beside the control's and a guess's on one axis, its risk on another, then both in figures. */
export function attacksPanel(report: Report): Html {
  const attacks = attackList(report);
  return html`<h3>Attacks</h3><p>Each attack is made on people who were in the data and, as a <b>control</b>, on people who were not; the <b>baseline</b> guesses blindly. What is right for both groups alike is knowledge about people in general, not about these. Only what the attack gains beyond the control is a leak: its <b>risk</b>, from 0\u00A0% (nothing) to 100\u00A0%.</p><div class="pair tight"><div><h4>How often each attack is right</h4>${rateLegend()}${drawRates(attacks)}</div><div><h4>Risk: what the attack gains beyond the control</h4>${riskLegend()}${drawRisks(attacks)}</div></div>${attackTable(attacks)}${doubts(attacks)}${variants(attacks)}`;
}

function riskLegend(): Html {
  return html`<ul class="legend"><li><svg viewBox="0 0 26 14" aria-hidden="true"><path class="interval" d="M4 7H22"/><circle class="dot" cx="13" cy="7" r="4.5"/></svg>risk with its 95\u00A0% interval</li><li><svg viewBox="0 0 26 14" aria-hidden="true"><path class="limit" d="M13 0V14"/></svg>limit: a leak where the whole interval is beyond</li></ul>`;
}

function drawRates(attacks: readonly NamedAttack[]): Html {
  const rows = attacks.map(({ name, attack, format }) => ({ name, rates: rateDots(attack, format) }));
  const words = rows.map(
    ({ name, rates }) => `${name}: ${rates.map((rate) => `${rate.name} ${rate.text}`).join(", ") || "unavailable"}`,
  );
  const ends = rows.flatMap(({ rates }) => rates.map(({ high, value }) => high ?? value ?? 0));
  return ratePlot(`How often each attack is right. ${words.join("; ")}`, rows, axisEnd(ends), formatPercentTick);
}

function drawRisks(attacks: readonly NamedAttack[]): Html {
  const rows = attacks.map(riskRow);
  const ends = rows.flatMap(({ high, value, limit }) => [high ?? value ?? 0, limit ?? 0]);
  const label = `Risk of ${rows.map((row) => `${row.name} ${row.text}`).join("; ")}`;
  return riskPlot(label, rows, axisEnd(ends), formatPercentTick);
}

/** A round end of an axis from 0 that holds all values: .2 at least. */
function axisEnd(values: readonly number[]): number {
  return Math.min(1, Math.max(0.2, Math.ceil(Math.max(...values) * 10 + 0.5) / 10));
}

function riskRow({ name, attack, outcome, limit }: NamedAttack): RiskRow {
  const { value, low, high } = attack.risk;
  const text =
    value === undefined
      ? `unavailable: ${attack.risk.reason ?? "no reason was recorded"}`
      : withInterval(attack.risk, formatPercent);
  return { name, value, low, high, text, alarming: outcome === "sign", limit };
}

const HEADINGS = ["Attack", "Risk", "On training rows", "Control (held-out)", "Baseline (guessing)", "n", "Outcome"];

function attackTable(attacks: readonly NamedAttack[]): Html {
  const rows = attacks.map(({ name, question, attack, format, outcome }) => [
    html`${name}<small>${question}</small>${worst(attack)}`,
    cell(attack.risk, formatPercent),
    html`${cell(attack.attack, format)}${certain(attack)}`,
    cell(attack.control, format),
    cell(attack.baseline, format),
    counted(attack.risk),
    outcomeMark(outcome),
  ]);
  return dataTable("Attacks", tableColumns(HEADINGS), rows);
}

function tableColumns(headings: readonly string[]) {
  return headings.map((heading, i) => ({ heading, figures: i > 0 && heading !== "Note" && heading !== "Outcome" }));
}

function worst({ worst: name, variants: all }: Attack): Html | undefined {
  if (name === undefined) return undefined;
  const count = all === undefined || all.length < 2 ? "" : `worst of ${all.length}: `;
  return html`<small>${count}${nameHtml(name)}</small>`;
}

function certain({ truePositives }: Pick<Attack, "truePositives">): Html | undefined {
  const found = truePositives?.at1Percent.value;
  if (found === undefined) return undefined;
  return html`<span class="range">${formatPercent(found)} found at 1\u00A0% false alarms</span>`;
}

/** A figure and its interval in a cell of a table of attacks, "—" where the report has none. */
function cell(figure: Figure | undefined, format: FigureFormat): HtmlValue {
  if (figure === undefined) return "—";
  if (figure.value === undefined) return absentBriefly(figure);
  const interval = formatInterval(figure, (value) => format(value).replace("AUC ", ""));
  return html`${format(figure.value)}${interval !== undefined && html` <span class="range">${interval}</span>`}`;
}

function counted({ n }: Figure): string {
  return n === undefined ? "—" : formatCount(n);
}

/** What an attack's figures are to be taken with: it ran less often than asked for, or no better than guessing. */
function doubts(attacks: readonly NamedAttack[]): Html | undefined {
  const notes = attacks.filter(({ attack }) => attack.risk.value !== undefined && attack.risk.reason !== undefined);
  if (notes.length === 0) return undefined;
  return html`<ul class="fine">${notes.map(({ name, attack }) => html`<li>${name}: ${attack.risk.reason}</li>`)}</ul>`;
}

/** Variants other than those of inference, which stand among the columns. */
function variants(attacks: readonly NamedAttack[]): Html | undefined {
  const rows = attacks
    .filter(({ name }) => name !== "Inference")
    .flatMap((attack) => (attack.attack.variants ?? []).map((variant) => variantRow(attack, variant)));
  if (rows.length === 0) return undefined;
  const headings = ["Variant", ...HEADINGS.slice(1, -1), "Found at 0.1\u00A0% false alarms", "Note"];
  return html`<details><summary>Every variant of the attacks (inference stands below, column by column)</summary>${dataTable("Variants of the attacks", tableColumns(headings), rows)}</details>`;
}

function variantRow({ name, format }: NamedAttack, variant: Variant): HtmlValue[] {
  return [
    html`${name}<small>${nameHtml(variant.name)}</small>${variant.known !== undefined && html`<small>known: ${wordsHtml(listNames(variant.known, 6))}</small>`}`,
    cell(variant.risk, formatPercent),
    html`${cell(variant.attack, format)}${certain(variant.truePositives === undefined ? {} : variant)}`,
    cell(variant.control, format),
    cell(variant.baseline, format),
    counted(variant.risk),
    cell(variant.truePositives?.at01Percent, formatPercent),
    variant.risk.value === undefined ? "" : (variant.risk.reason ?? ""),
  ];
}
