import type { Report } from "../../evaluate/report-schema.js";
import { figureName } from "../figure-names.js";
import { type FigureFormat, formatInterval, formatPercent, keepPercent } from "../format.js";
import { type Html, type HtmlValue, html, nameHtml } from "../html.js";
import { dataTable } from "./table.js";

type Rule = NonNullable<Report["release"]["rules"]>[number];
type Failure = Report["release"]["failures"][number];

/** The release policy, rule by rule; what fails with its columns, groups and what to try. Undefined in reports without rules. */
export function releaseRulesPanel({ release }: Report): Html | undefined {
  const { rules = [], failures, policy } = release;
  if (rules.length === 0) return undefined;
  const hasWhy = rules.some(({ why }) => why !== undefined);
  const headings = ["Figure", "Rule", "Found", "Held against it", "Outcome", ...(hasWhy ? ["Why this limit"] : [])];
  const columns = headings.map((heading, at) => ({ heading, figures: at > 0 && at < 4 }));
  const name = policy !== undefined && html` (<bdi>${policy}</bdi>)`;
  return html`<div class="panel" id="release-rules"><h3>The release policy, rule by rule${name}</h3><p>${tally(rules)} Where an interval’s lower end is held against the limit, only what is surely beyond it fails. That every rule holds is evidence, not a proof.</p>${failures.length > 0 && failureList(failures)}${dataTable(
    "Rules of the release policy",
    columns,
    rules.toSorted(byOutcome).map((rule) => ruleRow(rule, hasWhy)),
  )}</div>`;
}

const ORDER = { fails: 0, "not computed": 1, holds: 2 } as const satisfies Record<Rule["outcome"], number>;

function byOutcome(a: Rule, b: Rule): number {
  return ORDER[a.outcome] - ORDER[b.outcome];
}

function tally(rules: readonly Rule[]): string {
  const count = (outcome: Rule["outcome"]) => rules.filter((rule) => rule.outcome === outcome).length;
  const open = count("not computed") === 0 ? "" : `, ${count("not computed")} could not be computed`;
  return `${rules.length} rules: ${count("holds")} kept, ${count("fails")} broken${open}.`;
}

function failureList(failures: readonly Failure[]): Html {
  const items = failures.map(({ code, message, columns = [], groups = [], advice }) => {
    const places = [
      ...columns.map((column) => html`column <b>${nameHtml(column)}</b>`),
      ...groups.map((group) => html`<b>${nameHtml(group)}</b>`),
    ];
    const where =
      places.length > 0 && html`<p>Where: ${places.map((place, at) => (at === 0 ? place : html`, ${place}`))}.</p>`;
    return html`<li><p>${keepPercent(message)} <code>${code}</code></p>${where}${advice !== undefined && html`<p><b>What to try:</b> ${keepPercent(advice)}</p>`}</li>`;
  });
  return html`<ul class="failures">${items}</ul>`;
}

function ruleRow(rule: Rule, hasWhy: boolean): HtmlValue[] {
  const known = figureName(rule.figure);
  const format = known?.format ?? formatPercent;
  return [
    html`${known?.name ?? nameHtml(rule.figure)}${rule.place !== undefined && html`<small>nearest to failing: ${nameHtml(rule.place)}</small>`}<small><code>${rule.figure}</code></small>`,
    limitWords(rule, format),
    found(rule, format),
    endWords(rule, format),
    outcomeWords(rule),
    ...(hasWhy ? [html`<small>${keepPercent(rule.why ?? "")}</small>`] : []),
  ];
}

function limitWords({ atMost, atLeast }: Rule, format: FigureFormat): string {
  const parts = [
    atLeast === undefined ? undefined : `at least ${format(atLeast)}`,
    atMost === undefined ? undefined : `at most ${format(atMost)}`,
  ];
  return parts.filter((part) => part !== undefined).join(", ") || "must be known";
}

function found({ value, low, high }: Rule, format: FigureFormat): HtmlValue {
  if (value === undefined) return "—";
  const interval = formatInterval(
    { value, ...(low === undefined ? {} : { low }), ...(high === undefined ? {} : { high }) },
    format,
  );
  return html`${format(value)}${interval !== undefined && html`<span class="range">${interval}</span>`}`;
}

function endWords({ end, value, low, high }: Rule, format: FigureFormat): string {
  const held = { low: low ?? value, value, high: high ?? value }[end];
  if (held === undefined) return "—";
  switch (end) {
    case "low":
      return `lower end ${format(held)}`;
    case "value":
      return `value ${format(held)}`;
    case "high":
      return `upper end ${format(held)}`;
    default:
      return end satisfies never;
  }
}

function outcomeWords({ outcome, reason }: Rule): Html {
  const level = ({ holds: "good", fails: "bad", "not computed": "unknown" } as const)[outcome];
  const why = reason !== undefined && html`<small>${keepPercent(reason)}</small>`;
  return html`<span class="outcome ${level}">${outcome}</span>${why}`;
}
