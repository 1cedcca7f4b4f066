import { describe, expect, it } from "vitest";
import { deserializeCheckpoint, serializeCheckpoint } from "../../src/artifact/checkpoint.js";
import { makeRandom } from "../../src/core/random.js";
import type { ModelConfig } from "../../src/gan/config.js";
import { PRESETS } from "../../src/gan/presets.js";
import { makeEarlyStop } from "../../src/gan/techniques/early-stop.js";
import { trainGenerator } from "../../src/gan/train-generator.js";
import type { TrainedGenerator } from "../../src/gan/trained-generator.js";
import { joined, ofArray } from "../../src/gan/training/resumable.js";
import { makeRowOrder } from "../../src/gan/training/row-order.js";
import type { Checkpoints } from "../../src/gan/training/training-state.js";
import { plantedFields, plantedTable } from "./planted-table.js";

const data = { fields: plantedFields, train: plantedTable(600, 1), validation: plantedTable(200, 2) };

const completion: ModelConfig["model"] = {
  ...PRESETS.balanced.model,
  network: { width: 16, blocks: 1, latent: 4 },
  completion: { ...PRESETS.balanced.model.completion, batchSize: 50, minSteps: 24, maxSteps: 24, looks: 4 },
  adversarial: { ...PRESETS.balanced.model.adversarial, batchSize: 50, maxSteps: 12, criticWidth: 16, looks: 4 },
};

function gan(preset: "wgan-gp" | "ctgan" | "moments"): ModelConfig["model"] {
  const { model } = PRESETS[preset];
  return {
    ...model,
    latent: 8,
    generatorWidths: [16],
    criticWidths: [16],
    auto: true,
    training: {
      ...model.training,
      batchSize: 50,
      minSteps: 12,
      maxSteps: 12,
      criticSteps: 2,
      validationShare: 0.1,
      looks: 4,
    },
  } as ModelConfig["model"];
}

const train = (model: ModelConfig["model"], checkpoints?: Checkpoints) =>
  trainGenerator(data, model, {
    random: makeRandom(3),
    engine: "onnx",
    threads: 1,
    ...(checkpoints && { checkpoints }),
  });

/** A training and the bytes of its state after every step. */
async function trainAndKeep(model: ModelConfig["model"]) {
  const kept: Uint8Array[] = [];
  const trained = await train(model, {
    restore: () => undefined,
    offer: async (phase, state) => void kept.push(serializeCheckpoint({ fingerprint: {}, phase, state: state() })),
  });
  return { trained, kept };
}

/** The same training from a state on. */
function resume(model: ModelConfig["model"], bytes: Uint8Array): Promise<TrainedGenerator> {
  const from = deserializeCheckpoint(bytes);
  return train(model, {
    restore: (phase) => (phase === from.phase ? from.state : undefined),
    offer: async () => {},
  });
}

const kinds = [
  ["completion and the adversarial phase", completion, [7, 24, 27]],
  ["wgan-gp", gan("wgan-gp"), [1, 11]],
  ["ctgan", gan("ctgan"), [2, 6]],
  ["moments", gan("moments"), [5, 12]],
] as const;

describe("parts of a training's state", () => {
  it("continue a row order amid a pass, over its end, and an early stop", () => {
    const [order, again] = [makeRowOrder(10, makeRandom(1)), makeRowOrder(10, makeRandom(1))];
    const [rows, same] = [new Uint32Array(7), new Uint32Array(7)];
    for (let i = 0; i < 4; i++) order.next(rows);
    again.restore(JSON.parse(JSON.stringify(order.state())));
    for (let i = 0; i < 5; i++) {
      order.next(rows);
      again.next(same);
      expect(same).toEqual(rows);
    }
    const [stop, copy] = [makeEarlyStop(2), makeEarlyStop(2)];
    stop.look(1, 5);
    stop.look(2, 6);
    copy.restore(stop.state());
    expect([copy.isOver(), copy.best()]).toEqual([false, { step: 1, loss: 5 }]);
    copy.look(3, 5);
    expect(copy.isOver()).toBe(true);
  });

  it("are refused where their sizes are not those of the training", () => {
    const state = joined({ weights: ofArray(new Float32Array(3)) }).state();
    expect(() => joined({ weights: ofArray(new Float32Array(4)) }).restore(state)).toThrow(
      "3 values where 4 are needed",
    );
    expect(() => joined({ other: ofArray(new Float32Array(3)) }).restore(state)).toThrow("0 values where 3 are needed");
  });
});

describe("a training that goes on from its state after a step", () => {
  it.each(kinds)("comes to the same model: %s", async (_, model, steps) => {
    const { trained, kept } = await trainAndKeep(model);
    expect(kept).toHaveLength(model.kind === "completion" ? 36 : 12);
    for (const step of steps) {
      const resumed = await resume(model, kept[step - 1]!);
      expect(resumed, `from step ${step}`).toEqual(trained);
    }
  });
});
