import * as tf from "@tensorflow/tfjs-core";
import { SynthError } from "../../core/errors.js";
import type { ConstantData, GraphValue, ValueType } from "./graph.js";
import { type GraphBuilder, makeGraphBuilder } from "./graph-builder.js";

export const TRACER = "synth-onnx-tracer";

/** A TensorFlow.js backend whose tensors are values of an ONNX graph. It knows shapes and types, never numbers. */
export interface Tracer {
  readonly graph: GraphBuilder;
  /** The graph value behind a tensor. Throws E_RUNTIME_FOREIGN_TENSOR for tensors made outside the traced function. */
  graphValue(tensor: tf.TensorInfo): GraphValue;
  /** What a kernel returns for a graph value. */
  toInfo(value: GraphValue): tf.TensorInfo;
}

/**
 * Calls `action` with a fresh graph behind the tracer backend, which must be the selected one.
 * The tensors of `action` must not leave it.
 */
export function traceInto<T>(graph: GraphBuilder, action: (tracer: Tracer) => T): T {
  const backend = tf.findBackend(TRACER) as TracerBackend;
  backend.graph = graph;
  try {
    return action(backend);
  } finally {
    backend.graph = makeGraphBuilder();
  }
}

/** Registers the backend; safe to call again. */
export function registerTracer(): void {
  if (tf.findBackendFactory(TRACER) === undefined || tf.findBackendFactory(TRACER) === null) {
    tf.registerBackend(TRACER, () => new TracerBackend(), 0);
  }
}

interface Entry {
  readonly value: GraphValue;
  references: number;
}

class TracerBackend extends tf.KernelBackend implements Tracer {
  graph: GraphBuilder = makeGraphBuilder();
  readonly #entries = new Map<tf.DataId, Entry>();

  graphValue(tensor: tf.TensorInfo): GraphValue {
    const entry = this.#entries.get(tensor.dataId);
    if (entry !== undefined) return entry.value;
    throw new SynthError(
      "defect",
      "E_RUNTIME_FOREIGN_TENSOR",
      "a tensor made outside of a program was used inside it",
      {
        hint: "make constants inside the program's function, or pass them as inputs",
      },
    );
  }

  toInfo(value: GraphValue): tf.TensorInfo {
    const dataId = {};
    this.#entries.set(dataId, { value, references: 1 });
    return { dataId, shape: [...value.shape], dtype: value.type === "int64" ? "int32" : value.type };
  }

  override write(values: tf.BackendValues, shape: number[], dtype: tf.DataType): tf.DataId {
    return this.toInfo(constantValue(this.graph, values, shape, dtype)).dataId;
  }

  override readSync(): tf.BackendValues {
    throw new SynthError("defect", "E_RUNTIME_TRACE_READ", "a program read a tensor's numbers while it was traced", {
      hint: "compute with tensors; numbers exist only when the program runs",
    });
  }

  override async read(): Promise<tf.BackendValues> {
    return this.readSync();
  }

  override numDataIds(): number {
    return this.#entries.size;
  }

  override refCount(dataId: tf.DataId): number {
    return this.#entries.get(dataId)?.references ?? 0;
  }

  override incRef(dataId: tf.DataId): void {
    const entry = this.#entries.get(dataId);
    if (entry !== undefined) entry.references++;
  }

  override disposeData(dataId: tf.DataId, force = false): boolean {
    const entry = this.#entries.get(dataId);
    if (entry === undefined) return true;
    entry.references--;
    if (!force && entry.references > 0) return false;
    this.#entries.delete(dataId);
    return true;
  }

  override memory(): { unreliable: boolean } {
    return { unreliable: false };
  }

  override floatPrecision(): 16 | 32 {
    return 32;
  }

  override epsilon(): number {
    return 1e-7;
  }

  override dispose(): void {
    this.#entries.clear();
  }
}

function constantValue(
  graph: GraphBuilder,
  values: tf.BackendValues,
  shape: readonly number[],
  dtype: tf.DataType,
): GraphValue {
  const type = valueType(dtype);
  const data = toData(values, type);
  const [first = 0] = data as Float32Array;
  const isUniform = data.length > 0 && (data as Float32Array).every((value) => Object.is(value, first));
  return isUniform ? graph.uniform(Number(first), shape, type) : graph.constant(data, shape, type);
}

function toData(values: tf.BackendValues, type: ValueType): ConstantData {
  const numbers = values as ArrayLike<number>;
  // Copies: the caller may reuse its array.
  if (type === "int32") return Int32Array.from(numbers);
  return type === "bool" ? Uint8Array.from(numbers) : Float32Array.from(numbers);
}

/** The graph's type for a TensorFlow.js type. Throws E_RUNTIME_TYPE for text and complex numbers. */
export function valueType(dtype: tf.DataType): ValueType {
  if (dtype === "float32" || dtype === "int32" || dtype === "bool") return dtype;
  throw new SynthError("defect", "E_RUNTIME_TYPE", `programs compute with float32, int32 and bool; got ${dtype}`);
}
