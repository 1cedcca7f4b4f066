import "./without-telemetry.js";
import { InferenceSession, Tensor } from "onnxruntime-node";

/** A buffer with its shape. */
export interface ShapedBuffer {
  readonly data: Float32Array | Int32Array;
  readonly shape: readonly number[];
}

/** A graph ready to run on one thread, one run at a time. */
export interface ForwardSession {
  /** Reads `inputs` and writes `outputs`; buffers may be larger than their shapes need. */
  run(inputs: Readonly<Record<string, ShapedBuffer>>, outputs: Readonly<Record<string, ShapedBuffer>>): Promise<void>;
  dispose(): Promise<void>;
}

/** Opens the bytes of a forward graph. */
export async function openForwardSession(graph: Uint8Array): Promise<ForwardSession> {
  const session = await InferenceSession.create(graph, {
    graphOptimizationLevel: "all",
    intraOpNumThreads: 1,
    interOpNumThreads: 1,
    executionMode: "sequential",
    logSeverityLevel: 3,
    extra: { session: { set_denormal_as_zero: "1" } },
  });
  return {
    run: async (inputs, outputs) => {
      await session.run(toTensors(inputs), toTensors(outputs));
    },
    dispose: () => session.release(),
  };
}

function toTensors(buffers: Readonly<Record<string, ShapedBuffer>>): Record<string, Tensor> {
  const tensors: Record<string, Tensor> = {};
  for (const name in buffers) {
    const { data, shape } = buffers[name]!;
    const size = shape.reduce((product, length) => product * length, 1);
    const used = data.length === size ? data : data.subarray(0, size);
    tensors[name] = used instanceof Int32Array ? new Tensor("int32", used, shape) : new Tensor("float32", used, shape);
  }
  return tensors;
}
