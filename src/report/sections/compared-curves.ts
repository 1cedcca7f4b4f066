import type { TrainedPresets, TrainedRun } from "../../evaluate/contract/trained-presets-schema.js";
import { type LineSeries, lineChart, lineLegend } from "../charts/line-chart.js";
import { type Html, html, nameHtml } from "../html.js";
import { section } from "./section.js";

type Preset = TrainedPresets["presets"][number];
type Place = "step" | "seconds";

const AXES: Readonly<Record<Place, string>> = { step: "step", seconds: "seconds" };

/** How near drawn rows came to real ones while training, preset by preset on the same axes: by step, and by time. */
export function comparedCurves({ presets, seeds }: TrainedPresets): Html {
  const lead =
    "The error of pairs of columns in rows drawn while training, against rows set aside from training: 0 is as in the real table. All drawings have the same axes; the dashed line is what as many real rows have.";
  const runs = presets.flatMap((preset) => preset.runs);
  const measured = runs.flatMap(({ curve }) => curve).filter(({ pairError }) => pairError !== undefined);
  if (measured.length === 0) {
    return section("curves", "While training", lead, html`<p class="empty">No training drew rows on its way.</p>`);
  }
  const most = Math.max(...measured.flatMap(({ pairError, pairFloor }) => [pairError!, pairFloor ?? 0]));
  const legend = seeds.map((seed, at) => ({ name: `seed ${seed}`, mark: at }));
  const cards = presets.map((preset) => presetCard(preset, runs, most));
  return section("curves", "While training", lead, [
    lineLegend([...legend, { name: "real rows", mark: 0, isReference: true }]),
    html`<div class="cards curves">${cards}</div>`,
  ]);
}

function presetCard(preset: Preset, all: readonly TrainedRun[], most: number): Html {
  const places: Place[] = all.some(({ curve }) => curve.some(({ seconds }) => seconds !== undefined))
    ? ["step", "seconds"]
    : ["step"];
  const drawings = places.map((place) => {
    const far = Math.max(...all.flatMap(({ curve }) => curve.map((point) => point[place] ?? 0)));
    return lineChart(`${preset.name}: error of pairs by ${AXES[place]}`, {
      series: seriesOf(preset, place, far),
      axisName: AXES[place],
      unit: "share",
      include: [0, most],
      domain: [0, far],
    });
  });
  return html`<article class="card"><h3>${nameHtml(preset.name)}</h3>${drawings}</article>`;
}

function seriesOf({ runs }: Preset, place: Place, far: number): LineSeries[] {
  const lines = runs.map(({ seed, curve }, at): LineSeries => {
    const points = curve.flatMap((point) => {
      const where = point[place];
      return where === undefined || point.pairError === undefined ? [] : [{ at: where, value: point.pairError }];
    });
    return { name: `seed ${seed}`, mark: at, points };
  });
  const floor = runs.flatMap(({ curve }) => curve.flatMap(({ pairFloor }) => pairFloor ?? []))[0];
  if (floor === undefined) return lines;
  const ends = [0, far].map((at) => ({ at, value: floor }));
  return [...lines, { name: "real rows", mark: 0, isReference: true, points: ends }];
}
