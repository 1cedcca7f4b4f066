import type { TensorMap, TensorSpecs } from "../../../runtime/program.js";
import { tf } from "../../../runtime/tf.js";
import type { GanNetworks } from "../../architectures/gan-networks.js";
import { fieldWidth, gumbelNoise, normalNoise } from "../../networks/ctgan-generator.js";
import { activateFields } from "../../networks/field-activation.js";
import { oneHotOf, type Part, places } from "../../networks/parts.js";
import { conditionWidths } from "../../techniques/condition-plan.js";

/** Inputs of a training pass of the generator, B = batch size: uniforms for z and Gumbel noise, places of the condition's parts. */
export function generatorInputs({ shape, conditions, generator, critic }: GanNetworks): TensorSpecs {
  const rows = shape.config.training.batchSize;
  const { latent } = shape.config;
  return {
    latent: { shape: [rows, latent + (latent % 2)] }, // normals are made in pairs
    uniform: { shape: [rows, shape.width] },
    ...placeInputs("condition", conditionWidths(conditions), rows),
    ...generator.noise(rows, "training"),
    ...critic.schedule?.specs,
  };
}

/** Places of the ones in a condition's parts: `<name>0`, `<name>1` ..., int32 [rows]. */
export function placeInputs(name: string, widths: readonly number[], rows: number): TensorSpecs {
  return Object.fromEntries(widths.map((_, part) => [`${name}${part}`, { shape: [rows], type: "int32" as const }]));
}

/** The condition that was fed under `name`, as parts. */
export function conditionParts(inputs: TensorMap, name: string, { conditions }: GanNetworks): Part[] {
  return conditionWidths(conditions).map((width, part) => places(inputs[`${name}${part}`] as tf.Tensor1D, width));
}

export interface GeneratedRows {
  /** As the critic sees them, [B, W]. */
  readonly rows: tf.Tensor2D;
  /** [B, W], before activations */
  readonly raw: tf.Tensor2D;
  readonly condition: readonly Part[];
}

/** Rows of a training batch; known columns are those of the condition. */
export function generateRows(networks: GanNetworks, parameters: TensorMap, inputs: TensorMap): GeneratedRows {
  const { shape, generator } = networks;
  const condition = conditionParts(inputs, "condition", networks);
  const { raw } = generator.run(parameters, { z: latentOf(networks, inputs), condition }, inputs, "training");
  const gumbel = gumbelNoise(inputs.uniform as tf.Tensor2D);
  const activated = activateFields(raw, gumbel, shape.fields, shape.config.techniques.temperature);
  return { raw, condition, rows: withKnownColumns(activated, condition, networks) };
}

/** z [B, Z] of a training pass. */
export function latentOf({ shape }: GanNetworks, inputs: TensorMap): tf.Tensor2D {
  const { latent } = shape.config;
  const normals = normalNoise(inputs.latent as tf.Tensor2D);
  return latent % 2 === 0 ? normals : tf.slice(normals, [0, 0], [-1, latent]);
}

function withKnownColumns(
  rows: tf.Tensor2D,
  condition: readonly Part[],
  { conditions, shape }: GanNetworks,
): tf.Tensor2D {
  if (conditions.kind !== "known") return rows;
  const parts = tf.split(rows, shape.fields.map(fieldWidth), 1) as tf.Tensor2D[];
  conditions.fields.forEach((field, at) => {
    parts[field] = oneHotOf(condition[at]!);
  });
  return tf.concat(parts, 1);
}
