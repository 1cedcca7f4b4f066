import { z } from "zod";

const rate = z.number().positive().max(1);
const count = z.number().int().positive();
const share = z.number().min(0).max(1);

/** How columns become fields (definitions: one-hot, quantile bins, mode-specific normalization). */
export const encodingConfig = z.strictObject({
  numbers: z.enum(["quantile-bins", "mode-specific"]).describe("how numbers and dates are encoded"),
  minCategoryCount: count.describe("a category seen in fewer rows is folded into one rare level"),
  bins: count.describe("quantile bins of a number"),
  levelsPerNumber: count.describe("a number with at most so many distinct values has a level each"),
  maxModes: count.describe("Gaussian modes of mode-specific normalization"),
});

/** The any-subset conditional GAN: completion of random subsets, then an adversarial phase for few-round sampling. */
export const completionConfig = z.strictObject({
  kind: z.literal("completion"),
  network: z.strictObject({
    width: count.describe("width of the residual stream"),
    blocks: z.number().int().min(0).max(16).describe("residual blocks"),
    latent: count.describe("dimensions of z, used by few-round sampling"),
  }),
  completion: z.strictObject({
    batchSize: count,
    epochs: z
      .union([z.number().positive(), z.literal("auto")])
      .describe("passes over the training rows, before early stop; auto: 40, more for wide rows"),
    minSteps: count.describe("lower bound of the budget that epochs give"),
    maxSteps: count.describe("upper bound of the budget that epochs give"),
    learningRate: rate,
    warmupSteps: z.number().int().min(0),
    decayShare: share.describe("share of the budget, at its end, with a linearly falling learning rate"),
    beta1: share,
    beta2: share,
    weightDecay: z.number().min(0),
    dropout: share
      .max(0.9)
      .describe("share of hidden units left out of a training step of small tables; less with more rows"),
    clipNorm: z.number().positive(),
    emaDecay: share,
    validationShare: share.describe("share of the training rows set aside for early stop"),
    memorizingWeight: z
      .number()
      .min(0)
      .describe(
        "early stop minimises validation loss + this x what training rows are completed better; less with more rows",
      ),
    looks: count.describe("looks at the validation rows, evenly over the budget"),
    patience: count.describe("looks without a better validation loss before the phase ends"),
  }),
  adversarial: z.strictObject({
    enabled: z.boolean(),
    groups: count.describe("rounds of few-round sampling; columns of one group are filled in one pass"),
    epochs: z.number().positive(),
    maxSteps: count,
    batchSize: count,
    learningRate: rate,
    criticLearningRate: rate,
    criticWidth: count,
    gradientPenalty: z.number().min(0).describe("R1 gamma"),
    temperature: z.number().positive().describe("of the straight-through Gumbel-softmax"),
    adversarialWeight: z.number().min(0),
    momentWeight: z.number().min(0),
    fromNothingShare: share.describe("share of batches that start from an empty row; the rest from a real first group"),
    looks: count.describe("looks at the validation rows, evenly over the budget"),
  }),
});

/** CTGAN (Xu et al. 2019, arXiv:1907.00503). */
export const ctganConfig = z.strictObject({
  kind: z.literal("ctgan"),
  latent: count,
  generatorWidths: z.array(count).min(1),
  criticWidths: z.array(count).min(1),
  pack: count.describe("rows the critic sees at once (PacGAN)"),
  batchSize: count,
  epochs: z.number().positive(),
  learningRate: rate,
  beta1: share,
  beta2: share,
  weightDecay: z.number().min(0),
  gradientPenalty: z.number().min(0),
  dropout: share,
  temperature: z.number().positive(),
  criticSteps: count,
});

export const modelConfig = z.strictObject({
  preset: z.string(),
  encoding: encodingConfig,
  model: z.discriminatedUnion("kind", [completionConfig, ctganConfig]),
});

export type EncodingConfig = z.infer<typeof encodingConfig>;
export type CompletionConfig = z.infer<typeof completionConfig>;
export type CtganConfig = z.infer<typeof ctganConfig>;
export type ModelConfig = z.infer<typeof modelConfig>;
