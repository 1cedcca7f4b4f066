import * as tf from "@tensorflow/tfjs-core";
import { SynthError } from "../core/errors.js";
import { trainableNames } from "./buffers.js";
import type { ProgramSpec, TensorMap } from "./program.js";

export interface Differentiated<T> {
  /** What `readOutputs` made of the outputs, while they were alive. */
  readonly outputs: T;
  /** d loss / d parameter by name; undefined where the loss does not depend on the parameter. */
  readonly gradients: Readonly<Record<string, tf.Tensor | undefined>> | undefined;
}

/**
 * Runs a program's function on the selected backend, with its gradients if asked for. Call it inside tf.tidy: the
 * gradients are tensors of that scope. `readOutputs` is called while the outputs are alive.
 * Throws E_RUNTIME_LOSS when gradients are asked of a function without a scalar loss.
 */
export function differentiate<T>(
  spec: ProgramSpec,
  parameters: TensorMap,
  inputs: TensorMap,
  withGradients: boolean,
  readOutputs: (outputs: TensorMap) => T,
): Differentiated<T> {
  if (!withGradients) return { outputs: readOutputs(spec.run(parameters, inputs).outputs), gradients: undefined };
  const names = trainableNames(spec);
  let outputs: { readonly value: T } | undefined;
  const forward = (): tf.Tensor => {
    const result = spec.run(parameters, inputs);
    outputs = { value: readOutputs(result.outputs) };
    return requireLoss(spec, result.loss);
  };
  const trainable = names.map((name) => parameters[name]!);
  const { grads } = releasingTape(() => tf.engine().gradients(forward, trainable, undefined, true));
  // With allowNoGradients tfjs returns undefined for a parameter that the loss does not reach.
  const gradients = Object.fromEntries(names.map((name, index) => [name, grads[index]]));
  return { outputs: outputs!.value, gradients };
}

/** After an error tfjs-core leaves its tape behind, with the tensors kept for the way back. */
function releasingTape<T>(action: () => T): T {
  try {
    return action();
  } catch (error) {
    const { state } = tf.engine();
    for (const { saved } of state.activeTape ?? []) saved?.forEach((tensor) => void tensor.dispose());
    state.activeTape = [];
    throw error;
  }
}

function requireLoss(spec: ProgramSpec, loss: tf.Tensor | undefined): tf.Tensor {
  if (loss !== undefined && loss.size === 1) return loss.rank === 0 ? loss : tf.reshape(loss, []);
  const found = loss === undefined ? "there is none" : `it has shape [${loss.shape.join(", ")}]`;
  throw new SynthError("defect", "E_RUNTIME_LOSS", `program ${spec.name} needs a scalar loss for gradients; ${found}`);
}
