import type { ProgramSpec, TensorMap, TensorSpecs } from "../../../runtime/program.js";
import { tf } from "../../../runtime/tf.js";
import type { GanNetworks } from "../../architectures/gan-networks.js";
import { fieldWidth } from "../../networks/ctgan-generator.js";
import { conditionCrossEntropy } from "../../objectives/condition-cross-entropy.js";
import { makeObjective } from "../../objectives/make-objective.js";
import { secondMomentLoss } from "../../objectives/second-moment.js";
import { conditionWidths } from "../../techniques/condition-plan.js";
import { noiseInputs, noiseSpecs } from "./critic-step.js";
import {
  conditionParts,
  type GeneratedRows,
  generateRows,
  generatorInputs,
  latentOf,
  placeInputs,
} from "./generate-rows.js";

/**
 * The generator's step: the objective's loss, and with their weights the cross-entropy of the conditioned columns, feature
 * matching and second-moment matching. Outputs: loss (the objective's alone) and each of the others that there is.
 */
export function generatorStepSpec(networks: GanNetworks): ProgramSpec {
  const { generator, critic, shape } = networks;
  const { objective, techniques } = shape.config;
  return {
    name: `${shape.config.architecture}-generator-step`,
    parameters: { ...generator.specs, ...critic.specs },
    trainable: Object.keys(generator.specs),
    inputs: {
      ...generatorInputs(networks),
      ...noiseSpecs(networks, "fake"),
      ...(techniques.featureMatching > 0 && realInputs(networks)),
      ...(techniques.momentWeight > 0 && momentInputs(networks)),
    },
    run: (parameters, inputs) => {
      const generated = generateRows(networks, parameters, inputs);
      const pass = critic.run(parameters, generated.rows, generated.condition, noiseInputs(inputs, "fake"));
      const loss = makeObjective(objective).generatorLoss(pass.score);
      const terms = addedTerms(networks, parameters, inputs, generated, pass.features);
      const total = terms.reduce((sum, { value, weight }) => tf.add(sum, tf.mul(value, weight)), loss as tf.Tensor);
      const outputs = terms.map(({ name, value }) => [name, tf.reshape(value, [1])]);
      return { outputs: { loss: tf.reshape(loss, [1]), ...Object.fromEntries(outputs) }, loss: total };
    },
  };
}

interface Term {
  readonly name: string;
  readonly value: tf.Tensor;
  readonly weight: number;
}

function addedTerms(
  networks: GanNetworks,
  parameters: TensorMap,
  inputs: TensorMap,
  { raw, rows }: GeneratedRows,
  features: tf.Tensor2D,
): readonly Term[] {
  const { config, fields } = networks.shape;
  const { featureMatching, momentWeight } = config.techniques;
  const terms: Term[] = [];
  if (config.condition.crossEntropyWeight > 0 && networks.conditions.kind === "one-at-random") {
    const value = conditionCrossEntropy(raw, inputs.condition0 as tf.Tensor1D, fields);
    terms.push({ name: "conditionLoss", value, weight: config.condition.crossEntropyWeight });
  }
  if (featureMatching > 0) {
    const real = conditionParts(inputs, "realCondition", networks);
    const seen = networks.critic.run(parameters, inputs.real as tf.Tensor2D, real, noiseInputs(inputs, "real"));
    terms.push({ name: "featureLoss", value: featureDistance(seen.features, features), weight: featureMatching });
  }
  if (momentWeight > 0) {
    const value = secondMomentLoss(
      discreteColumns(rows, networks),
      inputs.moments as tf.Tensor2D,
      inputs.momentWeights as tf.Tensor2D,
    );
    terms.push({ name: "momentLoss", value, weight: momentWeight });
  }
  return terms;
}

/** |mean f(real) - mean f(fake)|^2 over the critic's features f (Salimans et al. 2016, arXiv:1606.03498, section 3.1). */
export function featureDistance(real: tf.Tensor2D, fake: tf.Tensor2D): tf.Scalar {
  return tf.sum(tf.square(tf.sub(tf.mean(real, 0), tf.mean(fake, 0))));
}

/** Inputs of a pass of real rows through the critic. */
export function realInputs(networks: GanNetworks): TensorSpecs {
  const { shape, conditions } = networks;
  const rows = shape.config.training.batchSize;
  return {
    real: { shape: [rows, shape.width] },
    ...placeInputs("realCondition", conditionWidths(conditions), rows),
    ...noiseSpecs(networks, "real"),
  };
}

function momentInputs({ shape }: GanNetworks): TensorSpecs {
  const levels = shape.fields.reduce((sum, field) => sum + (field.kind === "discrete" ? field.levels : 0), 0);
  return { moments: { shape: [levels, levels] }, momentWeights: { shape: [levels, levels] } };
}

/** [rows, W] -> [rows, levels of the discrete fields]. */
function discreteColumns(rows: tf.Tensor2D, { shape }: GanNetworks): tf.Tensor2D {
  if (shape.fields.every(({ kind }) => kind === "discrete")) return rows;
  const parts = tf.split(rows, shape.fields.map(fieldWidth), 1) as tf.Tensor2D[];
  return tf.concat(
    parts.filter((_, field) => shape.fields[field]!.kind === "discrete"),
    1,
  );
}

/** This batch's values of the generator's statistics, to be averaged over many batches. */
export function populationSpec(networks: GanNetworks): ProgramSpec {
  const { generator, shape } = networks;
  const { uniform: _, ...inputs } = generatorInputs(networks);
  return {
    name: `${shape.config.architecture}-population`,
    parameters: generator.specs,
    inputs,
    run: (parameters, given) => {
      const condition = conditionParts(given, "condition", networks);
      const { statistics } = generator.run(parameters, { z: latentOf(networks, given), condition }, given, "training");
      return { outputs: statistics };
    },
  };
}
