import type { Report } from "../../evaluate/report-schema.js";
import { type Html, html } from "../html.js";
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
    rows.length === 0
      ? html`<p class="empty">No setting was recorded.</p>`
      : dataTable("Settings of the audit", columns, rows),
    html`<h3>Reproduce it</h3><pre tabindex="0"><code>${reproduceCommand(report)}</code></pre><p class="fine">This page is drawn from <code>report.json</code>, which holds every figure. It loads nothing from elsewhere and works without JavaScript.</p>`,
  ]);
}

/** The command line that audits the same tables again; file names stand for the reader's own. */
export function reproduceCommand(report: Report): string {
  const holdout = report.tables.holdout === undefined ? "" : " --holdout holdout.csv";
  const seed = typeof report.method.seed === "number" ? ` --seed ${report.method.seed}` : "";
  const target = report.utility.target === undefined ? "" : ` --target ${shellWord(report.utility.target)}`;
  return `synth report --train train.csv --synthetic synthetic.csv${holdout}${target}${seed} -o report`;
}

/** Quoted for a POSIX shell, so that a column's name cannot become a command when it is pasted. */
function shellWord(text: string): string {
  return /^[\w.-]+$/.test(text) && !text.startsWith("-") ? text : `'${text.replace(/'/g, "'\\''")}'`;
}
