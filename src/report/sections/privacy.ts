import type { Report } from "../../evaluate/report-schema.js";
import { type Html, html } from "../html.js";
import { privacyAnswersPart } from "./privacy-answers.js";
import { attacksPanel } from "./privacy-attacks.js";
import { certaintyPart } from "./privacy-certainty.js";
import { privacyChecksPanel } from "./privacy-checks.js";
import { riskyColumnsPanel } from "./privacy-columns.js";
import { disclosurePanel } from "./privacy-disclosure.js";
import { distancePanel, matchesPanel, ratioPanel, sharePanel } from "./privacy-distances.js";
import { groupsPanel } from "./privacy-groups.js";
import { releaseRulesPanel } from "./release-rules.js";
import { section } from "./section.js";

/**
 * Two questions with their answers first; how sure they are and what cannot be seen; then the evidence: attacks, columns,
 * groups, distances, copies, disclosure measures, the release policy's rules.
 */
export function privacySection(report: Report): Html {
  const lead =
    "Does the synthetic table give away the people it was made from? Two questions, and the evidence for each answer. Everything is read against real people whom the generator never saw.";
  const panels = (first: Html, second: Html) =>
    html`<div class="pair"><div class="panel">${first}</div><div class="panel">${second}</div></div>`;
  return section("privacy", "Privacy", lead, [
    privacyAnswersPart(report),
    certaintyPart(report),
    privacyChecksPanel(report),
    html`<div class="panel">${attacksPanel(report)}</div>`,
    riskyColumnsPanel(report),
    groupsPanel(report),
    panels(sharePanel(report), matchesPanel(report)),
    panels(distancePanel(report), ratioPanel(report)),
    disclosurePanel(report),
    releaseRulesPanel(report),
  ]);
}
