import * as tf from "@tensorflow/tfjs-core";
import type { GraphValue } from "../graph.js";
import { registerTracer, TRACER, type Tracer } from "../tracer-backend.js";
import { arrangementKernels } from "./arrangement.js";
import { elementwiseKernels } from "./elementwise.js";
import type { TracedKernel, TracedKernels } from "./kernel.js";
import { reductionKernels } from "./reduction.js";

/** Every kernel that can be traced, by its TensorFlow.js name. */
export const tracedKernels: TracedKernels = { ...elementwiseKernels, ...reductionKernels, ...arrangementKernels };

/** Registers the tracing backend and its kernels, once. */
export function registerTracedKernels(): void {
  registerTracer();
  for (const [name, kernel] of Object.entries(tracedKernels)) {
    if (tf.getKernel(name, TRACER) === undefined) tf.registerKernel(toConfig(name, kernel));
  }
}

function toConfig(kernelName: string, kernel: TracedKernel): tf.KernelConfig {
  return {
    kernelName,
    backendName: TRACER,
    kernelFunc: ({ inputs, attrs, backend }) => {
      const tracer = backend as unknown as Tracer;
      const result = kernel({
        graph: tracer.graph,
        inputs: toValues(tracer, inputs),
        attributes: (attrs ?? {}) as Readonly<Record<string, unknown>>,
      });
      return Array.isArray(result) ? result.map((value) => tracer.toInfo(value)) : tracer.toInfo(result as GraphValue);
    },
  };
}

function toValues(tracer: Tracer, inputs: tf.NamedTensorInfoMap): Record<string, GraphValue> {
  const present = Object.entries(inputs).filter(([, tensor]) => tensor !== undefined && tensor !== null);
  return Object.fromEntries(present.map(([name, tensor]) => [name, tracer.graphValue(tensor!)]));
}
