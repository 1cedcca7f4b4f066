import { formatCount } from "../format.js";
import { type Html, html, nameHtml } from "../html.js";
import { levelIcon } from "../icons.js";
import { renderPage } from "../page.js";
import { SCRIPT_BASICS } from "../script-basics.js";
import { navigation } from "../sections/header.js";
import { BASE_STYLE } from "../style/base.js";
import { CHARTS_STYLE } from "../style/charts.js";
import { EVIDENCE_STYLE } from "../style/evidence.js";
import { LINES_STYLE } from "../style/lines.js";
import { PARTS_STYLE } from "../style/parts.js";
import { TRAINING_STYLE } from "../style/training.js";
import { entriesSection } from "./entries-section.js";
import { findingsSection } from "./findings-section.js";
import { overlaysSection } from "./overlays-section.js";
import { phaseSection } from "./phase-section.js";
import { phasesOf, type TrainingRecord } from "./training-record.js";
import { describeEnding, judgeTraining, phaseName } from "./training-words.js";

/** Whose training a page shows. */
export interface TrainingMeta {
  /** What the model is called, e.g. "birdstrikes". */
  readonly title: string;
  readonly preset: string;
  /** Rows that the model was fitted on. */
  readonly rows: number;
  readonly seed: number;
  /** Was it trained under differential privacy: on rows drawn from noisy counts of real ones? */
  readonly isPrivate?: boolean;
}

/**
 * How a model was trained as one page that needs nothing else: how it ended, what was found, curves, drawn rows through time.
 * Nothing in it is about a single training row. The same log gives the same text, byte for byte.
 */
export function renderTraining(record: TrainingRecord, meta: TrainingMeta): string {
  const phases = phasesOf(record);
  const overlays = overlaysSection(record);
  const links = [
    { id: "findings", name: "Findings" },
    ...phases.map((phase) => ({ id: `phase-${phase.replace(/[^a-z0-9]+/gi, "-")}`, name: phaseName(phase) })),
    ...(overlays === undefined ? [] : [{ id: "overlays", name: "Drawn rows" }]),
    { id: "entries", name: "All figures" },
  ];
  const body = html`${navigation(links)}
${header(record, meta)}
<main>
${findingsSection(record)}
${phases.map((phase) => phaseSection(record, phase))}
${overlays}
${entriesSection(record)}
</main>
<footer>Drawn by synth from the training log in model.synth. One file; it loads nothing and sends nothing.</footer>`;
  return renderPage({
    title: `${meta.title} – how the model was trained`,
    style: BASE_STYLE + PARTS_STYLE + CHARTS_STYLE + EVIDENCE_STYLE + LINES_STYLE + TRAINING_STYLE,
    script: `"use strict";\n(() => {\n${SCRIPT_BASICS}})();\n`,
    body,
  });
}

const PRIVATE_ROWS =
  "Trained under differential privacy: training, validation and “real” rows on this page are rows drawn from noisy counts. No real row was looked at for it.";

function header(record: TrainingRecord, { title, preset, rows, seed, isPrivate }: TrainingMeta): Html {
  const steps = phasesOf(record).reduce((sum, phase) => sum + lastStep(record, phase), 0);
  const fact = (name: string, value: string) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`;
  return html`<header><p class="eyebrow">How the model was trained</p><h1>${nameHtml(title)}</h1><dl class="facts">${fact("Preset", preset)}${fact("Rows", formatCount(rows))}${fact("Steps", formatCount(steps))}${fact("Seed", String(seed))}</dl>${isPrivate === true && html`<p class="lead">${PRIVATE_ROWS}</p>`}${verdict(record)}</header>`;
}

function verdict(record: TrainingRecord): Html {
  const { level, words } = judgeTraining(record);
  const endings = (record.ends ?? []).map((end) => html`<li>${describeEnding(end)}</li>`);
  const notes = record.notes.map((note) => html`<li>${note}</li>`);
  return html`<section class="verdict ${level}" aria-labelledby="verdict"><div class="badge">${levelIcon(level)}</div><div><h2 id="verdict">${words}</h2>${endings.length > 0 && html`<ul>${endings}</ul>`}${notes.length > 0 && html`<details${endings.length === 0 && html` open`}><summary>In the log's words</summary><ul>${notes}</ul></details>`}</div></section>`;
}

function lastStep({ entries, ends = [] }: TrainingRecord, phase: string): number {
  const end = ends.findLast((one) => one.phase === phase);
  return end?.steps ?? Math.max(0, ...entries.filter((entry) => entry.phase === phase).map(({ step }) => step));
}
