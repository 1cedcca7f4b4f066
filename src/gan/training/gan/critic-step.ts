import { usageError } from "../../../core/errors.js";
import type { ProgramSpec, TensorMap, TensorSpecs } from "../../../runtime/program.js";
import { tf } from "../../../runtime/tf.js";
import type { CriticPass } from "../../architectures/architecture.js";
import type { GanNetworks } from "../../architectures/gan-networks.js";
import type { GanConfig } from "../../config.js";
import { columns, type Part } from "../../networks/parts.js";
import { makeObjective } from "../../objectives/make-objective.js";
import { conditionWidths } from "../../techniques/condition-plan.js";
import { conditionParts, generateRows, generatorInputs, oneHotOf, placeInputs } from "./generate-rows.js";

/** Penalties on the critic's slope that a configuration asks for. */
export function penaltyOf({ objective, techniques }: GanConfig): "wgan-gp" | "r1" | "none" {
  if (objective === "wgan-gp" && techniques.gradientPenalty > 0) return "wgan-gp";
  return techniques.r1 > 0 ? "r1" : "none";
}

/**
 * The critic's step: generated and real rows are judged apart; its loss is the objective's and a penalty, whose weight is an
 * input. Outputs: loss (without the penalty), penalty, scores real and fake.
 */
export function criticStepSpec(networks: GanNetworks): ProgramSpec {
  const { generator, critic, shape } = networks;
  const penalty = penaltyOf(shape.config);
  return {
    name: `${shape.config.architecture}-critic-step`,
    parameters: { ...generator.specs, ...critic.specs },
    trainable: Object.keys(critic.specs),
    inputs: criticInputs(networks),
    run: (parameters, inputs) => {
      const { rows, condition } = generateRows(networks, parameters, inputs);
      const real = inputs.real as tf.Tensor2D;
      const realCondition = conditionParts(inputs, "realCondition", networks);
      const judge = (name: string, seen: tf.Tensor2D, parts: readonly Part[]): CriticPass =>
        critic.run(parameters, seen, parts, noiseInputs(inputs, name));
      const fakePass = judge("fake", rows, condition);
      const realPass = judge("real", real, realCondition);
      const loss = makeObjective(shape.config.objective).criticLoss(realPass.score, fakePass.score);
      const outputs = {
        loss: tf.reshape(loss, [1]),
        real: tf.reshape(realPass.score, [-1]),
        fake: tf.reshape(fakePass.score, [-1]),
      };
      if (penalty === "none") return { outputs, loss };
      const slope =
        penalty === "r1"
          ? r1Penalty(realPass)
          : gradientPenalty(
              judge(
                "mixed",
                mixRows(rows, real, inputs.alpha as tf.Tensor2D, networks),
                mixConditions(condition, realCondition, inputs.alpha as tf.Tensor2D, networks),
              ),
            );
      return {
        outputs: { ...outputs, penalty: tf.reshape(slope, [1]) },
        loss: tf.add(loss, tf.mul(slope, tf.reshape(inputs.penalty!, []))),
      };
    },
  };
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
    ...noiseSpecs(networks, "fake"),
    ...noiseSpecs(networks, "real"),
    ...(penalty !== "none" && { penalty: { shape: [1] } }),
    ...(penalty === "wgan-gp" && {
      alpha: { shape: [rows / shape.config.techniques.pack, 1] },
      ...noiseSpecs(networks, "mixed"),
    }),
  };
}

/** The critic's own noise for one of several passes, as inputs `<name>.<its name>`. */
export function noiseSpecs({ critic, shape }: GanNetworks, name: string): TensorSpecs {
  const specs = critic.noise(shape.config.training.batchSize);
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
function gradientPenalty(pass: CriticPass): tf.Tensor {
  const norm = tf.sqrt(tf.add(squaredNormsOf(pass), 1e-12)); // [packs]
  return tf.mean(tf.square(tf.sub(norm, 1)));
}

function squaredNormsOf({ squaredGradientNorms }: CriticPass): tf.Tensor1D {
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

function mixConditions(
  fake: readonly Part[],
  real: readonly Part[],
  alpha: tf.Tensor2D,
  networks: GanNetworks,
): readonly Part[] {
  if (networks.conditions.kind === "known") return real; // the same in both
  return fake.map((part, at) => columns(mixRows(oneHotOf(part), oneHotOf(real[at]!), alpha, networks)));
}
