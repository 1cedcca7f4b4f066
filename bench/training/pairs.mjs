/**
 * One healthy and one sick training for each failure that diagnostics look for (docs/training.md), of seconds each. The settings
 * of the sick ones are those of tests/gan/diagnostics/planted.test.ts, but memorization, which no test trains.
 */
import { fileURLToPath } from "node:url";
import { makeRandom } from "../../dist/core/random.js";
import { makeTable, readTable } from "../../dist/index.js";
import { drawModes, MODE_TABLES } from "../tables/modes.mjs";

const SMALL = {
  "model.generatorWidths": [64, 64],
  "model.criticWidths": [64, 64],
  "model.latent": 16,
  "model.training.batchSize": 100,
  "model.training.minSteps": 400,
  "model.training.maxSteps": 400,
  "model.training.patience": 20,
  "model.auto": false,
};

const rates = (generator, critic) => ({
  "model.training.generatorLearningRate": generator,
  "model.training.criticLearningRate": critic,
});

const COMPLETION = {
  "model.completion.minSteps": 1200,
  "model.completion.maxSteps": 1200,
  "model.completion.patience": 20,
  "model.auto": false,
};

const RING_HEALTHY = {
  title: "ring, both rates .0002",
  preset: "vanilla",
  settings: { ...SMALL, ...rates(2e-4, 2e-4) },
  table: ring,
};
const RING_SICK = { ...RING_HEALTHY, title: "ring, both rates .3", settings: { ...SMALL, ...rates(0.3, 0.3) } };

/**
 * For each failure: the two trainings (`title`, `preset`, `settings`, `table`), and the lines that show it: `value` and
 * `threshold` of a look, given it, the looks before it and its training.
 */
export const PAIRS = [
  {
    failure: "mode-collapse",
    file: "collapse",
    phase: "gan",
    healthy: RING_HEALTHY,
    sick: RING_SICK,
    lines: [
      {
        name: "coverage, of what training rows cover",
        value: (look) => look.coverage / look.realCoverage,
        threshold: () => 0.6,
      },
      { name: "entropy, of real rows' entropy", value: (look) => look.entropyRatio, threshold: () => 0.9 },
    ],
    include: [0, 1],
  },
  {
    failure: "vanishing-gradients",
    file: "vanishing",
    phase: "gan",
    healthy: {
      title: "both rates .0002, one critic step",
      preset: "vanilla",
      settings: { ...SMALL, ...rates(2e-4, 2e-4) },
      table: () => categories(1500, 0.02),
    },
    sick: {
      title: "critic's rate .01, five critic steps",
      preset: "vanilla",
      settings: { ...SMALL, ...rates(2e-4, 1e-2), "model.training.criticSteps": 5 },
      table: () => categories(1500, 0.02),
    },
    lines: [
      { name: "critic's AUC, real or drawn", value: (look) => look.criticAuc, threshold: () => 0.99 },
      {
        name: "generator's gradient, of its longest",
        value: (look, before) => look.generatorGradientNorm / Math.max(...gradientsOf([...before, look])),
        threshold: () => 0.2,
      },
    ],
    include: [0, 1],
  },
  {
    failure: "non-convergence",
    file: "non-convergence",
    phase: "gan",
    healthy: RING_HEALTHY,
    sick: RING_SICK,
    lines: [
      {
        name: "shape + pair error",
        value: rowError,
        threshold: (look, before) => Math.min(...[...before, look].map(rowError)) + 0.2,
      },
    ],
    include: [0, 2],
  },
  {
    failure: "critic-overfitting",
    file: "critic-overfitting",
    phase: "gan",
    healthy: {
      title: "4,000 rows",
      preset: "vanilla",
      settings: { ...SMALL, "model.objective": "non-saturating", ...rates(1e-3, 1e-3) },
      table: () => categories(4000, 1),
    },
    sick: {
      title: "200 rows",
      preset: "vanilla",
      settings: { ...SMALL, "model.objective": "non-saturating", ...rates(1e-3, 1e-3) },
      table: () => categories(200, 1),
    },
    lines: [{ name: "critic's AUC, trained or new rows", value: (look) => look.criticMemory, threshold: () => 0.7 }],
    include: [0.4, 1],
  },
  {
    failure: "memorization",
    file: "memorization",
    phase: "completion",
    healthy: { title: "penguins, balanced", preset: "balanced", settings: COMPLETION, table: penguins },
    sick: {
      title: "no dropout, memorizingWeight 0",
      preset: "balanced",
      settings: { ...COMPLETION, "model.completion.dropout": 0, "model.completion.memorizingWeight": 0 },
      table: penguins,
    },
    lines: [
      {
        name: "training rows completed better, of the loss: weights kept so far",
        value: (look, before, training) => memorizedShare(keptLook([...before, look], training)),
        threshold: () => 0.1,
      },
      { name: "the same of the weights of each look", value: memorizedShare },
    ],
    include: [0, 0.2],
  },
];

function rowError({ shapeError, pairError }) {
  return shapeError + pairError;
}

function gradientsOf(looks) {
  return looks.map((look) => look.generatorGradientNorm).filter((norm) => norm !== undefined);
}

function memorizedShare({ memorized, validationLoss }) {
  return memorized / validationLoss;
}

/** The look whose weights early stop would keep; of as few rows the weight is that of the configuration. */
function keptLook(looks, { settings }) {
  const weight = settings["model.completion.memorizingWeight"] ?? 1;
  const score = ({ validationLoss, memorized }) => validationLoss + weight * memorized;
  return looks.reduce((best, look) => (score(look) < score(best) ? look : best));
}

function ring() {
  const rows = drawModes(MODE_TABLES.ring, 2000, makeRandom(3));
  return makeTable(
    ["x", "y"].map((name, axis) => ({
      kind: "number",
      name,
      missingText: "",
      values: Float64Array.from(rows, (row) => row[axis]),
      format: { decimals: 4 },
    })),
  );
}

/** Eight columns that follow one class of eight, but for a share of values at random. */
function categories(rowCount, shareAtRandom) {
  const random = makeRandom(5);
  const classes = Array.from({ length: rowCount }, () => random.integer(8));
  return makeTable(
    Array.from({ length: 8 }, (_, column) => ({
      kind: "text",
      name: `c${column}`,
      missingText: "",
      codes: Int32Array.from(classes, (own) =>
        shareAtRandom === 1 || random.uniform() < shareAtRandom
          ? random.integer(8)
          : (own * (2 * column + 1) + column) % 8,
      ),
      dictionary: Array.from({ length: 8 }, (__, level) => `v${level}`),
    })),
  );
}

function penguins() {
  return readTable(fileURLToPath(new URL("../../examples/penguins.csv", import.meta.url)));
}
