import { usageError } from "../../core/errors.js";
import { makeArchitecture } from "../architectures/make-architecture.js";
import type { GanConfig } from "../config.js";
import { penaltyOf } from "../techniques/penalty.js";

/** A rule that settings break: where, why, and what to do. */
interface Refusal {
  readonly isBroken: boolean;
  readonly where: string;
  readonly why: string;
  readonly remedy: string;
}

/** Throws E_CONFIG_COMBINATION where settings of a model of kind gan do not go together. */
export function requireCombination(config: GanConfig): void {
  const broken = refusalsOf(config).find(({ isBroken }) => isBroken);
  if (broken !== undefined) {
    throw usageError("E_CONFIG_COMBINATION", broken.why, { where: `model.${broken.where}`, hint: broken.remedy });
  }
  const [sentence] = makeArchitecture(config.architecture).refuses(config);
  if (sentence !== undefined) {
    throw usageError("E_CONFIG_COMBINATION", sentence, { where: "model.architecture" });
  }
}

function refusalsOf(config: GanConfig): readonly Refusal[] {
  const { objective, condition, training, techniques } = config;
  const { pack, minibatchDiscrimination, r1, gradientPenalty, momentWeight } = techniques;
  return [
    {
      isBroken: training.batchSize % pack !== 0,
      where: "techniques.pack",
      why: `model.training.batchSize must be a multiple of model.techniques.pack (${pack}); got ${training.batchSize}`,
      remedy: `for example model.training.batchSize=${Math.ceil(training.batchSize / pack) * pack}`,
    },
    {
      isBroken: minibatchDiscrimination > 0 && penaltyOf(config) !== "none",
      where: "techniques.minibatchDiscrimination",
      why: "minibatch discrimination makes a row's score depend on the other rows, so that a penalty on its slope has no closed form",
      remedy: "set it to 0, or take objective non-saturating with techniques.r1=0",
    },
    {
      isBroken: minibatchDiscrimination > 0 && objective === "wgan",
      where: "techniques.minibatchDiscrimination",
      why: "minibatch discrimination and clipped weights do not go together: the distances between rows vanish",
      remedy: "set it to 0, or take objective non-saturating",
    },
    {
      isBroken: objective === "wgan" && r1 > 0,
      where: "techniques.r1",
      why: "objective wgan bounds the critic's slope by clipping its weights; a penalty besides would bound it twice",
      remedy: "set techniques.r1=0, or take objective wgan-gp",
    },
    {
      isBroken: objective === "wgan-gp" && r1 > 0,
      where: "techniques.r1",
      why: "objective wgan-gp has a penalty on the critic's slope of its own",
      remedy: "set techniques.r1=0, or take objective non-saturating",
    },
    {
      isBroken: objective === "wgan-gp" && gradientPenalty === 0,
      where: "techniques.gradientPenalty",
      why: "without its penalty nothing bounds the critic's slope under objective wgan-gp",
      remedy: "set techniques.gradientPenalty=10",
    },
    {
      isBroken: condition.critic === "projection" && condition.columns === "none",
      where: "condition.critic",
      why: "a critic by projection needs a condition",
      remedy: "name condition.columns, or set condition.critic=concatenation",
    },
    {
      isBroken: condition.crossEntropyWeight > 0 && condition.columns !== "one-at-random",
      where: "condition.crossEntropyWeight",
      why: "columns that a row knows are taken from its condition, there is nothing to learn about them",
      remedy: "set condition.crossEntropyWeight=0, or condition.columns=one-at-random",
    },
    {
      isBroken: momentWeight > 0 && training.batchSize % 2 !== 0,
      where: "training.batchSize",
      why: `second-moment matching compares two halves of a batch; model.training.batchSize=${training.batchSize} is odd`,
      remedy: "make model.training.batchSize even",
    },
  ];
}
