import * as tf from "@tensorflow/tfjs-core";
import { SynthError } from "../../core/errors.js";
import { boundShape } from "../buffers.js";
import { differentiate } from "../differentiate.js";
import { registerGradients } from "../gradients/register.js";
import type { ProgramSpec, TensorMap, TensorSpecs } from "../program.js";
import { withBackend } from "../with-backend.js";
import type { GraphValue } from "./graph.js";
import { type GraphBuilder, makeGraphBuilder } from "./graph-builder.js";
import { registerTracedKernels } from "./kernels/register.js";
import { TRACER, type Tracer, traceInto } from "./tracer-backend.js";

/** A program as a graph: a value for each output, and for each gradient that is not zero everywhere. */
export interface TracedProgram {
  readonly graph: GraphBuilder;
  readonly outputs: Readonly<Record<string, GraphValue>>;
  readonly gradients: Readonly<Record<string, GraphValue>>;
}

export const PARAMETER_PREFIX = "parameters/";
export const INPUT_PREFIX = "inputs/";

/** Rows of the trace of a free batch, and of the second one that it is compared with: primes no layer is wide. */
const FREE_BATCH_ROWS = [7919, 7907] as const;

/**
 * Records what a program computes, with its gradients if asked for.
 * Throws E_RUNTIME_KERNEL for a kernel that cannot be traced, E_RUNTIME_BATCH_BAKED when a free batch is not free.
 */
export function traceProgram(spec: ProgramSpec, withGradients: boolean): TracedProgram {
  if (spec.freeBatch !== true) return traceWithRows(spec, withGradients, undefined);
  const traced = traceWithRows(spec, withGradients, FREE_BATCH_ROWS[0]);
  requireSameNumbers(spec, traced, traceWithRows(spec, withGradients, FREE_BATCH_ROWS[1]));
  return traced;
}

function traceWithRows(spec: ProgramSpec, withGradients: boolean, rows: number | undefined): TracedProgram {
  registerGradients();
  registerTracedKernels();
  const graph = makeGraphBuilder(rows);
  return withBackend(TRACER, () =>
    traceInto(graph, (tracer) => {
      const parameters = inputTensors(tracer, PARAMETER_PREFIX, spec.parameters, undefined);
      const inputs = inputTensors(tracer, INPUT_PREFIX, spec.inputs, rows);
      const read = (tensors: Readonly<Record<string, tf.Tensor | undefined>>): Record<string, GraphValue> =>
        toValues(tracer, tensors);
      const result = namingKernels(spec, () => differentiate(spec, parameters, inputs, withGradients, read));
      return { graph, outputs: result.outputs, gradients: read(result.gradients ?? {}) };
    }),
  );
}

function inputTensors(tracer: Tracer, prefix: string, specs: TensorSpecs, rows: number | undefined): TensorMap {
  const tensors: Record<string, tf.Tensor> = {};
  for (const [name, { shape, type }] of Object.entries(specs)) {
    const value = tracer.graph.input(prefix + name, boundShape(shape, rows), type ?? "float32");
    tensors[name] = tf.engine().makeTensorFromTensorInfo(tracer.toInfo(value));
  }
  return tensors;
}

function toValues(
  tracer: Tracer,
  tensors: Readonly<Record<string, tf.Tensor | undefined>>,
): Record<string, GraphValue> {
  const values: Record<string, GraphValue> = {};
  for (const [name, tensor] of Object.entries(tensors)) {
    if (tensor !== undefined && tensor !== null) values[name] = tracer.graphValue(tensor);
  }
  return values;
}

const MISSING_KERNEL = /^Kernel '(.+)' not registered for backend/;
const MISSING_GRADIENT = /gradient function not found for (.+)\.$/;

/** Turns TensorFlow.js' messages about what it lacks into errors with a code. */
function namingKernels<T>(spec: ProgramSpec, action: () => T): T {
  try {
    return action();
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : "";
    const kernel = MISSING_KERNEL.exec(message)?.[1];
    const gradient = MISSING_GRADIENT.exec(message)?.[1];
    if (kernel !== undefined) throw kernelError(spec, kernel, `kernel ${kernel}`, cause);
    if (gradient !== undefined) throw kernelError(spec, gradient, `derivative of kernel ${gradient}`, cause);
    throw cause;
  }
}

function kernelError(spec: ProgramSpec, kernel: string, what: string, cause: unknown): SynthError {
  return new SynthError("defect", "E_RUNTIME_KERNEL", `program ${spec.name} needs the ${what}, which is not mapped`, {
    hint: "write it with other operations, or map it (docs/runtime.md)",
    where: kernel,
    cause,
  });
}

/** A count of rows that became a number in the graph shows as a constant that differs between two traces. */
function requireSameNumbers(spec: ProgramSpec, a: TracedProgram, b: TracedProgram): void {
  const [left, right] = [a, b].map(({ graph }) => graph.constants.map(numbersOf));
  const isSame = left!.length === right!.length && left!.every((numbers, index) => numbers === right![index]);
  if (isSame) return;
  const message = `program ${spec.name} computes with the number of rows, which is free in it`;
  throw new SynthError("defect", "E_RUNTIME_BATCH_BAKED", message, { hint: "work row by row, or fix the batch" });
}

function numbersOf({ source }: GraphValue): string {
  if (source.kind === "uniform") return String(source.value);
  return source.kind === "constant" ? String(source.data) : "";
}
