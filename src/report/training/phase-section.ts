import { type LineMark, type LineSeries, lineChart, lineLegend } from "../charts/line-chart.js";
import { formatCount } from "../format.js";
import { type Html, html } from "../html.js";
import { section } from "../sections/section.js";
import { LAYER_GRADIENTS, TRAINING_CHARTS, type TrainingChart } from "./training-charts.js";
import { keptStep, type TrainingEntry, type TrainingRecord } from "./training-record.js";
import { describeEnding, failureName, phaseName } from "./training-words.js";

/** Layers whose gradients are drawn, at most: the first, the last, and some between. */
const SHOWN_LAYERS = 6;

/** The curves of one phase, each with what a healthy one looks like; marks at the kept step and at findings. */
export function phaseSection(record: TrainingRecord, phase: string): Html {
  const entries = record.entries.filter((entry) => entry.phase === phase);
  const end = record.ends?.findLast((one) => one.phase === phase);
  const lead = end === undefined ? `${formatCount(entries.length)} looks were recorded.` : describeEnding(end);
  const marks = marksOf(record, phase);
  const charts = [...TRAINING_CHARTS, ...layerCharts(entries)].flatMap((chart) => {
    const measured = chart.lines.filter(({ measure }) => entries.some((entry) => typeof entry[measure] === "number"));
    return measured.length === 0 ? [] : [chartPanel({ ...chart, lines: measured }, entries, marks)];
  });
  return section(
    `phase-${phase.replace(/[^a-z0-9]+/gi, "-")}`,
    phaseName(phase),
    lead,
    html`${marks.length > 0 && markLegend(marks)}<div class="cards curves">${charts}</div>`,
  );
}

function chartPanel(chart: TrainingChart, entries: readonly TrainingEntry[], marks: readonly LineMark[]): Html {
  const series: LineSeries[] = chart.lines.map(({ measure, name, isReference = false }, mark) => ({
    name,
    mark,
    isReference,
    points: entries.flatMap((entry) => {
      const value = entry[measure];
      return typeof value === "number" ? [{ at: entry.step, value }] : [];
    }),
  }));
  const steps = entries.map(({ step }) => step);
  const { unit, scale, include } = chart;
  const drawing = lineChart(`${chart.name}, by training step`, {
    series,
    unit,
    axisName: "step",
    domain: [Math.min(...steps), Math.max(...steps)],
    marks,
    ...(scale && { scale }),
    ...(include && { include }),
  });
  return html`<article class="card curve-card"><h3>${chart.name}</h3>${lineLegend(series)}${drawing}<p class="fine">${chart.healthy}</p></article>`;
}

/** A chart a player whose gradients were recorded by layer. */
function layerCharts(entries: readonly TrainingEntry[]): TrainingChart[] {
  const names = [...new Set(entries.flatMap((entry) => Object.keys(entry)))];
  return LAYER_GRADIENTS.map(({ prefix, name }) => {
    const layers = names.filter((one) => one.startsWith(prefix));
    const shown = spread(layers, SHOWN_LAYERS);
    const few = shown.length < layers.length ? ` ${shown.length} of ${layers.length} weights are drawn.` : "";
    return {
      name,
      healthy: `Healthy: the lines lie within some decades of each other; one that sinks away from the others has stopped learning.${few}`,
      unit: "number",
      scale: "logarithmic",
      lines: shown.map((measure) => ({ measure, name: measure.slice(prefix.length) })),
    };
  });
}

/** So many of a list, evenly, its ends among them. */
function spread<T>(list: readonly T[], count: number): T[] {
  if (list.length <= count) return [...list];
  return Array.from({ length: count }, (_, i) => list[Math.round((i * (list.length - 1)) / (count - 1))]!);
}

function marksOf(record: TrainingRecord, phase: string): LineMark[] {
  const kept = keptStep(record, phase);
  const found = (record.findings ?? []).flatMap((finding, at): LineMark[] =>
    finding.phase !== phase
      ? []
      : [
          {
            at: finding.step,
            label: String(at + 1),
            title: `finding ${at + 1}, step ${formatCount(finding.step)}: ${failureName(finding.failure)}`,
            kind: "finding",
          },
        ],
  );
  if (kept === undefined) return found;
  const title = `step ${formatCount(kept)}, whose weights were kept`;
  return [...found, { at: kept, label: "kept", title, kind: "kept" }];
}

function markLegend(marks: readonly LineMark[]): Html {
  const hasFindings = marks.some(({ kind }) => kind === "finding");
  const hasKept = marks.some(({ kind }) => kind === "kept");
  return html`<p class="fine">${hasKept && "The upright line “kept” stands at the step whose weights the model has. "}${hasFindings && html`Numbered lines stand at what was found: see <a href="#findings">Findings</a>.`}</p>`;
}
