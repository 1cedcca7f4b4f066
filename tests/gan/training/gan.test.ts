import { describe, expect, it } from "vitest";
import { makeRandom } from "../../../src/core/random.js";
import type { GanConfig } from "../../../src/gan/config.js";
import { PRESETS } from "../../../src/gan/presets.js";
import { trainGenerator } from "../../../src/gan/train-generator.js";
import type { TrainedGenerator } from "../../../src/gan/trained-generator.js";
import { drawRows } from "../../sample/draw-rows.js";
import { agreement, plantedFields, plantedTable, shares } from "../planted-table.js";

const data = { fields: plantedFields, train: plantedTable(2000, 1), validation: plantedTable(400, 2) };

/** A preset's networks and batches made small; what makes it itself stays. */
function small(preset: GanConfig, steps: number): GanConfig {
  return {
    ...preset,
    latent: 16,
    generatorWidths: [32, 32],
    criticWidths: [32, 32],
    training: {
      ...preset.training,
      batchSize: 100,
      minSteps: steps,
      maxSteps: steps,
      looks: 5,
      generatorLearningRate: 1e-3,
      criticLearningRate: 1e-3,
    },
  };
}

const train = (config: GanConfig, seed = 1, maxSteps?: number) =>
  trainGenerator(data, config, {
    random: makeRandom(seed),
    engine: "onnx",
    threads: 1,
    ...(maxSteps !== undefined && { maxSteps }),
  });
const draw = (model: TrainedGenerator, rows: number, seed = 9) =>
  drawRows(model, { rows, rounds: "max", random: makeRandom(seed), engine: "onnx", threads: 1 });

/** Shape and pair error of the looks. */
const errors = ({ log }: TrainedGenerator): number[] =>
  log.entries.flatMap(({ shapeError, pairError }) =>
    shapeError === undefined ? [] : [Number(shapeError) + Number(pairError)],
  );

describe.each(["vanilla", "wgan", "wgan-gp", "conditional", "moments"] as const)("preset %s", (preset) => {
  it("improves on the untrained generator, and keeps the best look", async () => {
    const steps = preset === "wgan-gp" ? 120 : 60;
    const model = await train(small(PRESETS[preset].model, steps));
    const [first, ...others] = errors(model);
    const best = Math.min(...others);
    expect(best).toBeLessThan(0.9 * first!);
    const [end] = model.log.ends!;
    expect(end).toMatchObject({ phase: "gan", steps, budget: steps, because: "budget" });
    const kept = model.log.entries.find(({ step }) => step === end!.kept)!;
    expect(Number(kept.shapeError) + Number(kept.pairError)).toBe(best);
    const rows = await draw(model, 2000);
    shares(rows, 2, 3).forEach((share, level) => {
      expect(Math.abs(share - [0.6, 0.2, 0.2][level]!)).toBeLessThan(0.25);
    });
  });
});

describe("a model of kind gan", () => {
  const quick = small(PRESETS.moments.model, 12);

  it("has the same weights and rows for the same seed, others for another", async () => {
    const [one, same, other] = [await train(quick, 3), await train(quick, 3), await train(quick, 4)];
    for (const [name, { data: values }] of Object.entries(one.weights)) {
      expect(same.weights[name]!.data, name).toEqual(values);
    }
    expect(other.weights["generator/generator.weight0"]).not.toEqual(one.weights["generator/generator.weight0"]);
    const rows = await draw(one, 500);
    expect((await draw(same, 500)).fields).toEqual(rows.fields);
    expect((await draw(one, 500, 10)).fields).not.toEqual(rows.fields);
  });

  it("logs what a look measures: losses, scores, what the critic has learned by heart, norms by layer, drawn rows", async () => {
    const { log } = await train(quick);
    const last = log.entries.at(-1)!;
    for (const measure of ["generatorLoss", "criticLoss", "criticPenalty", "criticReal", "criticFake", "momentLoss"]) {
      expect(Number.isFinite(last[measure] as number), measure).toBe(true);
    }
    expect(last.conditionLoss).toBeGreaterThan(0);
    for (const share of ["criticAuc", "criticMemory", "shapeError", "pairError", "coverage", "dcrShare"]) {
      expect(last[share], share).toBeGreaterThanOrEqual(0);
      expect(last[share], share).toBeLessThanOrEqual(1);
    }
    const layers = Object.entries(last).filter(([name]) => name.startsWith("criticGradient."));
    expect(layers.map(([name]) => name)).toContain("criticGradient.weight0");
    // The norm of the whole is that of the layers' norms, of the last round; the logged one is a mean over the rounds since.
    expect(Math.hypot(...layers.map(([, norm]) => Number(norm)))).toBeGreaterThan(0);
  });

  it("keeps the last weights where no rows are set aside, and measures none", async () => {
    const config = { ...quick, training: { ...quick.training, validationShare: 0 } };
    const none = {
      ...data,
      validation: { rowCount: 0, fields: data.validation.fields.map((field) => field.slice(0, 0)) },
    };
    const model = await trainGenerator(none, config, { random: makeRandom(1), engine: "onnx", threads: 1 });
    expect(model.log.entries.at(-1)).not.toHaveProperty("shapeError");
    expect(model.log.ends![0]).not.toHaveProperty("kept");
  });

  it("stops when told to, between two steps", async () => {
    const controller = new AbortController();
    const training = trainGenerator(data, quick, {
      ...{ random: makeRandom(1), engine: "onnx", threads: 1, signal: controller.signal },
      onProgress: () => controller.abort(),
    });
    await expect(training).rejects.toMatchObject({ code: "E_INTERRUPTED" });
  });

  it("bounds the critic's weights under objective wgan", async () => {
    const seen: number[] = [];
    const config = small(PRESETS.wgan.model, 10);
    const model = await train({ ...config, training: { ...config.training, looks: 10 } });
    for (const { criticReal, criticFake } of model.log.entries)
      seen.push(Number(criticReal ?? 0), Number(criticFake ?? 0));
    // Two layers of 32 units with weights within .01 of ten ones in three fields: no score beyond .01 x 32 x .01 x 32 x .01 x 4.
    expect(Math.max(...seen.map(Math.abs))).toBeLessThan(0.02);
  });

  it.each(["featureMatching", "minibatchDiscrimination", "r1"] as const)("trains with %s", async (technique) => {
    const config = small(
      { ...PRESETS.vanilla.model, techniques: { ...PRESETS.vanilla.model.techniques, [technique]: 1 } },
      10,
    );
    const { log } = await train(config);
    if (technique !== "minibatchDiscrimination") {
      expect(log.entries.at(-1)![technique === "r1" ? "criticPenalty" : "featureLoss"]).toBeGreaterThan(0);
    }
    expect(log.ends![0]).toMatchObject({ steps: 10, because: "budget" });
  });

  it("leaves no tensor behind on an engine that runs eagerly", async () => {
    const { tf } = await import("../../../src/runtime/tf.js");
    const { training } = small(quick, 1);
    const tiny = {
      ...quick,
      generatorWidths: [4],
      criticWidths: [4],
      training: { ...training, batchSize: 10, looks: 1 },
    };
    const run = () => trainGenerator(data, tiny, { random: makeRandom(1), engine: "cpu", threads: 1 });
    await run();
    const before = tf.memory().numTensors;
    await run();
    expect(tf.memory().numTensors).toBe(before);
  });
});

describe("known columns", () => {
  const known = (columns: readonly string[] | number): GanConfig => {
    const config = small(PRESETS.conditional.model, 100);
    return { ...config, condition: { ...config.condition, columns: columns as GanConfig["condition"]["columns"] } };
  };

  it("are drawn by their true joint shares, and the others after them", async () => {
    const model = await train(known(["a", "b"]));
    const rows = await draw(model, 4000);
    expect(Math.abs(agreement(rows) - agreement(data.train))).toBeLessThan(0.02);
  });

  it("are those that tell most of the others where a number is asked for", async () => {
    const { state } = await train(known(1), 1, 2);
    expect(state.conditions).toMatchObject({ kind: "known" });
    expect([[0], [1]]).toContainEqual((state.conditions as { fields: number[] }).fields); // a or b, never c
  });

  it("must be there, be discrete, and leave something to generate", async () => {
    await expect(train(known(["d"]))).rejects.toMatchObject({
      code: "E_CONFIG_COMBINATION",
      where: "model.condition.columns",
    });
    await expect(train(known(["a", "b", "c"]))).rejects.toMatchObject({ code: "E_CONFIG_COMBINATION" });
    await expect(train(known(4))).rejects.toMatchObject({ code: "E_CONFIG_COMBINATION" });
  });
});

describe("CTGAN", () => {
  const ctgan = small(PRESETS.ctgan.model, 600);

  it("keeps every level alive and the shares roughly, sampling by true frequencies", async () => {
    const model = await train(ctgan);
    const rows = await draw(model, 4000);
    shares(rows, 2, 3).forEach((share, level) => {
      expect(Math.abs(share - [0.6, 0.2, 0.2][level]!)).toBeLessThan(0.15);
    });
    expect(agreement(rows)).toBeGreaterThan(0.4);
    expect(model.log.entries.at(-1)).toHaveProperty("criticGradientNorm");
  });

  it("samples rows that do not depend on how many are sampled beside them", async () => {
    const model = await train(ctgan, 2, 10);
    const long = await draw(model, 1500);
    const short = await draw(model, 1000);
    expect(long.fields.map((field) => field.slice(0, 1000))).toEqual(short.fields);
  });
});
