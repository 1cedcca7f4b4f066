import type { Comparison } from "../../evaluate/contract/comparison-schema.js";
import type { TrainedPresets, TrainedRun } from "../../evaluate/contract/trained-presets-schema.js";
import { VERDICT_WORDS } from "../assess.js";
import { stripMark } from "../charts/dot-strip.js";
import { type Html, type HtmlValue, html, nameHtml } from "../html.js";
import { levelIcon } from "../icons.js";
import { type PresetFigure, presetCells, presetFigures } from "../preset-figures.js";
import { figureCell } from "./figure-table.js";
import { linkTo } from "./link-to.js";
import { section } from "./section.js";
import { dataTable } from "./table.js";

type Preset = TrainedPresets["presets"][number];

/** The presets, a row each: what they reach beside real rows, what they took, what failed, the way to their reports. */
export function comparedPresets(comparison: Comparison, training: TrainedPresets): Html {
  const figures = presetFigures(comparison);
  const headings = ["Preset", ...figures.map(({ heading }) => heading), "Steps", "Seconds", "Verdict, reports"];
  const columns = headings.map((heading, at) => ({ heading, figures: at > 0 && at < headings.length - 1 }));
  const real = [
    html`Held-out real rows`,
    ...figures.map(({ ceiling }) => (ceiling === "" ? "—" : ceiling.trim())),
    ...["", "", ""],
  ];
  const rows = training.presets.map((preset) => presetRow(comparison, preset, figures));
  return section("presets", "The presets", lead(training), [
    dataTable("What each preset reaches and takes", columns, [real, ...rows]),
    hasFewHeldOut(comparison) &&
      html`<p class="fine">There are fewer held-out rows than synthetic ones, and scores of fewer rows are lower by chance alone: a preset whose shapes or trends are above theirs is not better than real rows.</p>`,
    troubles(training),
  ]);
}

function hasFewHeldOut({ real, tables }: Comparison): boolean {
  return real.holdoutRows !== undefined && tables.some(({ rows }) => rows > real.holdoutRows!);
}

function lead({ budget, seeds, planned, presets }: TrainedPresets): Html {
  const bounds = [
    budget.steps === undefined ? undefined : `${budget.steps} steps a phase`,
    budget.minutes === undefined ? undefined : `${budget.minutes} minutes`,
  ].filter((bound) => bound !== undefined);
  const bound = bounds.length === 0 ? "each with its own budget" : `each with at most ${bounds.join(" and ")}`;
  const ended = presets.reduce((sum, { runs }) => sum + runs.length, 0);
  return html`Trained on the same rows, ${bound}; as many rows drawn as training has, audited against the same held-out rows. ${
    seeds.length === 1
      ? html`One seed: the intervals are the audit’s, another seed may differ by more.`
      : html`Means over ${seeds.length} seeds with their 95 % intervals, and ± the standard deviation over the seeds.`
  } ${ended < planned && html`<b>${ended} of ${planned} runs have ended.</b>`} A preset is marked as <b>clearly better</b> than another only where the intervals do not overlap.`;
}

function presetRow(comparison: Comparison, preset: Preset, figures: readonly PresetFigure[]): HtmlValue[] {
  const { name, table, runs } = preset;
  const [steps, seconds] = presetCells(preset);
  const cells = figures.map((figure) => (table === null ? "—" : cell(figure, table)));
  const [, processor] = presetCells({ ...preset, runs: runs.map((run) => ({ ...run, seconds: run.cpuSeconds })) });
  return [
    html`${table !== null && stripMark(table)}${nameHtml(name)}${failures(runs)}`,
    ...cells,
    steps === "-" ? "—" : steps,
    seconds === "-" ? "—" : html`${seconds}${processor !== "-" && html`<small>CPU ${processor}</small>`}`,
    html`${verdictOf(comparison, preset)}${reports(name, runs)}`,
  ];
}

function verdictOf({ tables }: Comparison, { table, runs }: Preset): HtmlValue {
  if (table !== null) {
    const { verdict } = tables[table]!;
    return html`<span class="level ${verdict}">${levelIcon(verdict)}${VERDICT_WORDS[verdict]}</span>`;
  }
  return runs.length === 0 ? "not trained yet" : html`<span class="level bad">${levelIcon("bad")}Failed</span>`;
}

function cell({ figure, format }: PresetFigure, table: number): HtmlValue {
  const spread = figure.spreads?.[table];
  const shown = html`${figureCell(figure.values[table]!, format)}${typeof spread === "number" && html`<small>± ${format(spread)}</small>`}`;
  if (!figure.best.includes(table)) return shown;
  return html`<span class="best">${levelIcon("good")}${shown}<span class="visually-hidden"> clearly better</span></span>`;
}

function failures(runs: readonly TrainedRun[]): HtmlValue {
  return runs
    .filter(({ outcome }) => outcome === "failed")
    .map(
      ({ seed, reason }) => html`<span class="why">seed ${seed} failed: ${reason ?? "no reason was recorded"}</span>`,
    );
}

function reports(name: string, runs: readonly TrainedRun[]): HtmlValue {
  const links = runs.flatMap(({ seed, folder }) =>
    folder === undefined
      ? []
      : [html`<a href="${linkTo(folder)}">seed ${seed}<span class="visually-hidden"> of ${name}</span></a> `],
  );
  return links;
}

/** What the diagnostics found while training, preset by preset. */
function troubles({ presets }: TrainedPresets): HtmlValue {
  const found = presets.flatMap(({ name, runs }) =>
    runs.flatMap(({ seed, findings }) =>
      findings.map(
        ({ step, phase, message, answer }) =>
          html`<li><b>${nameHtml(name)}</b>, seed ${seed}, ${phase}, step ${step}: ${message} <span class="why">${answer}</span></li>`,
      ),
    ),
  );
  const body =
    found.length === 0
      ? html`<p class="fine">The diagnostics found nothing wrong in any training.</p>`
      : html`<ul>${found}</ul>`;
  return html`<h3 class="after-table">What went wrong while training</h3>${body}`;
}
