import type { Field } from "../../encode/field.js";
import { logSoftmax } from "../../runtime/log-softmax.js";
import { tf } from "../../runtime/tf.js";
import { fieldWidth } from "../networks/ctgan-generator.js";
import { conditionFields } from "../techniques/condition-sampler.js";

/**
 * Mean over rows of the conditioned column's cross-entropy against the condition, in nats, with its derivative in closed
 * form: softmax - one-hot in the conditioned field, nothing elsewhere.
 *
 * @param raw the generator's output before activations, [rows, W]
 * @param condition place of the condition among the levels of all condition fields, int32 [rows]
 */
export function conditionCrossEntropy(raw: tf.Tensor2D, condition: tf.Tensor1D, fields: readonly Field[]): tf.Scalar {
  const tables = conditionTables(fields);
  const lookUp = (table: Float32Array): tf.Tensor => tf.gather(tf.tensor2d(table, tables.shape), condition); // [rows, W]
  const crossEntropy = tf.customGrad((x, saveTensors) => {
    const logs = logSoftmaxOf(x as tf.Tensor2D, fields); // [rows, W]
    const picked = lookUp(tables.level);
    (saveTensors as tf.GradSaveFunc)([logs, picked, lookUp(tables.field)]);
    const gradFunc = (dy: tf.Tensor, saved: tf.Tensor[]): tf.Tensor => {
      const [logits, level, field] = saved as [tf.Tensor, tf.Tensor, tf.Tensor];
      return tf.mul(tf.sub(tf.mul(tf.exp(logits), field), level), tf.div(dy, raw.shape[0]));
    };
    return { value: tf.mul(tf.sum(tf.mul(logs, picked)), -1 / raw.shape[0]), gradFunc };
  });
  return crossEntropy(raw) as tf.Scalar;
}

/** Log-softmax of each condition field, 0 in the other columns. */
function logSoftmaxOf(x: tf.Tensor2D, fields: readonly Field[]): tf.Tensor2D {
  const parts = tf.split(x, fields.map(fieldWidth), 1);
  const conditions = new Set(conditionFields(fields));
  const logs = parts.map((part, index) => (conditions.has(index) ? logSoftmax(part) : tf.zerosLike(part)));
  return tf.concat(logs, 1) as tf.Tensor2D;
}

/** For each place of the condition: 1 at its level, and 1 at all levels of its field; [C, W]. */
function conditionTables(fields: readonly Field[]) {
  const starts: number[] = [];
  let width = 0;
  for (const field of fields) {
    starts.push(width);
    width += fieldWidth(field);
  }
  const rows = conditionFields(fields).flatMap((field) =>
    Array.from({ length: fieldWidth(fields[field]!) }, (_, level) => ({ field, level })),
  );
  const level = new Float32Array(rows.length * width);
  const field = new Float32Array(rows.length * width);
  rows.forEach((row, place) => {
    const start = place * width + starts[row.field]!;
    level[start + row.level] = 1;
    field.fill(1, start, start + fieldWidth(fields[row.field]!));
  });
  return { level, field, shape: [rows.length, width] as [number, number] };
}
