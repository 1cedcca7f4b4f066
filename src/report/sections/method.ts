import type { Report } from "../../evaluate/report-schema.js";
import { formatCount, keepPercent } from "../format.js";
import { type Html, html } from "../html.js";
import { type CeilingSource, ceilingSource } from "./fidelity-figures.js";
import { section } from "./section.js";
import { dataTable } from "./table.js";

/** What was done to compute the figures, and the command that computes them again. */
export function methodSection(report: Report): Html {
  const privacy = Object.entries(report.privacy.method ?? {}).map(([key, value]) => [`privacy.${key}`, value] as const);
  const entries = [...Object.entries(report.method), ...privacy].toSorted(([a], [b]) => (a < b ? -1 : 1));
  const rows = entries.map(([key, value]) => [html`<code>${key}</code>`, String(value)]);
  const columns = [
    { heading: "Setting", figures: false },
    { heading: "Value", figures: false },
  ];
  const lead = "How these figures came about. The same tables and the same seed give the same figures.";
  return section("method", "Method", lead, [
    html`<ul class="method">${methodSentences(report).map((sentence) => html`<li>${keepPercent(sentence)}</li>`)}</ul>`,
    rows.length > 0 &&
      html`<details open><summary>Settings of the audit</summary>${dataTable("Settings of the audit", columns, rows)}</details>`,
    html`<h3>Reproduce it</h3><pre tabindex="0"><code>${reproduceCommand(report)}</code></pre><p class="fine">This page is drawn from <code>report.json</code>, which holds every figure. It loads nothing from elsewhere and works without JavaScript.</p>`,
  ]);
}

/** What was compared with what, where ceilings come from, what was drawn at random. */
function methodSentences(report: Report): string[] {
  const { train, synthetic, holdout, columns, omitted } = report.tables;
  const { seed } = report.method;
  return [
    `${formatCount(synthetic.rows)} synthetic rows were compared with ${formatCount(train.rows)} training rows in ${formatCount(columns)} columns${omitted.length === 0 ? "" : `; ${formatCount(omitted.length)} columns were left out`}.`,
    ceilingSentence(ceilingSource(report), holdout?.rows),
    "Classifiers are cross-validated, and utility is tested on real rows that no model has learned from.",
    `Scores, distances and shares use all rows where that can be afforded; where it cannot, a sample drawn at random, whose size stands below.${typeof seed === "number" ? ` Everything drawn at random follows from seed ${seed}.` : ""}`,
    "No value of a single row is shown: outermost values are blurred, and no category or group that fewer than five training rows have is named.",
  ];
}

function ceilingSentence(source: CeilingSource, heldOut: number | undefined): string {
  switch (source) {
    case "holdout":
      return `Ceilings are the same scores of ${formatCount(heldOut ?? 0)} held-out real rows, which the generator never saw.`;
    case "split":
      return "Ceilings are estimates: the same scores of one random half of the training table against the other. They say what chance does, but not what copying does.";
    case "none":
      return "There are no ceilings: no real rows were held out, and the training table is too small to be split.";
    default:
      return source satisfies never;
  }
}

/** The command line that audits the same tables again; file names stand for the reader's own. */
export function reproduceCommand(report: Report): string {
  const holdout = report.tables.holdout === undefined ? "" : " --holdout holdout.csv";
  const seed = typeof report.method.seed === "number" ? ` --seed ${report.method.seed}` : "";
  const target = report.utility.target === undefined ? "" : ` --target ${shellWord(report.utility.target)}`;
  const every = report.utility.everyColumn === undefined ? "" : " --every-target";
  const compat = String(report.method.pairs).startsWith("as SDMetrics") ? " --compat sdmetrics" : "";
  return `synth report --train train.csv --synthetic synthetic.csv${holdout}${target}${every}${compat}${seed} -o report`;
}

/** Quoted for a POSIX shell, so that a column's name cannot become a command when it is pasted. */
function shellWord(text: string): string {
  return /^[\w.-]+$/.test(text) && !text.startsWith("-") ? text : `'${text.replace(/'/g, "'\\''")}'`;
}
