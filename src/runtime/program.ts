import type { Tensor } from "@tensorflow/tfjs-core";

export type ElementType = "float32" | "int32";

/** Shape and element type (default float32) of one named tensor. */
export interface TensorSpec {
  readonly shape: readonly number[];
  readonly type?: ElementType;
}

export type TensorSpecs = Readonly<Record<string, TensorSpec>>;
export type TensorMap = Readonly<Record<string, Tensor>>;
/** Named flat buffers, row-major. */
export type Buffers = Readonly<Record<string, Float32Array | Int32Array>>;

/**
 * A function of parameters and inputs written once with TensorFlow.js operations. With a `loss` among its results its
 * gradients with respect to the parameters are part of the program; without, it only runs forward.
 */
export interface ProgramSpec {
  readonly name: string;
  /** float32; the weights. */
  readonly parameters: TensorSpecs;
  /** What changes with every run: batches, masks and random numbers (drawn outside, from a seeded stream). */
  readonly inputs: TensorSpecs;
  /** Must be pure: it is traced once (onnx) or called at every run (tensorflow, cpu). */
  readonly run: (parameters: TensorMap, inputs: TensorMap) => ProgramResult;
  /**
   * The first axis of every input and output is free: a run takes as many rows as its buffers hold (tracing uses the
   * shapes given). A kernel that would bake the row count in is an error that names it. Default false.
   */
  readonly freeBatch?: boolean;
  /** Parameters to differentiate with respect to; default: all of them when there is a loss. */
  readonly trainable?: readonly string[];
}

export interface ProgramResult {
  /** float32 tensors to hand out. */
  readonly outputs: TensorMap;
  /** A scalar to differentiate. */
  readonly loss?: Tensor;
}

/** A compiled program. One run at a time. */
export interface Program {
  readonly spec: ProgramSpec;
  /** Shapes of the outputs, known after compilation. */
  readonly outputSpecs: TensorSpecs;
  /**
   * Runs once. `parameters` and `inputs` are read; `gradients` (one buffer a trainable parameter) and the returned outputs
   * are written. The returned buffers belong to the program and are overwritten by the next run.
   * Throws E_RUNTIME_* when a buffer is missing or has the wrong length.
   */
  run(parameters: Buffers, inputs: Buffers, gradients?: Readonly<Record<string, Float32Array>>): Promise<Buffers>;
  dispose(): Promise<void>;
}

export type EngineName = "onnx" | "tensorflow" | "cpu";

export interface CompileOptions {
  readonly engine: EngineName;
  /** Threads inside one run; default 1. */
  readonly threads?: number;
  /**
   * Where the onnx engine writes what each operator took, as Chrome's trace events: start of the file's path, which
   * onnxruntime completes by the time. Written when the program is disposed. Runs are a few percent slower meanwhile.
   */
  readonly profileTo?: string;
}
