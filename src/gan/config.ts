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
  auto: z.boolean().default(true).describe("answer what the diagnostics find while training"),
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

/** A generator and a critic against each other, in the architectures and with the objectives and techniques of 2014-2020. */
export const ganConfig = z.strictObject({
  kind: z.literal("gan"),
  architecture: z
    .enum(["mlp", "residual", "dcgan", "stylegan", "progressive"])
    .describe("the networks of both players; residual: CTGAN's generator"),
  objective: z
    .enum(["minimax", "non-saturating", "wgan", "wgan-gp"])
    .describe("what the players play for; minimax: saturating; wgan: with weight clipping; wgan-gp: gradient penalty"),
  latent: count.describe("dimensions of z"),
  generatorWidths: z.array(count).min(1).describe("units of the generator's hidden layers"),
  criticWidths: z.array(count).min(1).describe("units of the critic's hidden layers"),
  condition: z.strictObject({
    columns: z
      .union([z.enum(["none", "one-at-random"]), count, z.array(z.string()).min(1)])
      .describe(
        "known columns: none, one at random (CTGAN), so many that tell most of the others, or these by their names",
      ),
    critic: z.enum(["concatenation", "projection"]).describe("how the critic sees the condition"),
    frequencies: z.enum(["true", "logarithmic"]).describe("how often training conditions on a level"),
    crossEntropyWeight: z.number().min(0).describe("of the cross-entropy of the conditioned columns"),
  }),
  training: z.strictObject({
    batchSize: count,
    epochs: z.number().positive(),
    minSteps: count.describe("lower bound of the generator steps that epochs give"),
    maxSteps: count.describe("upper bound of the generator steps that epochs give"),
    generatorLearningRate: rate,
    criticLearningRate: rate,
    beta1: share,
    beta2: share,
    weightDecay: z.number().min(0),
    criticSteps: count.describe("critic steps a generator step"),
    validationShare: share.describe("share of the training rows set aside to judge by; 0: train to the end, unjudged"),
    looks: count.describe("looks at the validation rows, evenly over the budget"),
    patience: count.describe("looks without better rows before training ends"),
  }),
  techniques: z.strictObject({
    pack: count.describe("rows the critic sees at once (PacGAN)"),
    dropout: share.max(0.9).describe("of the critic's hidden units"),
    temperature: z.number().positive().describe("of the Gumbel-softmax"),
    clipValue: z.number().positive().describe("bound of the critic's weights (objective wgan)"),
    gradientPenalty: z.number().min(0).describe("lambda (objective wgan-gp)"),
    r1: z.number().min(0).describe("gamma of the R1 penalty"),
    momentWeight: z.number().min(0).describe("of second-moment matching"),
    featureMatching: z.number().min(0).describe("weight of matching the critic's features"),
    minibatchDiscrimination: z.number().int().min(0).describe("kernels; 0: none"),
    emaDecay: share.describe("of the generator's average, which rows are drawn from; 0: none"),
  }),
  auto: z.boolean().describe("answer what the diagnostics find while training"),
});

export const modelConfig = z.strictObject({
  preset: z.string(),
  encoding: encodingConfig,
  model: z.discriminatedUnion("kind", [completionConfig, ganConfig]),
});

export type EncodingConfig = z.infer<typeof encodingConfig>;
export type CompletionConfig = z.infer<typeof completionConfig>;
export type GanConfig = z.infer<typeof ganConfig>;
export type ModelConfig = z.infer<typeof modelConfig>;
