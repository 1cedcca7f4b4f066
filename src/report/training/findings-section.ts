import { formatMeasure } from "../charts/upright-axis.js";
import { formatCount, keepPercent } from "../format.js";
import { type Html, html } from "../html.js";
import { levelIcon } from "../icons.js";
import { section } from "../sections/section.js";
import type { FoundFailure, TrainingRecord } from "./training-record.js";
import { FAILURE_MEANINGS, failureName, phaseName } from "./training-words.js";

/** What was found while training, in order: what shows it and what was done about it. */
export function findingsSection({ findings = [] }: TrainingRecord): Html {
  const lead =
    "What the diagnostics saw while the model was trained, against which threshold, and what was done about it.";
  const list =
    findings.length === 0
      ? html`<p class="empty">Nothing was found.</p>`
      : html`<ol class="found">${findings.map(foundItem)}</ol>`;
  const meanings = FAILURE_MEANINGS.map(
    ([failure, meaning]) => html`<div><dt>${failureName(failure)}</dt><dd>${meaning}</dd></div>`,
  );
  return section(
    "findings",
    "Findings",
    lead,
    html`${list}<details><summary>What is looked for</summary><dl class="glossary">${meanings}</dl></details>`,
  );
}

function foundItem({ failure, phase, step, message, evidence, answer }: FoundFailure): Html {
  const figures = Object.entries(evidence).map(([name, value]) => `${name} ${formatMeasure(value, "number")}`);
  return html`<li class="card caution"><h3>${levelIcon("caution")}${failureName(failure)}</h3><p class="fine">${phaseName(phase)}, step ${formatCount(step)}</p><p>${keepPercent(message)}</p><p><b>Answer:</b> ${keepPercent(answer)}</p>${figures.length > 0 && html`<p class="fine">Evidence: ${figures.join(", ")}</p>`}</li>`;
}
