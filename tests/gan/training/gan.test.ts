import { describe, expect, it } from "vitest";
import { makeRandom } from "../../../src/core/random.js";
import type { GanConfig } from "../../../src/gan/config.js";
import { PRESETS } from "../../../src/gan/presets.js";
import { trainGenerator } from "../../../src/gan/train-generator.js";
import type { TrainedGenerator } from "../../../src/gan/trained-generator.js";
import { drawRows } from "../../sample/draw-rows.js";
import { agreement, PLANTED_AGREEMENT, plantedFields, plantedTable, shares } from "../planted-table.js";

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

describe("CTGAN", () => {
  const ctgan = small(PRESETS.ctgan.model, 800);

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
