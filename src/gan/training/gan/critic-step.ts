import { usageError } from "../../../core/errors.js";
import type { ProgramSpec, TensorMap, TensorSpecs } from "../../../runtime/program.js";
import { tf } from "../../../runtime/tf.js";
import type { CriticPass, MixedRows } from "../../architectures/architecture.js";
import type { GanNetworks } from "../../architectures/gan-networks.js";
import { columns, oneHotOf, type Part } from "../../networks/parts.js";
import { makeObjective } from "../../objectives/make-objective.js";
import { conditionWidths } from "../../techniques/condition-plan.js";
import { penaltyOf } from "../../techniques/penalty.js";
import { conditionParts, generateRows, generatorInputs, placeInputs } from "./generate-rows.js";

/**
 * The critic's step: generated and real rows are judged apart; its loss is the objective's and a penalty, whose weight is an
 * input. Outputs: loss (without the penalty), penalty, scores real and fake.
 */
export function criticStepSpec(networks: GanNetworks): ProgramSpec {
  const { generator, critic, shape } = networks;
  return {
    name: `${shape.config.architecture}-critic-step`,
    parameters: { ...generator.specs, ...critic.specs },
    trainable: Object.keys(critic.specs),
    inputs: criticInputs(networks),
    run: (parameters, inputs) => {
      const { fake, real, penalty } = judgeRows(networks, parameters, inputs);
      const loss = makeObjective(shape.config.objective).criticLoss(real, fake);
      const outputs = { loss: tf.reshape(loss, [1]), real: tf.reshape(real, [-1]), fake: tf.reshape(fake, [-1]) };
      if (penalty === undefined) return { outputs, loss };
      return {
        outputs: { ...outputs, penalty: tf.reshape(penalty, [1]) },
        loss: tf.add(loss, tf.mul(penalty, tf.reshape(inputs.penalty!, []))),
      };
    },
  };
}

interface Judged {
  /** Scores, [packs, 1]. */
  readonly fake: tf.Tensor2D;
  readonly real: tf.Tensor2D;
  /** Without its weight. */
  readonly penalty: tf.Tensor | undefined;
}

function judgeRows(networks: GanNetworks, parameters: TensorMap, inputs: TensorMap): Judged {
  const { critic, shape } = networks;
  const kind = penaltyOf(shape.config);
  const { rows: fake, condition: fakeCondition } = generateRows(networks, parameters, inputs);
  const realCondition = conditionParts(inputs, "realCondition", networks);
  const alpha = inputs.alpha as tf.Tensor2D;
  const pair: MixedRows = { fake, real: inputs.real as tf.Tensor2D, fakeCondition, realCondition, alpha };
  if (kind === "wgan-gp" && critic.runMixed !== undefined) {
    const mixed = critic.runMixed(parameters, pair, noiseInputs(inputs, "all"));
    return { ...mixed, penalty: gradientPenalty(mixed) };
  }
  const judge = (name: string, rows: tf.Tensor2D, parts: readonly Part[]): CriticPass =>
    critic.run(parameters, rows, parts, noiseInputs(inputs, name));
  const fakePass = judge("fake", fake, fakeCondition);
  const realPass = judge("real", pair.real, realCondition);
  const scores = { fake: fakePass.score, real: realPass.score };
  if (kind === "none") return { ...scores, penalty: undefined };
  if (kind === "r1") return { ...scores, penalty: r1Penalty(realPass) };
  const mixed = judge("mixed", mixRows(fake, pair.real, alpha, networks), mixConditions(pair, networks));
  return { ...scores, penalty: gradientPenalty(mixed) };
}

/** Inputs of the critic's step; alpha: where between a generated and a real pack the mix lies, [packs, 1]. */
function criticInputs(networks: GanNetworks): TensorSpecs {
  const { shape, conditions } = networks;
  const { batchSize: rows } = shape.config.training;
  const penalty = penaltyOf(shape.config);
  return {
    ...generatorInputs(networks),
    real: { shape: [rows, shape.width] },
    ...placeInputs("realCondition", conditionWidths(conditions), rows),
    ...(penalty !== "none" && { penalty: { shape: [1] } }),
    ...(penalty === "wgan-gp" && { alpha: { shape: [rows / shape.config.techniques.pack, 1] } }),
    ...passNoise(networks),
  };
}

function passNoise(networks: GanNetworks): TensorSpecs {
  const isMixed = penaltyOf(networks.shape.config) === "wgan-gp";
  if (isMixed && networks.critic.runMixed !== undefined) return noiseSpecs(networks, "all", 3);
  const passes = ["fake", "real", ...(isMixed ? ["mixed"] : [])];
  return Object.assign({}, ...passes.map((name) => noiseSpecs(networks, name)));
}

/** The critic's own noise for one of several passes, as inputs `<name>.<its name>`, for so many batches. */
export function noiseSpecs({ critic, shape }: GanNetworks, name: string, batches = 1): TensorSpecs {
  const specs = critic.noise(shape.config.training.batchSize * batches);
  return Object.fromEntries(Object.entries(specs).map(([key, spec]) => [`${name}.${key}`, spec]));
}

/** All inputs, and the noise of the pass `name` under the critic's own names. */
export function noiseInputs(inputs: TensorMap, name: string): TensorMap {
  const own = Object.entries(inputs).filter(([key]) => key.startsWith(`${name}.`));
  return { ...inputs, ...Object.fromEntries(own.map(([key, tensor]) => [key.slice(name.length + 1), tensor])) };
}

/** Half the mean squared norm of the gradient at real rows (Mescheder et al. 2018, arXiv:1801.04406, equation 9), times gamma. */
function r1Penalty(pass: CriticPass): tf.Tensor {
  return tf.div(tf.mean(squaredNormsOf(pass)), 2);
}

/** Mean of (norm - 1)^2 at mixed rows (Gulrajani et al. 2017, arXiv:1704.00028, equation 3), times lambda. */
function gradientPenalty(pass: Pick<CriticPass, "squaredGradientNorms">): tf.Tensor {
  const norm = tf.sqrt(tf.add(squaredNormsOf(pass), 1e-12)); // [packs]
  return tf.mean(tf.square(tf.sub(norm, 1)));
}

function squaredNormsOf({ squaredGradientNorms }: Pick<CriticPass, "squaredGradientNorms">): tf.Tensor1D {
  if (squaredGradientNorms !== undefined) return squaredGradientNorms();
  throw usageError("E_CONFIG_COMBINATION", "this architecture's critic has no slope in closed form to penalise", {
    where: "model.objective",
    hint: "take objective non-saturating with techniques.r1=0, or architecture mlp or residual",
  });
}

/** fake + alpha (real - fake), one alpha a pack. */
function mixRows(fake: tf.Tensor2D, real: tf.Tensor2D, alpha: tf.Tensor2D, { shape }: GanNetworks): tf.Tensor2D {
  const packed = [alpha.shape[0], shape.config.techniques.pack * fake.shape[1]] as [number, number];
  const [from, to] = [tf.reshape(fake, packed), tf.reshape(real, packed)];
  return tf.reshape(tf.add(from, tf.mul(tf.sub(to, from), alpha)), fake.shape) as tf.Tensor2D;
}

function mixConditions({ fakeCondition, realCondition, alpha }: MixedRows, networks: GanNetworks): readonly Part[] {
  if (networks.conditions.kind === "known") return realCondition; // the same in both
  return fakeCondition.map((part, at) =>
    columns(mixRows(oneHotOf(part), oneHotOf(realCondition[at]!), alpha, networks)),
  );
}
