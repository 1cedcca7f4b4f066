/** TensorFlow.js operations, as functions (`tf.add(a, b)`; the chained form `a.add(b)` is not registered). */
export * as tf from "@tensorflow/tfjs-core";
