import * as tf from "@tensorflow/tfjs-core";
import type { Axes } from "./gradient.js";

/** Sums `gradient` over the axes along which a tensor of `shape` was broadcast; the result has `shape`. */
export function sumToShape(gradient: tf.Tensor, shape: readonly number[]): tf.Tensor {
  const target = [...shape];
  const axes = tf.broadcast_util.getReductionAxes(target, gradient.shape);
  const summed = axes.length > 0 ? tf.sum(gradient, axes) : gradient;
  return sameShape(summed.shape, target) ? summed : tf.reshape(summed, target);
}

/** Spreads the gradient of a reduction over `axes` back to `shape` (a broadcast, no product with ones). */
export function spreadToShape(gradient: tf.Tensor, shape: readonly number[], axes: Axes): tf.Tensor {
  const kept = keptShape(shape, axes);
  return tf.broadcastTo(tf.reshape(gradient, kept), [...shape]);
}

/** The reduced axes, normalized to 0..rank-1. */
export function reducedAxes(shape: readonly number[], axes: Axes): number[] {
  const all = shape.map((_, axis) => axis);
  return axes === null || axes === undefined ? all : tf.util.parseAxisParam([axes].flat(), [...shape]);
}

/** `shape` with 1 in place of the reduced `axes`. */
export function keptShape(shape: readonly number[], axes: Axes): number[] {
  const reduced = reducedAxes(shape, axes);
  return shape.map((size, axis) => (reduced.includes(axis) ? 1 : size));
}

function sameShape(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((size, axis) => size === b[axis]);
}
