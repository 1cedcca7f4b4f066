import { tf } from "../../runtime/tf.js";
import type { LevelMap } from "./level-map.js";

/**
 * Straight-through Gumbel-softmax (Jang et al. 2017, arXiv:1611.01144): hard one-hot levels forward, the gradient of the
 * tempered softmax backward, field by field.
 *
 * @param logits [rows, L]
 * @param gumbel Gumbel(0, 1) noise, [rows, L]
 * @returns [rows, L], exactly one 1 a field
 */
export function drawStraightThrough(
  logits: tf.Tensor2D,
  gumbel: tf.Tensor2D,
  map: LevelMap,
  temperature: number,
): tf.Tensor2D {
  const widths = Array.from({ length: map.fields }, (_, field) => map.starts[field + 1]! - map.starts[field]!);
  const noisy = tf.split(tf.div(tf.add(logits, gumbel), temperature) as tf.Tensor2D, widths, 1) as tf.Tensor2D[];
  const soft = tf.concat(
    noisy.map((part) => tf.softmax(part)),
    1,
  );
  const hard = tf.concat(noisy.map(highest), 1);
  return passThrough(soft, hard);
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
