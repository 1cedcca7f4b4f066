import { describe, expect, it } from "vitest";
import { makeRandom } from "../../src/core/random.js";
import type { CompletionConfig } from "../../src/gan/config.js";
import type { RoundsSetting } from "../../src/gan/inference/rounds-setting.js";
import { PRESETS } from "../../src/gan/presets.js";
import { trainGenerator } from "../../src/gan/train-generator.js";
import type { Rounds } from "../../src/sample/choose-rounds.js";
import { drawRows } from "../sample/draw-rows.js";
import { agreement, PLANTED_AGREEMENT, plantedFields, plantedTable, shares } from "./planted-table.js";

const small: CompletionConfig = {
  ...PRESETS.balanced.model,
  network: { width: 32, blocks: 1, latent: 4 },
  completion: {
    ...PRESETS.balanced.model.completion,
    batchSize: 100,
    warmupSteps: 20,
    minSteps: 300,
    maxSteps: 300,
    learningRate: 5e-3,
    emaDecay: 0.98,
    looks: 6,
  },
  adversarial: {
    ...PRESETS.balanced.model.adversarial,
    batchSize: 100,
    maxSteps: 60,
    criticWidth: 32,
    looks: 2,
  },
};
const data = { fields: plantedFields, train: plantedTable(2000, 1), validation: plantedTable(400, 2) };
const run = (seed: number, config: CompletionConfig = small, maxSteps?: number) =>
  trainGenerator(data, config, {
    random: makeRandom(seed),
    engine: "onnx",
    threads: 1,
    ...(maxSteps !== undefined && { maxSteps }),
  });
const sample = (model: Awaited<ReturnType<typeof run>>, rows: number, rounds: Rounds, seed = 9) =>
  drawRows(model, { rows, rounds, random: makeRandom(seed), engine: "onnx", threads: 1 });

describe("the any-subset conditional GAN", () => {
  it("learns a planted dependence and the shares, by exact rounds and by few rounds", async () => {
    const model = await run(1);
    for (const rounds of ["max", 2] as const) {
      const rows = await sample(model, 6000, rounds);
      expect(Math.abs(agreement(rows) - PLANTED_AGREEMENT), `${rounds}`).toBeLessThan(0.03);
      shares(rows, 2, 3).forEach((share, level) => {
        expect(Math.abs(share - [0.6, 0.2, 0.2][level]!), `${rounds}`).toBeLessThan(0.03);
      });
    }
  });

  it("prepares fewer rounds than fields and measures what they cost", async () => {
    const settings = (await run(1, { ...small, adversarial: { ...small.adversarial, enabled: false } })).state.rounds;
    const [two, max] = settings as readonly RoundsSetting[];
    expect(settings).toHaveLength(2);
    expect([two!.rounds, max!.rounds, max!.order.kind]).toEqual([2, 3, "one-by-one"]);
    expect(two!.order.kind === "groups" && two!.order.groups.flat().sort()).toEqual([0, 1, 2]);
    expect(max!.pairError).toBeLessThan(0.05);
    expect(two!.pairError).toBeLessThan(0.08);
  });

  it("logs losses, gradient norms and quality on validation rows, and says how each phase ended", async () => {
    const { log } = await run(1);
    const last = log.entries.filter((entry) => entry.phase === "completion").at(-1)!;
    const first = log.entries[0]!;
    expect(last.validationLoss).toBeLessThan(first.validationLoss as number);
    expect(Number.isFinite(last.gradientNorm as number)).toBe(true);
    const adversarial = log.entries.filter((entry) => entry.phase === "adversarial");
    expect(adversarial.map((entry) => entry.step)).toEqual([0, 30, 60]);
    expect(adversarial.at(-1)).toHaveProperty("criticLoss");
    expect(log.notes.map((note) => note.split(":")[0])).toEqual(["completion", "adversarial phase"]);
  });

  it("gives the same weights and rows for the same seed, others for another", async () => {
    const [one, same, other] = await Promise.all([run(3, small, 20), run(3, small, 20), run(4, small, 20)]);
    expect(same.weights["completion/input"]!.data).toEqual(one.weights["completion/input"]!.data);
    expect(other.weights["completion/input"]!.data).not.toEqual(one.weights["completion/input"]!.data);
    const rows = await sample(one, 500, "max");
    expect((await sample(same, 500, "max")).fields).toEqual(rows.fields);
    expect((await sample(one, 500, "max", 10)).fields).not.toEqual(rows.fields);
  });

  it("starts a longer sample with the rows of a shorter one", async () => {
    const model = await run(3, small, 20);
    for (const rounds of ["max", 2] as const) {
      const short = await sample(model, 1300, rounds);
      const long = await sample(model, 2500, rounds);
      expect(long.fields.map((field) => field.slice(0, 1300))).toEqual(short.fields);
    }
  });

  it("stops when told to, between two steps", async () => {
    const controller = new AbortController();
    const training = trainGenerator(data, small, {
      random: makeRandom(1),
      engine: "onnx",
      threads: 1,
      signal: controller.signal,
      onProgress: () => controller.abort(),
    });
    await expect(training).rejects.toMatchObject({ code: "E_INTERRUPTED" });
  });

  it("stops with the step's number when the loss is not a number", async () => {
    const mad = { ...small, completion: { ...small.completion, learningRate: 1e30, warmupSteps: 0 } };
    await expect(run(1, mad)).rejects.toMatchObject({ code: "E_TRAIN_DIVERGED", message: /at step \d+$/ });
  });
});

describe("training that diverges after a first look", () => {
  it("ends with the best weights before, and says at which step", async () => {
    // The rate grows with every step until weight decay turns the weights' signs, each time farther out.
    const growing = { ...small.completion, warmupSteps: 300, weightDecay: 15_000, looks: 60, patience: 60 };
    const model = await run(1, { ...small, auto: false, completion: growing });
    expect(model.log.diverged).toMatchObject({ phase: "completion" });
    expect(model.log.diverged!.step).toBeGreaterThan(5);
    expect(model.log.findings?.map(({ failure }) => failure)).toContain("non-convergence");
    const answered = await run(1, { ...small, completion: growing });
    expect(answered.log.diverged).toBeUndefined();
    expect(answered.log.ends?.[0]?.kept).toBeGreaterThan(model.log.ends![0]!.kept!);
    for (const { data: values } of Object.values(model.weights)) expect(values.every(Number.isFinite)).toBe(true);
  });
});
