import type { ProgramSpec, TensorSpecs } from "../../runtime/program.js";
import { tf } from "../../runtime/tf.js";
import type { CompletionConfig } from "../config.js";
import { type CompletionShape, completionLogits } from "../networks/completion-network.js";
import { criticInputGradient, criticScore } from "../networks/critic-network.js";
import { maskedCrossEntropy } from "../objectives/masked-cross-entropy.js";
import { secondMomentLoss } from "../objectives/second-moment.js";
import { allowKnownCopies } from "../techniques/copy-levels.js";
import type { LevelMap } from "../techniques/level-map.js";
import { completionBatchSpecs } from "./completion-batch.js";
import { completeByGroups, groupLevels } from "./group-completion.js";

/** Hidden layers of the adversarial phase's critic. */
export const CRITIC_LAYERS = 2;

export interface AdversarialSetup {
  readonly map: LevelMap;
  readonly shape: CompletionShape;
  /** Fields of each round. */
  readonly groups: readonly (readonly number[])[];
  readonly options: CompletionConfig["adversarial"];
  readonly generator: TensorSpecs;
  readonly critic: TensorSpecs;
}

/**
 * The generator's step: completion loss (z = 0) + adversarial loss + second-moment matching of rows completed over the
 * groups with fresh z each round. Outputs the completed rows for the critic's step.
 *
 * Inputs beside a completion batch: `start` [B, L + K] what is known at first (nothing, or a real first group);
 * `uniform{r}` [B, levels of the group] and `z{r}` [B, Z] for each round r; `moments`, `momentWeights` [L, L].
 */
export function generatorStepSpec(setup: AdversarialSetup): ProgramSpec {
  const { map, shape, groups, options } = setup;
  const rows = options.batchSize;
  const inputs: Record<string, { shape: number[] }> = {
    start: { shape: [rows, map.levels + map.fields] },
    moments: { shape: [map.levels, map.levels] },
    momentWeights: { shape: [map.levels, map.levels] },
  };
  groups.forEach((group, round) => {
    inputs[`uniform${round}`] = { shape: [rows, groupLevels(group, map)] };
    inputs[`z${round}`] = { shape: [rows, shape.latent] };
  });
  return {
    name: "adversarial-generator-step",
    parameters: { ...setup.generator, ...setup.critic },
    trainable: Object.keys(setup.generator),
    inputs: { ...completionBatchSpecs(map, rows), ...inputs },
    run: (parameters, given) => {
      const { x, target, weights, moments, momentWeights } = given as Record<string, tf.Tensor2D>;
      const logits = allowKnownCopies(completionLogits(parameters, x!, shape.blocks), x!, map);
      const completion = maskedCrossEntropy(logits, target!, weights!, map);
      const { rows: fake, flags } = completeByGroups(parameters, given, setup);
      const score = criticScore(parameters, tf.concat([fake, flags], 1), CRITIC_LAYERS).score;
      const adversarial = tf.mean(tf.softplus(tf.neg(score)));
      const moment = secondMomentLoss(fake, moments!, momentWeights!);
      const loss = tf.addN([
        completion,
        tf.mul(adversarial, options.adversarialWeight),
        tf.mul(moment, options.momentWeight),
      ]);
      return {
        outputs: {
          rows: fake,
          completionLoss: tf.reshape(completion, [1]),
          adversarialLoss: tf.reshape(adversarial, [1]),
          momentLoss: tf.reshape(moment, [1]),
        },
        loss,
      };
    },
  };
}

/**
 * The critic's step: non-saturating logistic loss (Goodfellow et al. 2014, arXiv:1406.2661) + R1 (Mescheder et al. 2018,
 * arXiv:1801.04406). Inputs: `real`, `fake` [B, L], `flags` [B, K] what was known at first, `penalty` [1] R1's gamma.
 * Outputs: loss, penalty, scores real and fake [B].
 */
export function criticStepSpec(setup: AdversarialSetup): ProgramSpec {
  const { map, options } = setup;
  const rows = options.batchSize;
  return {
    name: "adversarial-critic-step",
    parameters: setup.critic,
    inputs: {
      real: { shape: [rows, map.levels] },
      fake: { shape: [rows, map.levels] },
      flags: { shape: [rows, map.fields] },
      penalty: { shape: [1] },
    },
    run: (parameters, inputs) => {
      const { real, fake, flags } = inputs as Record<string, tf.Tensor2D>;
      const realPass = criticScore(parameters, tf.concat([real!, flags!], 1), CRITIC_LAYERS);
      const fakePass = criticScore(parameters, tf.concat([fake!, flags!], 1), CRITIC_LAYERS);
      const logistic = tf.add(tf.mean(tf.softplus(tf.neg(realPass.score))), tf.mean(tf.softplus(fakePass.score)));
      const gradient = criticInputGradient(parameters, realPass.slopes, CRITIC_LAYERS); // [B, L + K]
      const gamma = tf.reshape(inputs.penalty!, []);
      const penalty = tf.mul(tf.mean(tf.sum(tf.square(gradient), 1)), tf.div(gamma, 2));
      return {
        outputs: {
          loss: tf.reshape(logistic, [1]),
          penalty: tf.reshape(penalty, [1]),
          real: tf.reshape(realPass.score, [-1]),
          fake: tf.reshape(fakePass.score, [-1]),
        },
        loss: tf.add(logistic, penalty),
      };
    },
  };
}
