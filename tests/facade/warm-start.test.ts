import { describe, expect, it } from "vitest";
import {
  type FitOptions,
  fit,
  makeTable,
  type ProgressEvent,
  type SynthModel,
  share,
  type Table,
} from "../../src/index.js";

/** Two categories that go together in 9 of 10 rows, and a number that follows the first. */
function makeRows(from: number, to: number, change: { category?: string; far?: number } = {}): Table {
  const rows = Array.from({ length: to - from }, (_, at) => from + at);
  const kind = rows.map((row) => (row * 7919) % 4);
  const color = rows.map((row, at) => (row % 10 === 0 ? (kind[at]! + 1) % 4 : kind[at]!));
  const texts = (codes: number[], names: string[]) => ({
    kind: "text" as const,
    codes: Int32Array.from(codes),
    dictionary: names,
    missingText: "",
  });
  const sizes = rows.map((row, at) => kind[at]! * 10 + ((row * 31) % 17));
  if (change.far !== undefined) sizes[0] = change.far;
  if (change.category !== undefined) color[0] = 4;
  return makeTable([
    { name: "kind", ...texts(kind, ["a", "b", "c", "d"]) },
    { name: "color", ...texts(color, ["red", "green", "blue", "grey", ...(change.category ? [change.category] : [])]) },
    { name: "size", kind: "number", values: Float64Array.from(sizes), format: { decimals: 0 }, missingText: "" },
  ]);
}

const settings = [
  ["model.network.width", 32],
  ["model.network.blocks", 1],
  ["model.adversarial.enabled", false],
  ["model.completion.batchSize", 100],
  ["model.completion.warmupSteps", 10],
  ["model.completion.looks", 12],
] as const;
const options: FitOptions = { settings, maxSteps: 120, seed: 1 };
const lossesOf = (model: SynthModel) =>
  model.generator.log.entries.map(({ step, validationLoss }) => [step, validationLoss] as [number, number]);

describe("a warm start", () => {
  it("reaches the validation loss of a cold one on more rows in fewer steps, and begins where the model was", async () => {
    const earlier = await fit(makeRows(0, 1500), options);
    const rows = makeRows(0, 3000);
    const cold = lossesOf(await fit(rows, options));
    const model = await fit(rows, { ...options, warmStart: earlier });
    const warm = lossesOf(model);
    const goal = Math.min(...cold.map(([, loss]) => loss));
    const steps = (losses: [number, number][]) => losses.find(([, loss]) => loss <= goal + 0.02)![0];
    expect(warm[0]![0]).toBe(0);
    expect(warm[0]![1]).toBeLessThan(cold[0]![1]);
    expect(steps(warm)).toBeLessThan(steps(cold));
    expect(model.encoding).toEqual(earlier.encoding);
    expect(model.schema.rowCount).toBe(3000);
  });

  it("is the model itself where training makes it no better", async () => {
    const earlier = await fit(makeRows(0, 600), { ...options, maxSteps: 20 });
    // A rate at which one step spoils everything.
    const spoiling = [...settings, ["model.completion.learningRate", 1], ["model.auto", false]] as const;
    const kept = await fit(makeRows(0, 600), { ...options, settings: spoiling, maxSteps: 5, warmStart: earlier });
    expect(kept.generator.log.ends?.[0]).toMatchObject({ phase: "completion", kept: 0 });
    expect(kept.generator.weights).toEqual(earlier.generator.weights);
  });

  it("tells what the model's encoding cannot say, without naming it", async () => {
    const earlier = await fit(makeRows(0, 300), { ...options, maxSteps: 2 });
    const events: ProgressEvent[] = [];
    const changed = makeRows(0, 300, { category: "violet", far: 900 });
    await fit(changed, { ...options, maxSteps: 2, warmStart: earlier, onProgress: (event) => void events.push(event) });
    const notices = events.flatMap((event) => (event.kind === "notice" ? [`${event.code} ${event.message}`] : []));
    expect(notices).toEqual([
      'N_UNKNOWN_CATEGORIES column "color": 1 row with categories that the model does not know are learned as the most frequent category, since the model has no rare level',
      'N_BEYOND_RANGE column "size": 1 row with values that the model does not know are learned as the nearest that it knows',
    ]);
    expect(JSON.stringify(events)).not.toMatch(/violet|900/);
  });

  it("refuses what does not fit the model, with the reason", async () => {
    const earlier = await fit(makeRows(0, 300), { ...options, maxSteps: 2 });
    const codeOf = (asked: FitOptions, table = makeRows(0, 300)) =>
      fit(table, { ...options, maxSteps: 2, warmStart: earlier, ...asked }).then(
        () => "fitted",
        ({ code }) => code,
      );
    expect(await codeOf({ preset: "vanilla", settings: [] })).toBe("E_WARM_START_KIND");
    expect(await codeOf({ settings: [["model.network.width", 64]] })).toBe("E_WARM_START_SHAPE");
    expect(await codeOf({ settings: [...settings, ["encoding.bins", 9]] })).toBe("E_WARM_START_ENCODING");
    expect(await codeOf({ schema: earlier.schema })).toBe("E_WARM_START_SCHEMA");
    expect(await codeOf({}, makeTable(makeRows(0, 300).columns.slice(1)))).toBe("E_SCHEMA_UNKNOWN_COLUMN");
    const shared = share(makeRows(0, 300), { ...options, warmStart: earlier, shadowModels: 2 });
    await expect(shared).rejects.toMatchObject({ code: "E_WARM_START_SHADOWS" });
  });

  it("begins with a GAN's generator, which stays where no rows were better", async () => {
    const gan = (more: FitOptions): FitOptions => ({
      preset: "wgan-gp",
      seed: 1,
      settings: [
        ["model.generatorWidths", [16]],
        ["model.criticWidths", [16]],
        ["model.latent", 8],
        ["model.training.batchSize", 50],
        ["model.training.looks", 2],
      ],
      ...more,
    });
    const earlier = await fit(makeRows(0, 600), gan({ maxSteps: 30 }));
    const kept = await fit(makeRows(0, 600), gan({ maxSteps: 2, warmStart: earlier }));
    const [first, ...others] = kept.generator.log.entries;
    const { kept: step } = earlier.generator.log.ends![0]!;
    const ofKept = earlier.generator.log.entries.find((entry) => entry.step === step)!;
    expect(first).toMatchObject({ step: 0, shapeError: ofKept.shapeError, pairError: ofKept.pairError });
    const errorOf = (entry: Record<string, number | string>) => Number(entry.shapeError) + Number(entry.pairError);
    const isBetter = others.some((entry) => errorOf(entry) < errorOf(first!));
    expect(kept.generator.log.ends![0]!.kept).toBe(isBetter ? expect.any(Number) : 0);
    if (!isBetter) expect(kept.generator.weights).toEqual(earlier.generator.weights);
  });
});
