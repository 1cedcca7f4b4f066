import * as tf from "@tensorflow/tfjs-core";
import { sumToShape } from "./broadcast.js";
import type { GradientRule } from "./gradient.js";

/** Derivatives of the elementwise functions of two tensors, broadcasting included. */
export const binaryGradients: readonly GradientRule[] = [
  ofBoth(tf.Add, {
    a: (dy) => tf.clone(dy),
    b: (dy) => tf.clone(dy),
  }),
  ofBoth(tf.Sub, {
    a: (dy) => tf.clone(dy),
    b: (dy) => tf.neg(dy),
  }),
  ofBoth(tf.Multiply, {
    a: (dy, _a, b) => tf.mul(dy, b),
    b: (dy, a) => tf.mul(dy, a),
  }),
  ofBoth(tf.RealDiv, {
    a: (dy, _a, b) => tf.div(dy, b),
    b: (dy, a, b) => tf.neg(tf.div(tf.mul(dy, a), tf.square(b))),
  }),
  ofBoth(tf.SquaredDifference, {
    a: (dy, a, b) => tf.mul(dy, tf.mul(2, tf.sub(a, b))),
    b: (dy, a, b) => tf.mul(dy, tf.mul(2, tf.sub(b, a))),
  }),
  ofBoth(tf.Maximum, {
    a: (dy, a, b) => tf.mul(dy, tf.cast(tf.greaterEqual(a, b), "float32")),
    b: (dy, a, b) => tf.mul(dy, tf.cast(tf.less(a, b), "float32")),
  }),
  ofBoth(tf.Minimum, {
    a: (dy, a, b) => tf.mul(dy, tf.cast(tf.lessEqual(a, b), "float32")),
    b: (dy, a, b) => tf.mul(dy, tf.cast(tf.greater(a, b), "float32")),
  }),
  {
    kernel: tf.Pow,
    inputs: ["a", "b"],
    outputs: [true],
    backward: ({ dy, saved }) => {
      const [base, exponent, power] = saved as [tf.Tensor, tf.Tensor, tf.Tensor];
      return {
        a: () => sumToShape(tf.mul(dy, tf.mul(exponent, tf.pow(base, tf.sub(exponent, 1)))), base.shape),
        b: () => sumToShape(tf.mul(dy, tf.mul(power, positiveLog(base))), exponent.shape),
      };
    },
  },
  {
    kernel: tf.Prelu,
    inputs: ["x", "alpha"],
    backward: ({ dy, saved }) => {
      const [x, alpha] = saved as [tf.Tensor, tf.Tensor];
      return {
        x: () => tf.where(tf.greater(x, 0), dy, tf.mul(dy, alpha)),
        alpha: () => sumToShape(tf.mul(dy, tf.minimum(x, 0)), alpha.shape),
      };
    },
  },
  {
    kernel: tf.Select,
    inputs: ["condition"],
    backward: ({ dy, saved }) => {
      const condition = saved[0]!;
      const mask = (): tf.Tensor => tf.cast(condition, "float32");
      return {
        condition: () => tf.zeros(condition.shape),
        t: () => tf.mul(dy, mask()),
        e: () => tf.mul(dy, tf.sub(1, mask())),
      };
    },
  },
  ...[tf.Equal, tf.NotEqual, tf.Greater, tf.GreaterEqual, tf.Less, tf.LessEqual, tf.LogicalAnd, tf.LogicalOr].map(flat),
];

type Derivative = (dy: tf.Tensor, a: tf.Tensor, b: tf.Tensor) => tf.Tensor;

function ofBoth(kernel: string, derivatives: { readonly a: Derivative; readonly b: Derivative }): GradientRule {
  return {
    kernel,
    inputs: ["a", "b"],
    backward: ({ dy, saved }) => {
      const [a, b] = saved as [tf.Tensor, tf.Tensor];
      return {
        a: () => sumToShape(derivatives.a(dy, a, b), a.shape),
        b: () => sumToShape(derivatives.b(dy, a, b), b.shape),
      };
    },
  };
}

function flat(kernel: string): GradientRule {
  return {
    kernel,
    inputs: ["a", "b"],
    backward: ({ saved }) => ({
      a: () => tf.zeros(saved[0]!.shape),
      b: () => tf.zeros(saved[1]!.shape),
    }),
  };
}

function positiveLog(base: tf.Tensor): tf.Tensor {
  const positive = tf.cast(tf.greater(base, 0), "float32");
  return tf.mul(positive, tf.log(tf.maximum(base, 1e-38)));
}
