import type { Report } from "../evaluate/report-schema.js";
import { html } from "./html.js";
import { renderPage } from "./page.js";
import { SCRIPT } from "./script.js";
import { columnsSection } from "./sections/columns.js";
import { detectionSection } from "./sections/detection.js";
import { glossarySection } from "./sections/glossary.js";
import { GUARANTEE_LINK, guaranteeSection } from "./sections/guarantee.js";
import { header, navigation } from "./sections/header.js";
import { methodSection } from "./sections/method.js";
import { pairsSection } from "./sections/pairs.js";
import { privacySection } from "./sections/privacy.js";
import { summary } from "./sections/score-cards.js";
import { SECTIONS } from "./sections/section.js";
import { usefulnessSection } from "./sections/usefulness.js";
import { BASE_STYLE } from "./style/base.js";
import { CHARTS_STYLE } from "./style/charts.js";
import { EVIDENCE_STYLE } from "./style/evidence.js";
import { PARTS_STYLE } from "./style/parts.js";

export interface ReportMeta {
  /** What the table is called, e.g. "birdstrikes"; default "Synthetic table". */
  readonly title?: string;
}

/**
 * The report as one page that needs nothing else: no script, font, style or image from elsewhere. The same report gives
 * the same text, byte for byte.
 */
export function renderReport(report: Report, meta: ReportMeta = {}): string {
  const title = meta.title ?? "Synthetic table";
  const body = html`${navigation(report.guarantee === undefined ? SECTIONS : [GUARANTEE_LINK, ...SECTIONS])}
${header(report, title)}
<main>
${guaranteeSection(report)}${summary(report)}
${columnsSection(report)}
${pairsSection(report)}
${detectionSection(report)}
${usefulnessSection(report)}
${privacySection(report)}
${methodSection(report)}
${glossarySection()}
</main>
<footer>Drawn by synth from report.json, version ${report.version}. One file; it loads nothing and sends nothing.</footer>`;
  return renderPage({
    title: `${title} – synthetic data report`,
    style: BASE_STYLE + PARTS_STYLE + CHARTS_STYLE + EVIDENCE_STYLE,
    script: SCRIPT,
    body,
  });
}
