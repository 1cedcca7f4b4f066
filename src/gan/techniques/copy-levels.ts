import { tf } from "../../runtime/tf.js";
import type { LevelMap } from "./level-map.js";

/** Added to the logits of what must not be drawn: far below any other logit, far above float32's limit. */
const EXCLUDED = -100;

/**
 * Logits in which a copy level ("equal to field j", "a little above field j") can be drawn only where its source is known.
 *
 * @param logits [rows, L]
 * @param x one-hot levels and known flags, [rows, L + K]
 * @returns [rows, L]
 */
export function allowKnownCopies(logits: tf.Tensor2D, x: tf.Tensor2D, map: LevelMap): tf.Tensor2D {
  if (!hasCopies(map)) return logits;
  const excluded = new Float32Array(map.levels);
  for (const { level } of map.copies.flat()) excluded[level] = EXCLUDED;
  const known = tf.slice(x, [0, map.levels], [-1, map.fields]) as tf.Tensor2D; // [rows, K]
  const sources = new Float32Array(map.fields * map.levels);
  for (const { level, source } of map.copies.flat()) sources[source * map.levels + level] = -EXCLUDED;
  const lifted = tf.matMul(known, tf.tensor2d(sources, [map.fields, map.levels])); // [rows, L]
  return tf.add(tf.add(logits, tf.tensor2d(excluded, [1, map.levels])), lifted);
}

function hasCopies(map: LevelMap): boolean {
  return map.copies.some((copies) => copies.length > 0);
}
