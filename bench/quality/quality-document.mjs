import { markdownTable } from "../common/documents.mjs";
import { mean, spread } from "../common/statistics.mjs";

const HEADER = ["table", "rows made by", "runs", "shape %", "trend %", "C2ST train / holdout", "utility", "DCR share"];
const COSTS = ["fit s", "fit MB", "rows/s"];

/** docs/quality.md for finished runs. */
export function qualityDocument(runs) {
  const samples = runs.flatMap((run) => run.samples.map((sample) => ({ run, rounds: sample.rounds, sample })));
  const tables = [...groupBy(samples, ({ run }) => run.table)];
  return `${[
    "# Quality",
    introduction(runs),
    markdownTable([...HEADER, ...COSTS], tables.flatMap(tableRows)),
    ...notes(runs),
    ...relations(samples),
  ].join("\n\n")}\n`;
}

function introduction(runs) {
  const machines = [...groupBy(runs, ({ machine }) => `${machine.processor}, ${machine.threads} threads`).keys()];
  const dates = runs.map(({ machine }) => machine.date).sort();
  const loads = runs.map(({ machine }) => machine.load);
  const span = dates[0] === dates.at(-1) ? dates[0] : `${dates[0]} to ${dates.at(-1)}`;
  return [
    "Written by `npm run bench:quality`; every run stands in bench/quality/results.json with its commit, machine and load.",
    `Measured ${span} on ${machines.join("; ")}; load before a run ${Math.min(...loads)} to ${Math.max(...loads)}.`,
    "",
    "Mean ± standard deviation over the runs (one a seed). Errors are 100 % minus the score; in brackets the error of as many",
    "rows as the held-out sample has: compare that with the line *held-out rows*, which is what real rows reach. C2ST: AUC of",
    "a booster, synthetic against training / held-out rows; .5 = cannot be told apart. Utility: AUC (R2 for numbers) on",
    "held-out rows of a model trained on synthetic rows. DCR share: .5 = no memorising. Seconds are of the whole command.",
  ].join("\n");
}

function tableRows([table, samples]) {
  const scores = samples.map(({ sample }) => sample.scores);
  const ceiling = (pick) => mean(scores.map(pick));
  const real = [
    ...[table, "held-out rows", ""],
    ...[percent(ceiling((s) => s.shape.ceiling)), percent(ceiling((s) => s.trend.ceiling))],
    ...[fixed(ceiling((s) => s.c2st.ceiling)), fixed(ceiling((s) => s.utility.ceiling)), ".5", "", "", ""],
  ];
  const groups = groupBy(samples, ({ run, rounds }) => madeBy(run, rounds));
  return [real, ...[...groups].map(([name, group]) => madeRow(table, name, group))];
}

function madeBy({ preset, settings }, rounds) {
  return [`\`${preset}\``, ...settings, ...(rounds === "max" ? [] : [`${rounds} rounds`])].join(", ");
}

function madeRow(table, name, samples) {
  const of = (pick) => samples.map(({ sample }) => pick(sample.scores));
  return [
    ...[table, name, String(samples.length)],
    `${percents(of((s) => s.shape.value))} (${percent(mean(of((s) => s.shape.matched)))})`,
    `${percents(of((s) => s.trend.value))} (${percent(mean(of((s) => s.trend.matched)))})`,
    `${figures(of((s) => s.c2st.train))} / ${figures(of((s) => s.c2st.holdout))}`,
    figures(of((s) => s.utility.value)),
    figures(of((s) => s.dcrShare.value)),
    mean(samples.map(({ run }) => run.fit.seconds)).toFixed(0),
    mean(samples.map(({ run }) => run.fit.peakMegabytes)).toFixed(0),
    mean(samples.map(({ sample }) => sample.rows / sample.seconds)).toFixed(0),
  ];
}

function notes(runs) {
  const noted = new Map(runs.filter(({ note }) => note !== undefined).map(({ table, note }) => [table, note]));
  return noted.size === 0 ? [] : [[...noted].map(([table, note]) => `- ${table}: ${note}.`).join("\n")];
}

/** The table of related amounts: what its columns' relations came to. */
function relations(samples) {
  const related = samples.filter(({ sample }) => sample.scores.relations !== undefined);
  if (related.length === 0) return [];
  const scores = related.map(({ sample }) => sample.scores);
  const ceiling = (pick) => mean(scores.map(pick));
  const real = [
    ...["held-out rows", fixed(ceiling((s) => s.detection.ceiling.forest))],
    ...[fixed(ceiling((s) => s.detection.ceiling.differences)), percent(ceiling((s) => s.pearson.ceiling))],
    ...relationCells(scores.map((s) => s.relations.holdout)),
    percent(ceiling((s) => s.uniqueValues.ceiling)),
  ];
  const groups = groupBy(related, ({ run, rounds }) => madeBy(run, rounds));
  const rows = [...groups].map(([name, group]) => {
    const of = (pick) => group.map(({ sample }) => pick(sample.scores));
    return [
      ...[name, figures(of((s) => s.detection.holdout.forest)), figures(of((s) => s.detection.holdout.differences))],
      percents(of((s) => s.pearson.value)),
      ...relationCells(of((s) => s.relations.synthetic)),
      percents(of((s) => s.uniqueValues.value)),
    ];
  });
  const header = ["rows made by", "C2ST, forest", "C2ST, booster with differences", "Pearson error %"];
  const more = ["equal %", "within 3 % of it %", "differences' KS %", "cells with a value unique in training %"];
  return ["## Related amounts", RELATIONS, markdownTable([...header, ...more], [real, ...rows])];
}

const RELATIONS = [
  "The table `amounts`: detection against held-out rows by a random forest, and by a booster that is also shown the",
  "differences of related columns; how often a payment equals last month's bill, or is within 3 % of it; the",
  "Kolmogorov-Smirnov distance of the differences of related columns.",
].join("\n");

function relationCells(scores) {
  return ["equal", "near", "difference"].map((name) => percents(scores.map((score) => score[name])));
}

function percents(values) {
  return figures(
    values.map((value) => (value === undefined ? undefined : 100 * value)),
    2,
  );
}

/** Mean ± standard deviation; a dash where a run has no such figure. */
function figures(values, digits = 3) {
  if (values.some((value) => value === undefined || Number.isNaN(value))) return "-";
  const deviation = spread(values);
  const shown = digits === 2 ? mean(values).toFixed(2) : fixed(mean(values));
  return deviation === undefined ? shown : `${shown} ± ${digits === 2 ? deviation.toFixed(2) : fixed(deviation)}`;
}

function percent(value) {
  return Number.isNaN(value) ? "-" : (100 * value).toFixed(2);
}

function fixed(value) {
  return Number.isNaN(value) ? "-" : value.toFixed(3).replace(/^0\./, ".");
}

function groupBy(items, keyOf) {
  const groups = new Map();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return groups;
}
