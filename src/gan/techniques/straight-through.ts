import { tf } from "../../runtime/tf.js";
import { activateFields } from "../networks/field-activation.js";

/**
 * Straight-through Gumbel-softmax (Jang et al. 2017, arXiv:1611.01144): hard one-hot levels forward, the gradient of the
 * tempered softmax backward, field by field.
 *
 * @param logits [rows, levels of all fields]
 * @param gumbel Gumbel(0, 1) noise of the same shape
 * @param widths levels of each field
 * @returns the same shape, exactly one 1 a field
 */
export function drawStraightThrough(
  logits: tf.Tensor2D,
  gumbel: tf.Tensor2D,
  widths: readonly number[],
  temperature: number,
): tf.Tensor2D {
  const fields = widths.map((levels) => ({ kind: "discrete", name: "", levels }) as const);
  const soft = activateFields(logits, gumbel, fields, temperature);
  const parts = tf.split(soft, [...widths], 1) as tf.Tensor2D[];
  return passThrough(soft, tf.concat(parts.map(highest), 1));
}

/** 1 at the row's highest entry, 0 elsewhere; no gradient. */
function highest(part: tf.Tensor2D): tf.Tensor2D {
  return tf.cast(tf.greaterEqual(part, tf.max(part, 1, true)), "float32");
}

/** `hard` forward, the gradient of `soft` backward. */
function passThrough(soft: tf.Tensor2D, hard: tf.Tensor2D): tf.Tensor2D {
  const choose = tf.customGrad((_soft) => ({ value: hard, gradFunc: (dy) => dy as tf.Tensor }));
  return choose(soft) as tf.Tensor2D;
}
