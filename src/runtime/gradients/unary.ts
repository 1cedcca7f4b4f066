import * as tf from "@tensorflow/tfjs-core";
import type { GradientRule } from "./gradient.js";

/** Derivatives of the elementwise functions of one tensor. */
export const unaryGradients: readonly GradientRule[] = [
  ofInput(tf.Abs, (dy, x) => tf.mul(dy, tf.sign(x))),
  ofInput(tf.Cos, (dy, x) => tf.neg(tf.mul(dy, tf.sin(x)))),
  ofInput(tf.Sin, (dy, x) => tf.mul(dy, tf.cos(x))),
  ofInput(tf.Erf, (dy, x) => tf.mul(dy, tf.mul(2 / Math.sqrt(Math.PI), tf.exp(tf.neg(tf.square(x)))))),
  ofInput(tf.Log, (dy, x) => tf.div(dy, x)),
  ofInput(tf.Log1p, (dy, x) => tf.div(dy, tf.add(1, x))),
  ofInput(tf.Square, (dy, x) => tf.mul(dy, tf.mul(2, x))),
  ofInput(tf.Softplus, (dy, x) => tf.mul(dy, tf.sigmoid(x))),
  ofInput(tf.Relu, (dy, x) => tf.mul(dy, tf.step(x))),
  ofInput(tf.LeakyRelu, (dy, x, attributes) => tf.mul(dy, tf.step(x, attributes.alpha as number))),
  {
    kernel: tf.ClipByValue,
    inputs: ["x"],
    outputs: [true],
    // Inside the range, edges included, the function is the identity.
    backward: ({ dy, saved }) => ({ x: () => tf.mul(dy, tf.cast(tf.equal(saved[0]!, saved[1]!), "float32")) }),
  },
  ofOutput(tf.Exp, (dy, y) => tf.mul(dy, y)),
  ofOutput(tf.Expm1, (dy, y) => tf.mul(dy, tf.add(y, 1))),
  ofOutput(tf.Sqrt, (dy, y) => tf.div(tf.mul(0.5, dy), y)),
  ofOutput(tf.Rsqrt, (dy, y) => tf.mul(dy, tf.mul(-0.5, tf.mul(y, tf.square(y))))),
  ofOutput(tf.Reciprocal, (dy, y) => tf.neg(tf.mul(dy, tf.square(y)))),
  ofOutput(tf.Tanh, (dy, y) => tf.mul(dy, tf.sub(1, tf.square(y)))),
  ofOutput(tf.Sigmoid, (dy, y) => tf.mul(dy, tf.mul(y, tf.sub(1, y)))),
  { kernel: tf.Neg, backward: ({ dy }) => ({ x: () => tf.neg(dy) }) },
  { kernel: tf.Identity, backward: ({ dy }) => ({ x: () => tf.clone(dy) }) },
  { kernel: tf.Cast, backward: ({ dy }) => ({ x: () => tf.cast(dy, "float32") }) },
  ...[tf.Sign, tf.Step, tf.Floor, tf.Ceil, tf.Round, tf.ZerosLike, tf.OnesLike, tf.LogicalNot].map(flat),
];

type Derivative = (dy: tf.Tensor, kept: tf.Tensor, attributes: Readonly<Record<string, unknown>>) => tf.Tensor;

function ofInput(kernel: string, derivative: Derivative): GradientRule {
  return {
    kernel,
    inputs: ["x"],
    backward: ({ dy, saved, attributes }) => ({ x: () => derivative(dy, saved[0]!, attributes) }),
  };
}

function ofOutput(kernel: string, derivative: Derivative): GradientRule {
  return {
    kernel,
    outputs: [true],
    backward: ({ dy, saved, attributes }) => ({ x: () => derivative(dy, saved[0]!, attributes) }),
  };
}

/** Piecewise constant functions: the gradient is zero wherever there is one. */
function flat(kernel: string): GradientRule {
  return { kernel, backward: ({ dy }) => ({ x: () => tf.zeros(dy.shape) }) };
}
