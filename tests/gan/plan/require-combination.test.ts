import { describe, expect, it } from "vitest";
import type { GanConfig } from "../../../src/gan/config.js";
import { requireCombination } from "../../../src/gan/plan/require-combination.js";
import { PRESETS } from "../../../src/gan/presets.js";

const vanilla: GanConfig = PRESETS.vanilla.model;
const techniques = (settings: Partial<GanConfig["techniques"]>, config = vanilla): GanConfig => ({
  ...config,
  techniques: { ...config.techniques, ...settings },
});
const condition = (settings: Partial<GanConfig["condition"]>): GanConfig => ({
  ...vanilla,
  condition: { ...vanilla.condition, ...settings },
});

describe("settings that go together", () => {
  it.each(Object.values(PRESETS).filter(({ model }) => model.kind === "gan"))(
    "are those of preset $preset",
    ({ model }) => {
      expect(() => requireCombination(model as GanConfig)).not.toThrow();
    },
  );

  it.each<[string, GanConfig, string]>([
    ["a batch that packs do not divide", techniques({ pack: 7 }), "model.techniques.pack"],
    [
      "minibatch discrimination with a penalty",
      techniques({ minibatchDiscrimination: 8, r1: 1 }),
      "model.techniques.minibatchDiscrimination",
    ],
    [
      "minibatch discrimination with clipped weights",
      techniques({ minibatchDiscrimination: 8 }, PRESETS.wgan.model),
      "model.techniques.minibatchDiscrimination",
    ],
    ["clipped weights with a penalty", techniques({ r1: 1 }, PRESETS.wgan.model), "model.techniques.r1"],
    ["two penalties", techniques({ r1: 1 }, PRESETS["wgan-gp"].model), "model.techniques.r1"],
    [
      "WGAN-GP without its penalty",
      techniques({ gradientPenalty: 0 }, PRESETS["wgan-gp"].model),
      "model.techniques.gradientPenalty",
    ],
    [
      "minibatch discrimination with WGAN-GP's penalty",
      techniques({ minibatchDiscrimination: 8 }, PRESETS["wgan-gp"].model),
      "model.techniques.minibatchDiscrimination",
    ],
    [
      "minibatch discrimination with WGAN-GP without its penalty, which is what is missing",
      techniques({ minibatchDiscrimination: 8, gradientPenalty: 0 }, PRESETS["wgan-gp"].model),
      "model.techniques.gradientPenalty",
    ],
    ["projection of no condition", condition({ critic: "projection" }), "model.condition.critic"],
    [
      "cross-entropy of columns that are known",
      condition({ columns: 2, crossEntropyWeight: 1 }),
      "model.condition.crossEntropyWeight",
    ],
    [
      "halves of an odd batch",
      { ...techniques({ momentWeight: 1 }), training: { ...vanilla.training, batchSize: 501 } },
      "model.training.batchSize",
    ],
  ])("are not %s", (_, config, where) => {
    try {
      requireCombination(config);
      expect.unreachable();
    } catch (error) {
      expect(error).toMatchObject({ kind: "usage", code: "E_CONFIG_COMBINATION", where });
      expect((error as { hint?: string }).hint).toMatch(/^(for example|set|take|name|make) /);
    }
  });
});
