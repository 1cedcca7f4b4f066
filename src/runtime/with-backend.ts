import * as tf from "@tensorflow/tfjs-core";
import { SynthError } from "../core/errors.js";

/**
 * Calls `action` with the TensorFlow.js backend `name` selected, in a tensor scope of its own (every tensor made in it is
 * disposed of), and puts the former backend back. Wholly synchronous, so that programs on different backends never
 * interleave; the backend must be registered with a synchronous factory.
 */
export function withBackend<T>(name: string, action: () => T): T {
  const former = tf.engine().backendName;
  select(name);
  tf.engine().startScope(name);
  try {
    return action();
  } finally {
    tf.engine().endScope();
    if (former !== undefined && former !== null && former !== name) select(former);
  }
}

function select(name: string): void {
  if (tf.engine().backendName === name) return;
  void tf.setBackend(name);
  if (tf.engine().backend !== tf.findBackend(name)) {
    throw new SynthError("defect", "E_RUNTIME_BACKEND", `the TensorFlow.js backend ${name} could not be selected`);
  }
}
