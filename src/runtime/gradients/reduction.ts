import * as tf from "@tensorflow/tfjs-core";
import { keptShape, reducedAxes, spreadToShape } from "./broadcast.js";
import type { Axes, GradientContext, GradientRule } from "./gradient.js";

/** Derivatives of sums, means, extremes, products, softmax and running sums. */
export const reductionGradients: readonly GradientRule[] = [
  {
    kernel: tf.Sum,
    inputs: ["x"],
    backward: ({ dy, saved, attributes }) => ({ x: () => spreadToShape(dy, saved[0]!.shape, axesOf(attributes)) }),
  },
  {
    kernel: tf.Mean,
    inputs: ["x"],
    backward: ({ dy, saved, attributes }) => {
      const shape = saved[0]!.shape;
      const count = tf.util.sizeFromShape(shape) / tf.util.sizeFromShape(keptShape(shape, axesOf(attributes)));
      return { x: () => spreadToShape(tf.mul(1 / count, dy), shape, axesOf(attributes)) };
    },
  },
  extreme(tf.Max, "reductionIndices"),
  extreme(tf.Min, "axis"),
  {
    kernel: tf.Prod,
    inputs: ["x"],
    backward: (context) => ({ x: () => productGradient(context) }),
  },
  {
    kernel: tf.Softmax,
    outputs: [true],
    backward: ({ dy, saved, attributes }) => {
      const probabilities = saved[0]!;
      const weighted = tf.mul(dy, probabilities);
      const axis = attributes.dim as number;
      return { logits: () => tf.sub(weighted, tf.mul(tf.sum(weighted, axis, true), probabilities)) };
    },
  },
  {
    kernel: tf.LogSoftmax,
    outputs: [true],
    backward: ({ dy, saved, attributes }) => {
      const axis = attributes.axis as number;
      return { logits: () => tf.sub(dy, tf.mul(tf.sum(dy, axis, true), tf.exp(saved[0]!))) };
    },
  },
  {
    kernel: tf.Cumsum,
    backward: ({ dy, attributes }) => ({
      x: () => {
        const { axis, exclusive, reverse } = attributes as { axis: number; exclusive: boolean; reverse: boolean };
        return tf.cumsum(dy, axis, exclusive, !reverse);
      },
    }),
  },
];

function axesOf(attributes: Readonly<Record<string, unknown>>): Axes {
  return attributes.axis as Axes;
}

/** Ties share nothing: every position that attains the extreme receives the whole gradient, as in TensorFlow.js. */
function extreme(kernel: string, axisName: string): GradientRule {
  return {
    kernel,
    inputs: ["x"],
    outputs: [true],
    backward: ({ dy, saved, attributes }) => {
      const [x, y] = saved as [tf.Tensor, tf.Tensor];
      const kept = keptShape(x.shape, attributes[axisName] as Axes);
      const attained = (): tf.Tensor => tf.cast(tf.equal(x, tf.reshape(y, kept)), "float32");
      return { x: () => tf.mul(tf.reshape(dy, kept), attained()) };
    },
  };
}

/** Product of all other factors, by running products from both sides: exact where factors are zero. */
function productGradient({ dy, saved, attributes }: GradientContext): tf.Tensor {
  const x = saved[0]!;
  const axes = reducedAxes(x.shape, axesOf(attributes));
  const forth = [...x.shape.keys()].filter((axis) => !axes.includes(axis)).concat(axes);
  const moved = tf.transpose(x, forth);
  const count = tf.util.sizeFromShape(axes.map((axis) => x.shape[axis]!));
  const factors = tf.split(tf.reshape(moved, [x.size / count, count]), count, 1);
  const before = runningProducts(factors);
  const after = runningProducts([...factors].reverse()).reverse();
  const others = tf.concat(
    before.map((product, index) => tf.mul(product, after[index]!)),
    1,
  );
  const gradient = tf.mul(others, tf.reshape(dy, [x.size / count, 1]));
  return tf.transpose(tf.reshape(gradient, moved.shape), tf.backend_util.getUndoAxesPermutation(forth));
}

/** Exclusive running products: element i is the product of factors 0..i-1. */
function runningProducts(factors: readonly tf.Tensor[]): tf.Tensor[] {
  const products = [tf.onesLike(factors[0]!)];
  for (const factor of factors.slice(0, -1)) products.push(tf.mul(products.at(-1)!, factor));
  return products;
}
