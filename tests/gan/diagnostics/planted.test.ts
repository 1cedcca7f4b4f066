import { describe, expect, it } from "vitest";
import { drawModes, MODE_TABLES, type ModeTable, scoreModes } from "../../../bench/tables/modes.mjs";
import { makeRandom } from "../../../src/core/random.js";
import type { EncodedTable } from "../../../src/encode/field.js";
import { makeSampleMeter } from "../../../src/gan/diagnostics/measure-sample.js";
import type { TrainingFailure, TrainingFinding } from "../../../src/gan/diagnostics/training-measures.js";
import { makeTrainingMonitor } from "../../../src/gan/diagnostics/training-monitor.js";
import type { TrainingLog } from "../../../src/gan/trained-generator.js";
import { type FitOptions, fit, makeTable, sample, type Table } from "../../../src/index.js";

type Setting = readonly [path: string, value: unknown];

/** Networks, batches and budget of a run of seconds, judged to its end. */
const SMALL: readonly Setting[] = [
  ["model.generatorWidths", [64, 64]],
  ["model.criticWidths", [64, 64]],
  ["model.latent", 16],
  ["model.training.batchSize", 100],
  ["model.training.minSteps", 400],
  ["model.training.maxSteps", 400],
  ["model.training.patience", 20],
];

function modesTable(table: ModeTable): Table {
  const rows = drawModes(table, 2000, makeRandom(3));
  const number = (name: string, values: Float64Array) =>
    ({ kind: "number", name, missingText: "", values, format: { decimals: 4 } }) as const;
  return makeTable([
    number(
      "x",
      Float64Array.from(rows, ([x]) => x),
    ),
    number(
      "y",
      Float64Array.from(rows, ([, y]) => y),
    ),
  ]);
}

/** Eight columns; `classes`: all follow one class of eight (with 2 % at random), else each is on its own. */
function categoryTable(rowCount: number, kind: "classes" | "independent"): Table {
  const random = makeRandom(5);
  const classes = Array.from({ length: rowCount }, () => random.integer(8));
  const dictionary = Array.from({ length: 8 }, (_, level) => `v${level}`);
  return makeTable(
    Array.from({ length: 8 }, (_, column) => {
      const codes = Int32Array.from(classes, (own) =>
        kind === "independent" || random.uniform() < 0.02 ? random.integer(8) : (own * (2 * column + 1) + column) % 8,
      );
      return { kind: "text", name: `c${column}`, missingText: "", codes, dictionary } as const;
    }),
  );
}

async function train(table: Table, preset: string, settings: readonly Setting[]) {
  const options: FitOptions = { preset, seed: 1, threads: 1, settings, findConstraints: false };
  const model = await fit(table, options);
  return { model, failures: failuresOf(model.generator.log) };
}

function failuresOf(log: TrainingLog): readonly TrainingFailure[] {
  return (log.findings ?? []).map(({ failure }) => failure);
}

/** Shape and pair error of the weights that were kept. */
function keptError({ entries, ends }: TrainingLog): number {
  const kept = entries.find(({ step }) => step === ends!.at(-1)!.kept)!;
  return (kept.shapeError as number) + (kept.pairError as number);
}

const rates = (generator: number, critic: number): readonly Setting[] => [
  ["model.training.generatorLearningRate", generator],
  ["model.training.criticLearningRate", critic],
];
const auto = (answers: boolean): readonly Setting[] => [["model.auto", answers]];

describe("planted failures of training", () => {
  it.each(["ring", "grid"] as const)(
    "collapse on the %s with a minimax loss and rates far too high is found",
    async (name) => {
      const table = modesTable(MODE_TABLES[name]);
      const { model, failures } = await train(table, "vanilla", [...SMALL, ...rates(0.3, 0.3), ...auto(false)]);
      expect(failures).toContain("mode-collapse");
      const { coverage } = model.generator.log.entries.at(-1)!;
      expect(coverage).toBeLessThan(0.6);
    },
  );

  it.each([
    ["ring", 8],
    ["grid", 25],
  ] as const)("the default preset covers the %s, all %i modes, and nothing is found", async (name, modes) => {
    const settings: readonly Setting[] = [
      ["model.completion.minSteps", 400],
      ["model.completion.maxSteps", 400],
    ];
    const { model, failures } = await train(modesTable(MODE_TABLES[name]), "balanced", settings);
    expect(failures).toEqual([]);
    const drawn = await sample(model, { rows: 2500, seed: 2 });
    const [x, y] = drawn.columns.map((column) => (column.kind === "number" ? column.values : new Float64Array()));
    const rows = Array.from(x!, (value, row) => [value, y![row]!] as const);
    expect(scoreModes(MODE_TABLES[name], rows).modes).toBe(modes);
  });

  it("a critic of 50 times the rate and many steps lets gradients vanish; answered, rows become better", async () => {
    const table = categoryTable(1500, "classes");
    const strong: readonly Setting[] = [...SMALL, ...rates(2e-4, 1e-2), ["model.training.criticSteps", 5]];
    const { model, failures } = await train(table, "vanilla", [...strong, ...auto(false)]);
    expect(failures).toContain("vanishing-gradients");
    const answered = await train(table, "vanilla", [...strong, ...auto(true)]);
    expect(keptError(answered.model.generator.log)).toBeLessThan(keptError(model.generator.log));
  });

  it("rates far too high do not converge; answered, rows become better", async () => {
    const table = modesTable(MODE_TABLES.ring);
    const fast = [...SMALL, ...rates(0.3, 0.3)];
    const { model, failures } = await train(table, "vanilla", [...fast, ...auto(false)]);
    expect(failures).toContain("non-convergence");
    const answered = await train(table, "vanilla", [...fast, ...auto(true)]);
    expect(keptError(answered.model.generator.log)).toBeLessThan(keptError(model.generator.log) - 0.5);
  });

  it("the critic learns 200 rows by heart, not 4,000", async () => {
    const settings: readonly Setting[] = [...SMALL, ["model.objective", "non-saturating"], ...rates(1e-3, 1e-3)];
    const few = await train(categoryTable(200, "independent"), "vanilla", settings);
    expect(few.failures).toContain("critic-overfitting");
    const many = await train(categoryTable(4000, "independent"), "vanilla", settings);
    expect(many.failures).not.toContain("critic-overfitting");
  });

  it("a generator that gives training rows again is found", () => {
    const fields = Array.from({ length: 8 }, (_, at) => ({ kind: "discrete", name: `f${at}`, levels: 8 }) as const);
    const rows = (rowCount: number, label: string): EncodedTable => {
      const random = makeRandom(9).fork(label);
      const draw = () => Uint8Array.from({ length: rowCount }, () => random.integer(8));
      return { rowCount, fields: fields.map(draw) };
    };
    const train = rows(400, "train");
    const meter = makeSampleMeter({ fields, train, validation: rows(200, "validation") }, makeRandom(1));
    const findings = [train, rows(400, "new")].map((drawn) => {
      const found: TrainingFailure[] = [];
      const find = ({ failure }: TrainingFinding) => found.push(failure);
      const monitor = makeTrainingMonitor({ auto: false, find, note: () => {} });
      for (let step = 1; step <= 5; step++) monitor.look("gan", step, meter.measure(drawn));
      return found;
    });
    expect(findings).toEqual([["memorization"], []]);
  });
});
