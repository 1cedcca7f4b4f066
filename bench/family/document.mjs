import { PRESET_DESCRIPTIONS } from "../../dist/index.js";
import { markdownTable } from "../common/documents.mjs";
import { mean, spread } from "../common/statistics.mjs";
import { MODES, STEPS, SYSTEMS, TABLES } from "./plan.mjs";
import { LEFT_OUT, SYSTEM_WORDS } from "./words.mjs";

/** docs/gan-family.md for what has been measured so far. */
export function familyDocument({ ceilings, runs }) {
  const all = Object.values(runs);
  const parts = [
    "# The GAN family on tables",
    introduction(all),
    "## The systems",
    systems(),
    "## The same steps",
    `${STEPS} generator steps of 500 rows each (\`dcgan\`: 128), one thread, whatever a step costs; the best of 20 looks is kept, and patience may end a run before. A short budget: it shows what is learned quickly.`,
    ...TABLES.flatMap((table) => qualityTable(all, ceilings, table, "steps")),
    ...sameTime(all, ceilings),
    "## Eight Gaussians on a ring, 25 on a grid",
    MODES_TEXT,
    modesTable(all),
    "## What the classics reach, and why the default is ahead",
    ...conclusions(all, ceilings),
    "## What stays out",
    LEFT_OUT.map((item) => `- ${item}`).join("\n"),
  ];
  return `${parts.filter((part) => part !== "").join("\n\n")}\n`;
}

function sameTime(all, ceilings) {
  if (all.every(({ budget }) => budget !== "time")) return [];
  return [
    "## The same time",
    "As many steps as the default's processor seconds in the table above buy: dear steps are fewer, cheap ones more.",
    ...TABLES.flatMap((table) => qualityTable(all, ceilings, table, "time")),
  ];
}

function introduction(all) {
  if (all.length === 0) return "Nothing has been measured yet: `npm run bench:family`.";
  const machines = new Set(all.map(({ machine }) => `${machine.processor}, Node ${machine.node.slice(1)}`));
  const dates = all.map(({ machine }) => machine.date).sort();
  const loads = all.map(({ machine }) => machine.load);
  const commits = new Set(all.map(({ commit }) => commit));
  return [
    "Written by `npm run bench:family`; every run stands in bench/family/results.json with its commit, machine and load.",
    `${all.length} runs, ${dates[0] === dates.at(-1) ? dates[0] : `${dates[0]} to ${dates.at(-1)}`}, one or two at a time, each on one thread of ${[...machines].join("; ")}, load ${Math.min(...loads)} to ${Math.max(...loads)}; commits ${[...commits].join(", ")}.`,
    "",
    "Every system is a preset of `synth fit` with the settings that its paper gives where they mean something on a table. Learning rates",
    "of `vanilla`, `conditional`, `wgan`, `dcgan` and `stylegan` were chosen in short runs on rows of adult, two to eight settings each, and",
    "not equally many; nothing was tried on bank or players. The default's settings come from long runs on adult.",
    "",
    "Mean ± standard deviation over the seeds, where there are several. Errors are 100 % minus",
    "the score of docs/report.md; *held-out rows* is what as many real rows reach. C2ST: AUC of a booster, synthetic against",
    "held-out rows, .5 = cannot be told apart. Utility: AUC on held-out rows of a booster trained on synthetic rows. DCR share:",
    ".5 = no memorising. CPU s: processor seconds of the whole `synth fit`, reading and encoding included.",
  ].join("\n");
}

function systems() {
  return SYSTEMS.filter(({ name }) => SYSTEM_WORDS[name] !== undefined)
    .map(({ name }) => {
      const sources = PRESET_DESCRIPTIONS[name].sources.map(
        ({ authors, year, arxiv }) => `[${authors} ${year}](https://arxiv.org/abs/${arxiv})`,
      );
      const [was, here] = SYSTEM_WORDS[name];
      return `- **\`${name}\`** (${sources.join("; ")}). ${was} Here: ${here}`;
    })
    .join("\n");
}

const COLUMNS = ["system", "runs", "shape error %", "trend error %", "C2ST", "utility", "DCR share", "steps", "CPU s"];

function qualityTable(all, ceilings, table, budget) {
  const measured = all.filter((run) => run.table === table && isShown(run, budget, all));
  if (measured.length === 0) return [];
  const real = ceilings[table];
  const ceiling = real && [
    ...["*held-out rows*", "", percent(real.shape), percent(real.trend), fixed(real.c2st)],
    ...[real.utility == null ? "-" : fixed(real.utility), ".5", "", ""],
  ];
  const rows = SYSTEMS.flatMap(({ name }) => systemRow(measured, name));
  return [`### ${table}`, markdownTable(COLUMNS, [...(ceiling ? [ceiling] : []), ...rows])];
}

/** In the table of the same time the default stands with the runs that said what that time is. */
function isShown(run, budget, all) {
  if (run.budget === budget) return true;
  return run.system === "balanced" && budget === "time" && all.some((other) => other.budget === "time");
}

function systemRow(measured, system) {
  const runs = measured.filter((run) => run.system === system);
  if (runs.length === 0) return [];
  const done = runs.filter(({ scores }) => scores !== undefined);
  const failed = runs.filter((run) => run.failed !== undefined);
  const count = failed.length === 0 ? String(runs.length) : `${runs.length}, ${failed.length} diverged`;
  if (done.length === 0) return [[`\`${system}\``, count, ...COLUMNS.slice(2).map(() => "-")]];
  const of = (pick) => done.map(pick);
  return [
    [
      ...[`\`${system}\``, count],
      ...[percents(of(({ scores }) => scores.shape.value)), percents(of(({ scores }) => scores.trend.value))],
      ...[figures(of(({ scores }) => scores.c2st.value)), figures(of(({ scores }) => scores.utility?.value))],
      figures(of(({ scores }) => scores.dcrShare.value)),
      ...[whole(of(({ steps }) => steps)), whole(of(({ fit }) => fit.cpuSeconds))],
    ],
  ];
}

const MODES_TEXT = [
  "The cases on which modes are known to be lost (Srivastava et al. 2017, [arXiv:1705.07761](https://arxiv.org/abs/1705.07761);",
  "Lin et al. 2018, PacGAN, [arXiv:1712.04086](https://arxiv.org/abs/1712.04086)): eight Gaussians on a circle of radius 1,",
  `deviation .01, and 25 at -4, -2 .. 4, deviation .05. 20,000 rows, ${STEPS} generator steps. Modes: those with a row within three`,
  "deviations among 2,500 drawn ones; high quality: the share of 10,000 rows within three deviations of a mode (real rows: 98.9 %).",
  "A system here draws levels, 64 bins a number and a place within the bin, not the bare coordinates that those papers' networks put out:",
  "columns that are right one by one and know nothing of each other meet every mode already, so that the high-quality share tells more",
  "than the modes do (after so few steps the classics are hardly beyond that), and the grid, whose columns are independent of each other, asks for right columns only. Figures are for comparing these systems with each other. The published figures are not repeated here, as their text could",
  "not be checked when this was written; they stand in the tables of the two papers.",
].join("\n");

function modesTable(all) {
  const rows = SYSTEMS.flatMap(({ name }) => {
    const of = (table) => all.filter((run) => run.system === name && run.table === table && run.scores !== undefined);
    if (MODES.every((table) => of(table).length === 0)) return [];
    const cells = MODES.flatMap((table) => [
      spreadOf(
        of(table).map(({ scores }) => scores.modes),
        (value) => value.toFixed(1),
      ),
      spreadOf(
        of(table).map(({ scores }) => 100 * scores.highQuality),
        (value) => value.toFixed(1),
      ),
    ]);
    return [[`\`${name}\``, String(Math.max(...MODES.map((table) => of(table).length))), ...cells]];
  });
  const header = ["system", "runs", "ring: modes of 8", "high quality %", "grid: modes of 25", "high quality %"];
  return rows.length === 0 ? "" : markdownTable(header, [...referenceRows(all), ...rows]);
}

/** What real rows have, and rows whose columns know nothing of each other. */
function referenceRows(all) {
  const found = MODES.map((table) => all.find((run) => run.table === table && run.scores !== undefined)?.scores);
  return [
    ["*fresh real rows*", "ceiling"],
    ["*right columns, drawn independently*", "independent"],
  ].map(([name, of]) => [
    ...[name, ""],
    ...found.flatMap((scores) =>
      scores === undefined ? ["-", "-"] : [String(scores[of].modes), (100 * scores[of].highQuality).toFixed(1)],
    ),
  ]);
}

/** What the tables say, in sentences whose figures are computed from them. */
function conclusions(all, ceilings) {
  const lines = TABLES.flatMap((table) => {
    const errorOf = (system, budget) =>
      mean(
        all
          .filter((run) => run.table === table && run.system === system && run.budget === budget && run.scores)
          .map(({ scores }) => scores.trend.value),
      );
    const own = errorOf("balanced", "steps");
    const others = (budget) =>
      Object.keys(SYSTEM_WORDS)
        .filter((name) => name !== "balanced")
        .map((name) => ({ name, error: errorOf(name, budget) }))
        .filter(({ error }) => !Number.isNaN(error))
        .sort((a, b) => a.error - b.error);
    const [same, time] = [others("steps"), others("time")];
    if (Number.isNaN(own) || same.length === 0) return [];
    const best = ({ name, error }) =>
      `\`${name}\` ${percent(error)} %, ${(error / own).toFixed(1)} times the default's`;
    const timed = time.length === 0 ? "" : `; in the same time ${best(time[0])}`;
    const real = ceilings[table] === undefined ? "" : ` (held-out rows ${percent(ceilings[table].trend)} %)`;
    return [
      `- ${table}: trend error of the default ${percent(own)} %${real}; next, at the same steps, ${best(same[0])}; last \`${same.at(-1).name}\` ${percent(same.at(-1).error)} %${timed}.`,
    ];
  });
  return lines.length === 0 ? [] : [lines.join("\n"), WHY];
}

const WHY = [
  "Why. The classics put a whole row out in one pass and learn only from a critic: whatever the critic has not yet found wrong is",
  "not corrected, a step of theirs moves against a target that moves too, and a mistake in one column cannot be seen by the next.",
  "The default's first phase has no opponent. It learns each column given any others by likelihood, a loss that tells of every",
  "level of every column in each step and that early stop can watch; drawn one column a round, later columns answer to earlier ones.",
  "What a critic is good for, many columns in one pass, is what it is kept for (*2 rounds*). The price of the default is the",
  "sampling: a pass for each column, where a classic needs one.",
].join("\n");

function percents(values) {
  return spreadOf(
    values.map((value) => 100 * value),
    (value) => value.toFixed(2),
  );
}

function figures(values) {
  return values.some((value) => value == null) ? "-" : spreadOf(values, fixed);
}

function whole(values) {
  return mean(values).toFixed(0);
}

function spreadOf(values, format) {
  if (values.length === 0) return "-";
  const deviation = spread(values);
  return deviation === undefined ? format(mean(values)) : `${format(mean(values))} ± ${format(deviation)}`;
}

function percent(value) {
  return (100 * value).toFixed(2);
}

function fixed(value) {
  return value.toFixed(3).replace(/^0\./, ".");
}
