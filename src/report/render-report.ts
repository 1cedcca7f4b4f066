import { createHash } from "node:crypto";
import type { Report } from "../evaluate/report-schema.js";
import { html, trustedHtml } from "./html.js";
import { SCRIPT } from "./script.js";
import { columnsSection } from "./sections/columns.js";
import { glossarySection } from "./sections/glossary.js";
import { header, navigation } from "./sections/header.js";
import { methodSection } from "./sections/method.js";
import { pairsSection } from "./sections/pairs.js";
import { privacySection } from "./sections/privacy.js";
import { summary } from "./sections/score-cards.js";
import { usefulnessSection } from "./sections/usefulness.js";
import { BASE_STYLE } from "./style/base.js";
import { CHARTS_STYLE } from "./style/charts.js";
import { PARTS_STYLE } from "./style/parts.js";

export interface ReportMeta {
  /** What the table is called, e.g. "birdstrikes"; default "Synthetic table". */
  readonly title?: string;
}

/**
 * The report as one page that needs nothing else: no script, font, style or image from elsewhere. Its content security policy
 * admits only this page's own script and style, by their hashes, so that nothing in the data can become either. The same
 * report gives the same text, byte for byte.
 */
export function renderReport(report: Report, meta: ReportMeta = {}): string {
  const title = meta.title ?? "Synthetic table";
  const style = BASE_STYLE + PARTS_STYLE + CHARTS_STYLE;
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${contentPolicy(style, SCRIPT)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<meta name="generator" content="synth">
<link rel="icon" href="${ICON}">
<title>${title} – synthetic data report</title>
<style>${trustedHtml(style)}</style>
</head>
<body>
${navigation()}
${header(report, title)}
<main>
${summary(report)}
${columnsSection(report)}
${pairsSection(report)}
${usefulnessSection(report)}
${privacySection(report)}
${methodSection(report)}
${glossarySection()}
</main>
<footer>Drawn by synth from report.json, version ${report.version}. One file; it loads nothing and sends nothing.</footer>
<script>${trustedHtml(SCRIPT)}</script>
</body>
</html>
`;
  return page.text;
}

/** Nothing may be loaded, run, framed or sent but this style and this script (and the icon, which stands in the page). */
function contentPolicy(style: string, script: string): string {
  const hash = (text: string) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
  return `default-src 'none'; style-src ${hash(style)}; script-src ${hash(script)}; img-src data:; base-uri 'none'; form-action 'none'`;
}

const ICON =
  "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E%3Crect width='16' height='16' rx='4' fill='%231d4fa8'/%3E%3Cpath d='M3.5 12V8h2.5v4zM7 12V4h2.5v8zM10.5 12V6H13v6z' fill='%23fff'/%3E%3C/svg%3E";
