import type { ProgramSpec, TensorMap, TensorSpecs } from "../../runtime/program.js";
import { tf } from "../../runtime/tf.js";
import type { FieldGroups } from "../paid-rows.js";
import { groupStarts } from "./mixture.js";

/** One program of the loss: its inputs never change. The sum over the terms is chi^2. */
export interface LossTerm {
  readonly spec: ProgramSpec;
  readonly inputs: Readonly<Record<string, Float32Array | Int32Array>>;
}

/** What the loss is of. */
export interface MixtureSize {
  readonly rows: number;
  readonly components: number;
  readonly fields: readonly FieldGroups[];
}

/** Logits of the weights [1, C] and of each field's groups [L, C]: components last, so that groups are contiguous rows. */
export function mixtureParameters({ components, fields }: MixtureSize): TensorSpecs {
  return { weights: { shape: [1, components] }, logits: { shape: [groupStarts(fields).at(-1)!, components] } };
}

/** Range of logits inside which a softmax needs no shift: exp(60) is far from float32's limit. */
const LOGIT_LIMIT = 60;

/** A logit of a field's group as the loss reads it. */
export function boundedLogit(logit: number): number {
  return Math.min(LOGIT_LIMIT, Math.max(-LOGIT_LIMIT, logit));
}

/** Each field's softmax over its groups, logits [L, C] -> [L, C]. */
function fieldSoftmax(logits: tf.Tensor2D, fields: readonly FieldGroups[]): tf.Tensor2D {
  const softmax = tf.customGrad((x, saveTensors) => {
    const members = membership(fields); // [L, K]
    const powers = tf.exp(tf.clipByValue(x as tf.Tensor, -LOGIT_LIMIT, LOGIT_LIMIT)) as tf.Tensor2D;
    const sums = tf.matMul(members, tf.matMul(members, powers, true, false)); // [L, C]
    const value = tf.div(powers, sums) as tf.Tensor2D;
    (saveTensors as tf.GradSaveFunc)([value]);
    const gradFunc = (dy: tf.Tensor, saved: tf.Tensor[]): tf.Tensor => {
      const weighted = tf.mul(saved[0]!, dy) as tf.Tensor2D;
      const owners = membership(fields);
      const spread = tf.matMul(owners, tf.matMul(owners, weighted, true, false));
      return tf.sub(weighted, tf.mul(saved[0]!, spread));
    };
    return { value, gradFunc };
  });
  return softmax(logits) as tf.Tensor2D;
}

/** 1 where a group is of a field, [L, K]. */
function membership(fields: readonly FieldGroups[]): tf.Tensor2D {
  const owners = fields.flatMap(({ groups }, index) => new Array<number>(groups).fill(index));
  const matrix = new Float32Array(owners.length * fields.length);
  owners.forEach((owner, group) => {
    matrix[group * fields.length + owner] = 1;
  });
  return tf.tensor2d(matrix, [owners.length, fields.length]);
}

/** Weights [1, C] and probabilities [L, C] of the logits. */
export function mixtureTensors(parameters: TensorMap, fields: readonly FieldGroups[]) {
  return {
    weights: tf.softmax(parameters.weights as tf.Tensor2D), // [1, C]
    probabilities: fieldSoftmax(parameters.logits as tf.Tensor2D, fields), // [L, C]
  };
}

/** Residuals are expected x slope - target, in standard deviations: slope = rows / sigma, target = measured / sigma. */
export interface Cells {
  readonly slope: Float32Array;
  readonly target: Float32Array;
}

export function emptyCells(size: number): Cells {
  return { slope: new Float32Array(size), target: new Float32Array(size) };
}

export function setCell(cells: Cells, at: number, count: number, precision: number, rows: number): void {
  cells.slope[at] = rows * Math.sqrt(precision);
  cells.target[at] = count * Math.sqrt(precision);
}

/** Sum of the squared residuals. */
export function chiSquare(expected: tf.Tensor, slope: tf.Tensor, target: tf.Tensor): tf.Scalar {
  return tf.sum(tf.square(tf.sub(tf.mul(expected, slope), target)));
}

/** Calls for each cell of a row-major table; `places` is one array, overwritten. */
export function eachCell(sizes: readonly number[], visit: (at: number, places: readonly number[]) => void): void {
  const places = sizes.map(() => 0);
  const cells = sizes.reduce((product, size) => product * size, 1);
  for (let at = 0; at < cells; at++) {
    visit(at, places);
    for (let axis = sizes.length - 1; axis >= 0; axis--) {
      places[axis]!++;
      if (places[axis]! < sizes[axis]!) break;
      places[axis] = 0;
    }
  }
}
