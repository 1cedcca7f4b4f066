import { beforeAll, describe, expect, it } from "vitest";
import { makeRandom } from "../../../src/core/random.js";
import type { TrainingAnswer } from "../../../src/gan/diagnostics/training-measures.js";
import { completionParameters, initializeCompletion } from "../../../src/gan/networks/completion-network.js";
import { PRESETS } from "../../../src/gan/presets.js";
import { makeLevelMap } from "../../../src/gan/techniques/level-map.js";
import type { TrainingLogEntry } from "../../../src/gan/trained-generator.js";
import { refineRounds } from "../../../src/gan/training/adversarial-phase.js";
import { levelFrequencies, makeLevelRows } from "../../../src/gan/training/level-rows.js";
import { beginPace, carryOut, criticStepsDue } from "../../../src/gan/training/pace.js";
import type { TrainingContext } from "../../../src/gan/training/training-context.js";
import { NO_CHECKPOINTS } from "../../../src/gan/training/training-state.js";
import { makeParameters } from "../../../src/runtime/parameters.js";
import { plantedFields, plantedTable } from "../planted-table.js";

const RATES = { generatorRate: 0.5, criticRate: 0.25, criticSteps: 2 };
const none = { goBack: () => false };

describe("the pace of a training", () => {
  it.each<[TrainingAnswer, object]>([
    [
      { kind: "scale-rates", generator: 0.5, critic: 2 },
      { generatorRate: 0.25, criticRate: 0.5 },
    ],
    [{ kind: "scale-critic-steps", factor: 0.5 }, { criticSteps: 1 }],
    [{ kind: "scale-critic-steps", factor: 0.001 }, { criticSteps: 0.1 }],
    [{ kind: "scale-critic-steps", factor: 1000 }, { criticSteps: 20 }],
    [{ kind: "scale-penalty", factor: 3 }, { penalty: 3 }],
    [
      { kind: "restart", rates: 0.5 },
      { generatorRate: 0.25, criticRate: 0.125 },
    ],
    [{ kind: "stop" }, {}],
  ])("is changed by %j, and by nothing else", (answer, changed) => {
    const pace = beginPace(RATES);
    let restarts = 0;
    const best = { goBack: () => ++restarts > 0 };
    expect(carryOut([answer], pace, best)).toBe(answer.kind === "stop");
    expect(pace).toEqual({ ...RATES, penalty: 1, ...changed });
    expect(restarts).toBe(answer.kind === "restart" ? 1 : 0);
  });

  it("carries out all of several answers, also those beside a stop", () => {
    const pace = beginPace(RATES);
    expect(carryOut([{ kind: "stop" }, { kind: "scale-penalty", factor: 2 }], pace, none)).toBe(true);
    expect(pace.penalty).toBe(2);
  });

  it.each([
    [0.3, [1, 0, 0, 1, 0, 0, 1, 0, 0, 1]],
    [1, [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]],
    [2.5, [2, 3, 2, 3, 2, 3, 2, 3, 2, 3]],
  ])("spreads %d critic steps a generator step evenly, at least one with the first", (criticSteps, due) => {
    const pace = beginPace({ ...RATES, criticSteps });
    expect(due.map((_, step) => criticStepsDue(pace, step))).toEqual(due);
  });
});

describe("the adversarial phase carries out what is answered after its first step", () => {
  const STEPS = 8;
  const map = makeLevelMap(plantedFields);
  const encoded = { fields: plantedFields, train: plantedTable(200, 1), validation: plantedTable(100, 2) };
  const data = {
    map,
    train: makeLevelRows(encoded.train, map),
    validation: makeLevelRows(encoded.validation, map),
    smooth: [],
    encoded,
  };
  const { model } = PRESETS.balanced;
  const network = { width: 8, blocks: 1, latent: 2 };
  const adversarial = { ...model.adversarial, batchSize: 20, criticWidth: 8, looks: STEPS, gradientPenalty: 1 };
  const shape = { fields: map.fields, levels: map.levels, ...network };

  /** What the phase logs of its steps. */
  async function refine(answers: readonly TrainingAnswer[]): Promise<TrainingLogEntry[]> {
    const entries: TrainingLogEntry[] = [];
    const weights = makeParameters(completionParameters(shape));
    initializeCompletion(weights.views, shape, levelFrequencies(data.train, map), makeRandom(1));
    const context: TrainingContext = {
      random: makeRandom(2),
      engine: "onnx",
      threads: 1,
      onProgress: () => {},
      signal: undefined,
      maxSteps: STEPS,
      outOfTime: () => false,
      record: (entry) => void entries.push(entry),
      diverged: () => {},
      note: () => {},
      overlay: () => {},
      monitor: { look: (_, step) => (step === 1 ? answers : []), state: () => undefined, restore: () => {} },
      checkpoints: NO_CHECKPOINTS,
      warmStart: undefined,
    };
    await refineRounds(data, { ...model, network, adversarial }, shape, weights, [[0, 1], [2]], context);
    return entries.slice(1);
  }

  let plain: TrainingLogEntry[];
  beforeAll(async () => {
    plain = await refine([]);
  });

  it("a scaled penalty weighs so much more from the second step on", async () => {
    const scaled = await refine([{ kind: "scale-penalty", factor: 100 }]);
    expect(plain).toHaveLength(STEPS);
    expect(scaled[0]!.criticPenalty).toBe(plain[0]!.criticPenalty);
    expect(Number(scaled[1]!.criticPenalty) / Number(plain[1]!.criticPenalty)).toBeCloseTo(100, 3);
    expect(scaled[1]!.criticLoss).toBe(plain[1]!.criticLoss);
    expect(scaled[2]!.criticLoss).not.toBe(plain[2]!.criticLoss);
  });

  it("a quarter of the critic's steps is one in four steps of the generator", async () => {
    const entries = await refine([{ kind: "scale-critic-steps", factor: 0.25 }]);
    const judged = entries.filter((entry) => "criticLoss" in entry && "criticAuc" in entry);
    expect(judged.map(({ step }) => step)).toEqual([1, 4, 8]);
    expect(entries.every((entry) => "adversarialLoss" in entry)).toBe(true);
  });

  it("twice the critic's steps are two on the same rows", async () => {
    const twice = await refine([{ kind: "scale-critic-steps", factor: 2 }]);
    expect(twice[0]).toEqual(plain[0]);
    expect(twice[1]!.adversarialLoss).toBe(plain[1]!.adversarialLoss);
    expect(twice[1]!.criticLoss).not.toBe(plain[1]!.criticLoss);
  });

  it("rates of one player are scaled for it alone, and a stop ends the phase", async () => {
    const still = await refine([{ kind: "scale-rates", generator: 1, critic: 0 }]);
    expect(still[1]).toEqual(plain[1]);
    expect(still[2]!.completionLoss).toBe(plain[2]!.completionLoss);
    expect(still[2]!.adversarialLoss).not.toBe(plain[2]!.adversarialLoss);
    expect(await refine([{ kind: "stop" }])).toHaveLength(1);
  });
});
