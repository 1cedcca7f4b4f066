import type { ModelConfig } from "./config.js";

/** The presets, as data. */
export const PRESETS = {
  balanced: {
    preset: "balanced",
    encoding: { numbers: "quantile-bins", minCategoryCount: 5, bins: 64, levelsPerNumber: 150, maxModes: 10 },
    model: {
      kind: "completion",
      network: { width: 256, blocks: 2, latent: 32 },
      completion: {
        batchSize: 500,
        epochs: 40,
        minSteps: 900,
        maxSteps: 8000,
        learningRate: 1e-3,
        warmupSteps: 200,
        decayShare: 0.6,
        beta1: 0.9,
        beta2: 0.99,
        weightDecay: 0.01,
        clipNorm: 5,
        emaDecay: 0.999,
        validationShare: 0.08,
        looks: 40,
        patience: 10,
      },
      adversarial: {
        enabled: true,
        groups: 2,
        epochs: 30,
        maxSteps: 3000,
        batchSize: 500,
        learningRate: 3e-4,
        criticLearningRate: 1e-3,
        criticWidth: 256,
        gradientPenalty: 0.02,
        temperature: 0.5,
        adversarialWeight: 2,
        momentWeight: 20,
        fromNothingShare: 0.75,
        looks: 6,
      },
    },
  },
  ctgan: {
    preset: "ctgan",
    encoding: { numbers: "mode-specific", minCategoryCount: 5, bins: 64, levelsPerNumber: 150, maxModes: 10 },
    model: {
      kind: "ctgan",
      latent: 128,
      generatorWidths: [256, 256],
      criticWidths: [256, 256],
      pack: 10,
      batchSize: 500,
      epochs: 300,
      learningRate: 2e-4,
      beta1: 0.5,
      beta2: 0.9,
      weightDecay: 1e-6,
      gradientPenalty: 10,
      dropout: 0.5,
      temperature: 0.2,
      criticSteps: 1,
    },
  },
} as const satisfies Record<string, ModelConfig>;

export type PresetName = keyof typeof PRESETS;
