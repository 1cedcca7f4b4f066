import type { Field } from "../../encode/field.js";
import { tf } from "../../runtime/tf.js";
import { fieldWidth } from "./ctgan-generator.js";

/**
 * Output activations: tanh for scalars, Gumbel-softmax for discrete fields (Jang et al. 2017, arXiv:1611.01144),
 * [rows, W] -> [rows, W]. The noise is constant to the tape. The derivative of all fields together takes their sums as
 * products with the [W, fields] membership matrix, which spares hundreds of small operations.
 */
export function activateFields(
  raw: tf.Tensor2D,
  gumbel: tf.Tensor2D,
  fields: readonly Field[],
  temperature: number,
): tf.Tensor2D {
  const activate = tf.customGrad((x, saveTensors) => {
    const discrete = columnConstant(fields, (field) => (field.kind === "discrete" ? 1 : 0));
    const noisy = tf.mul(tf.add(x as tf.Tensor, tf.mul(gumbel, discrete)), scaleOf(fields, temperature)) as tf.Tensor2D;
    const value = concatenate(fields, noisy, (part, field) =>
      field.kind === "scalar" ? tf.tanh(part) : tf.softmax(part),
    );
    (saveTensors as tf.GradSaveFunc)([value]);
    const gradFunc = (dy: tf.Tensor, saved: tf.Tensor[]): tf.Tensor =>
      tf.mul(activationGradient(dy, saved[0] as tf.Tensor2D, fields), scaleOf(fields, temperature));
    return { value, gradFunc };
  });
  return activate(raw) as tf.Tensor2D;
}

/** Softmax: y dy - y sum(y dy). Tanh, a field of one column: dy - y (y dy). */
function activationGradient(dy: tf.Tensor, y: tf.Tensor2D, fields: readonly Field[]): tf.Tensor {
  const scalar = columnConstant(fields, (field) => (field.kind === "scalar" ? 1 : 0));
  const weighted = tf.mul(y, dy) as tf.Tensor2D; // [rows, W]
  const members = membership(fields);
  const sums = tf.matMul(tf.matMul(weighted, members), members, false, true); // [rows, W]
  const first = tf.add(weighted, tf.mul(tf.sub(dy, weighted), scalar));
  return tf.sub(first, tf.mul(y, sums));
}

function scaleOf(fields: readonly Field[], temperature: number): tf.Tensor2D {
  return columnConstant(fields, (field) => (field.kind === "discrete" ? 1 / temperature : 1));
}

function concatenate(
  fields: readonly Field[],
  x: tf.Tensor2D,
  apply: (part: tf.Tensor2D, field: Field) => tf.Tensor2D,
): tf.Tensor2D {
  const parts = tf.split(x, fields.map(fieldWidth), 1) as tf.Tensor2D[];
  return tf.concat(
    parts.map((part, index) => apply(part, fields[index]!)),
    1,
  );
}

/** 1 where a column of the output belongs to a field, [W, fields]. */
function membership(fields: readonly Field[]): tf.Tensor2D {
  const owners = fields.flatMap((field, index) => new Array<number>(fieldWidth(field)).fill(index));
  const matrix = new Float32Array(owners.length * fields.length);
  owners.forEach((owner, column) => {
    matrix[column * fields.length + owner] = 1;
  });
  return tf.tensor2d(matrix, [owners.length, fields.length]);
}

function columnConstant(fields: readonly Field[], valueFor: (field: Field) => number): tf.Tensor2D {
  return tf.tensor2d([fields.flatMap((field) => new Array<number>(fieldWidth(field)).fill(valueFor(field)))]);
}
