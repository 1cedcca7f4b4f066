import * as tf from "@tensorflow/tfjs-core";
import { boundShape, checkBuffers, trainableNames } from "./buffers.js";
import { differentiate } from "./differentiate.js";
import type { Buffers, ElementType, Program, ProgramSpec, TensorMap, TensorSpec, TensorSpecs } from "./program.js";
import { withBackend } from "./with-backend.js";

/** A program that calls its function at every run, on a registered TensorFlow.js backend. */
export function makeEagerProgram(spec: ProgramSpec, backend: string): Program {
  const outputSpecs = withBackend(backend, () => probeOutputs(spec));
  let outputs: Record<string, Float32Array | Int32Array> = {};
  return {
    spec,
    outputSpecs,
    run: async (parameters, inputs, gradients) => {
      const rows = checkBuffers(spec, parameters, inputs, gradients);
      outputs = withBackend(backend, () => runOnce(spec, rows, parameters, inputs, gradients, outputs));
      return outputs;
    },
    dispose: async () => {
      outputs = {};
    },
  };
}

type Gradients = Readonly<Record<string, Float32Array>>;

function runOnce(
  spec: ProgramSpec,
  rows: number | undefined,
  parameters: Buffers,
  inputs: Buffers,
  gradients: Gradients | undefined,
  reused: Record<string, Float32Array | Int32Array>,
): Record<string, Float32Array | Int32Array> {
  const result = differentiate(
    spec,
    toTensors(spec.parameters, parameters, undefined),
    toTensors(spec.inputs, inputs, rows),
    gradients !== undefined,
    (outputs) => copyOutputs(outputs, reused),
  );
  if (gradients !== undefined) {
    for (const name of trainableNames(spec)) copyInto(gradients[name]!, result.gradients?.[name]);
  }
  return result.outputs;
}

function toTensors(specs: TensorSpecs, buffers: Buffers, rows: number | undefined): TensorMap {
  const entries = Object.entries(specs).map(([name, { shape, type }]): [string, tf.Tensor] => [
    name,
    // A copy: backends keep what they are given, and the caller's buffers change in place.
    tf.tensor(buffers[name]!.slice(), boundShape(shape, rows), type ?? "float32"),
  ]);
  return Object.fromEntries(entries);
}

function copyOutputs(
  outputs: TensorMap,
  reused: Record<string, Float32Array | Int32Array>,
): Record<string, Float32Array | Int32Array> {
  const copies = Object.entries(outputs).map(([name, tensor]): [string, Float32Array | Int32Array] => {
    const former = reused[name];
    const isFitting = former?.length === tensor.size;
    const target = isFitting
      ? former
      : tensor.dtype === "int32"
        ? new Int32Array(tensor.size)
        : new Float32Array(tensor.size);
    target.set(tensor.dataSync());
    return [name, target];
  });
  return Object.fromEntries(copies);
}

function copyInto(target: Float32Array, gradient: tf.Tensor | undefined): void {
  if (gradient === undefined) target.fill(0);
  else target.set(gradient.dataSync());
}

/** Shapes of the outputs, from one forward run on zeros. */
function probeOutputs(spec: ProgramSpec): TensorSpecs {
  const zeros = (specs: TensorSpecs): TensorMap =>
    Object.fromEntries(Object.entries(specs).map(([name, { shape, type }]) => [name, tf.zeros([...shape], type)]));
  const { outputs } = spec.run(zeros(spec.parameters), zeros(spec.inputs));
  return Object.fromEntries(
    Object.entries(outputs).map(([name, tensor]): [string, TensorSpec] => [
      name,
      { shape: tensor.shape, type: elementType(tensor.dtype) },
    ]),
  );
}

function elementType(dtype: tf.DataType): ElementType {
  return dtype === "int32" ? "int32" : "float32";
}
