import type { GraphValue } from "../graph.js";
import type { GraphBuilder } from "../graph-builder.js";

/** What a traced kernel sees: its inputs by name ("0", "1", ... for kernels with a list) and its attributes. */
export interface KernelCall {
  readonly graph: GraphBuilder;
  readonly inputs: Readonly<Record<string, GraphValue>>;
  readonly attributes: Readonly<Record<string, unknown>>;
}

/** Writes the nodes of one TensorFlow.js kernel and returns its results. */
export type TracedKernel = (call: KernelCall) => GraphValue | readonly GraphValue[];

export type TracedKernels = Readonly<Record<string, TracedKernel>>;

/** All inputs of a kernel with a list of them, in order. */
export function listInputs(inputs: Readonly<Record<string, GraphValue>>): readonly GraphValue[] {
  return Object.keys(inputs)
    .sort((a, b) => Number(a) - Number(b))
    .map((key) => inputs[key]!);
}
