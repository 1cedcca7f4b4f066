import type * as tf from "@tensorflow/tfjs-core";

/** Axes of a reduction as TensorFlow.js passes them on; null means all. */
export type Axes = number | readonly number[] | null | undefined;

/** What the gradient of one kernel sees. `inputs` and `outputs` are those that the rule asked to keep. */
export interface GradientContext {
  readonly dy: tf.Tensor;
  /** One gradient an output; only kernels with several outputs need it. */
  readonly dys: readonly tf.Tensor[];
  /** Kept tensors, the inputs first, then the outputs. */
  readonly saved: readonly tf.Tensor[];
  readonly attributes: Readonly<Record<string, unknown>>;
}

/**
 * A kernel's derivative: one lazily evaluated gradient an input. Each must be a tensor of its own (`tf.clone(dy)`, not
 * `dy`): the tape disposes of gradients that it has added up.
 */
export interface GradientRule {
  readonly kernel: string;
  /** Names of inputs to keep, or "all" for kernels with a list of inputs. */
  readonly inputs?: readonly string[] | "all";
  /** Which outputs to keep. */
  readonly outputs?: readonly boolean[];
  readonly backward: (context: GradientContext) => Readonly<Record<string, () => tf.Tensor>>;
}
