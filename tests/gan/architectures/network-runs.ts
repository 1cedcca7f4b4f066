import type { Field } from "../../../src/encode/field.js";
import type {
  CriticNetwork,
  CriticPass,
  GanShape,
  GeneratorNetwork,
  Pass,
} from "../../../src/gan/architectures/architecture.js";
import type { GanConfig } from "../../../src/gan/config.js";
import { outputWidth } from "../../../src/gan/networks/ctgan-generator.js";
import { places } from "../../../src/gan/networks/parts.js";
import { PRESETS } from "../../../src/gan/presets.js";
import { compile } from "../../../src/runtime/compile.js";
import { makeParameters } from "../../../src/runtime/parameters.js";
import type { Buffers, ProgramSpec, TensorMap, TensorSpecs } from "../../../src/runtime/program.js";
import { tf } from "../../../src/runtime/tf.js";
import { random, runOn } from "../../runtime/program-helpers.js";

/** Columns of the condition of every run here. */
export const CONDITION = 3;

export const FIELDS: readonly Field[] = [
  { kind: "discrete", name: "age", levels: 9, missingLevel: 8 },
  { kind: "discrete", name: "job", levels: 5 },
  { kind: "scalar", name: "income" },
];

/** A shape small enough for finite differences. */
export function smallShape(architecture: GanConfig["architecture"], techniques = {}): GanShape {
  const config = structuredClone(PRESETS.vanilla.model) as GanConfig;
  return {
    fields: FIELDS,
    width: outputWidth(FIELDS),
    condition: CONDITION,
    config: {
      ...config,
      architecture,
      latent: 4,
      generatorWidths: [6, 5, 4],
      criticWidths: [6, 5, 4],
      techniques: { ...config.techniques, ...techniques },
    },
  };
}

/** Initialized weights, each nudged so that none is at a place where it does nothing. */
export function weightsOf(network: GeneratorNetwork | CriticNetwork, label = "weights"): Record<string, Float32Array> {
  const { views, flat } = makeParameters(network.specs);
  network.initialize(views, random(label));
  const nudges = new Float32Array(flat.length);
  random(`${label} nudged`).fillNormal(nudges);
  for (let i = 0; i < flat.length; i++) flat[i]! += 0.05 * nudges[i]!;
  return views;
}

/** z, places of conditions and uniforms for the noise. */
export function inputsOf(network: GeneratorNetwork, shape: GanShape, rows: number, pass: Pass): Buffers {
  const filled = Object.entries(network.noise(rows, pass)).map(([name, { shape: sizes }]) => {
    const values = new Float32Array(sizes.reduce((size, length) => size * length));
    random(name).fillUniform(values);
    return [name, values] as const;
  });
  const z = new Float32Array(rows * shape.config.latent);
  random("z").fillNormal(z);
  const condition = Int32Array.from({ length: rows }, (_, row) => row % CONDITION);
  return { z, condition, ...Object.fromEntries(filled) };
}

/** The generator's program; in training with a loss that weighs every output differently. */
export function generatorSpec(
  network: GeneratorNetwork,
  shape: GanShape,
  rows: number,
  pass: Pass,
  schedule: TensorSpecs = {},
): ProgramSpec {
  const controls = Object.keys(network.controls).map((name) => [name, { shape: [rows, 1] }] as const);
  return {
    name: "generator",
    parameters: { ...network.specs, ...(pass === "sampling" ? network.statistics : {}) },
    trainable: Object.keys(network.specs),
    inputs: {
      z: { shape: [rows, shape.config.latent] },
      condition: { shape: [rows], type: "int32" },
      ...network.noise(rows, pass),
      ...(pass === "sampling" ? Object.fromEntries(controls) : schedule),
    },
    freeBatch: pass === "sampling",
    run: (parameters, inputs) => {
      const condition = [places(inputs.condition as tf.Tensor1D, CONDITION)];
      const { raw, statistics } = network.run(parameters, { z: inputs.z as tf.Tensor2D, condition }, inputs, pass);
      return { outputs: { raw, ...statistics }, ...(pass === "training" && { loss: unevenSum(raw) }) };
    },
  };
}

/** The critic's program on rows and their conditions; its loss weighs what `lossOf` makes of the pass unevenly. */
export function criticSpec(
  network: CriticNetwork,
  shape: GanShape,
  rows: number,
  lossOf: (pass: CriticPass) => tf.Tensor = ({ score }) => score,
): ProgramSpec {
  return {
    name: "critic",
    parameters: network.specs,
    inputs: {
      rows: { shape: [rows, shape.width] },
      condition: { shape: [rows], type: "int32" },
      ...network.noise(rows),
      ...network.schedule?.specs,
    },
    run: (parameters, inputs) => {
      const condition = [places(inputs.condition as tf.Tensor1D, CONDITION)];
      const pass = network.run(parameters, inputs.rows as tf.Tensor2D, condition, inputs);
      const made = lossOf(pass);
      return { outputs: { score: pass.score, features: pass.features, made }, loss: unevenSum(made) };
    },
  };
}

function unevenSum(values: tf.Tensor): tf.Scalar {
  const weights = tf.reshape(tf.sin(tf.range(1, values.size + 1, 1, "float32")), values.shape);
  return tf.sum(tf.mul(values, weights));
}

/**
 * Largest difference between a program's gradient and central finite differences of the loss, at the element of every weight
 * where it is largest, relative to it; the step is a thousandth of the largest weight.
 */
export async function worstGradientError(spec: ProgramSpec, weights: Buffers, inputs: Buffers): Promise<number> {
  const { gradients } = await runOn("onnx", spec, weights, inputs);
  const lossSpec: ProgramSpec = {
    ...spec,
    run: (p: TensorMap, i: TensorMap) => {
      const { loss } = spec.run(p, i);
      return { outputs: { loss: tf.reshape(loss!, [1]) } };
    },
  };
  const program = await compile(lossSpec, { engine: "onnx" });
  let worst = 0;
  for (const name of spec.trainable ?? Object.keys(spec.parameters)) {
    const largest = Math.max(...gradients[name]!.map(Math.abs));
    const at = gradients[name]!.findIndex((value) => Math.abs(value) === largest);
    const size = STEP * Math.max(1, ...weights[name]!.map(Math.abs));
    const sides: number[] = [];
    for (const step of [size, -size]) {
      const moved = { ...weights, [name]: Float32Array.from(weights[name]!) };
      moved[name]![at]! += step;
      sides.push((await program.run(moved, inputs)).loss![0]!);
    }
    const difference = (sides[0]! - sides[1]!) / (2 * size);
    worst = Math.max(worst, Math.abs(difference - gradients[name]![at]!) / Math.max(0.01, largest));
  }
  await program.dispose();
  return worst;
}

const STEP = 1e-3;
