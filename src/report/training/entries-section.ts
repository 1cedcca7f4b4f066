import { formatMeasure } from "../charts/upright-axis.js";
import { formatCount } from "../format.js";
import { type Html, html } from "../html.js";
import { section } from "../sections/section.js";
import { figuresTable } from "../sections/table.js";
import { phasesOf, type TrainingEntry, type TrainingRecord } from "./training-record.js";
import { phaseName } from "./training-words.js";

/** Every entry of the log, a folded table a phase. */
export function entriesSection(record: TrainingRecord): Html {
  const tables = phasesOf(record).flatMap((phase) => {
    const entries = record.entries.filter((entry) => entry.phase === phase);
    return entries.length === 0 ? [] : [phaseTable(phase, entries)];
  });
  return section("entries", "All figures", "What was measured at every look, as the model file has it.", tables);
}

function phaseTable(phase: string, entries: readonly TrainingEntry[]): Html {
  const names = [...new Set(entries.flatMap((entry) => Object.keys(entry)))].filter(
    (name) => name !== "phase" && name !== "step",
  );
  const rows = entries.map((entry) => [formatCount(entry.step), ...names.map((name) => cellText(entry[name]))]);
  const caption = `${phaseName(phase)}: ${formatCount(entries.length)} looks`;
  return html`<details class="entries"><summary>${caption}</summary>${figuresTable(caption, ["step", ...names], rows)}</details>`;
}

function cellText(value: number | string | undefined): string {
  if (value === undefined) return "";
  if (typeof value === "string") return value;
  return Number.isFinite(value) ? formatMeasure(value, "number") : "not a number";
}
