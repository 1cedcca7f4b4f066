import * as tf from "@tensorflow/tfjs-core";

/** Logarithm of the softmax over the last axis, any shape: one kernel where the engine has it, else tf.logSoftmax's five. */
export function logSoftmax<T extends tf.Tensor>(logits: T): T {
  const isKernel = tf.getKernel(tf.LogSoftmax, tf.getBackend()) !== undefined;
  if (!isKernel) return tf.logSoftmax(logits);
  return tf.engine().runKernel<T>(tf.LogSoftmax, { logits }, { axis: logits.rank - 1 });
}
