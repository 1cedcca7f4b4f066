import type { Report } from "../../evaluate/report-schema.js";
import { type Html, html } from "../html.js";
import { attacksPanel } from "./privacy-attacks.js";
import { distancePanel, matchesPanel, ratioPanel, sharePanel } from "./privacy-distances.js";
import { section } from "./section.js";

/** Nearest-neighbour distances, identical matches, membership inference and the three attacks of the GDPR's Working Party. */
export function privacySection(report: Report): Html {
  const lead =
    "Does the synthetic table give away its training rows? Every figure is read against other real rows, which the model never saw.";
  const panels = (first: Html, second: Html) =>
    html`<div class="pair"><div class="panel">${first}</div><div class="panel">${second}</div></div>`;
  return section("privacy", "Privacy", lead, [
    panels(sharePanel(report), matchesPanel(report)),
    panels(distancePanel(report), ratioPanel(report)),
    html`<div class="panel">${attacksPanel(report)}</div>`,
    html`<p class="caveat"><b>What this cannot say.</b> These are attacks that were tried, not a guarantee against those that were not. Only differential privacy bounds what any attack can learn.</p>`,
  ]);
}
