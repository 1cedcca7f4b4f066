import type { TensorMap } from "../../runtime/program.js";
import { tf } from "../../runtime/tf.js";
import type { JointCounts } from "./joint-counts.js";
import {
  type Cells,
  chiSquare,
  eachCell,
  emptyCells,
  type LossTerm,
  type MixtureSize,
  mixtureParameters,
  mixtureTensors,
  setCell,
} from "./loss-term.js";
import { groupStarts } from "./mixture.js";

/** Blocks of two fields, crossed with a third one or with none. */
export interface Layer {
  readonly crossed: number | undefined;
  readonly blocks: readonly JointCounts[];
}

/** One-ways, and the layers as products of all groups. */
export function layerTerm(oneWays: readonly JointCounts[], layers: readonly Layer[], size: MixtureSize): LossTerm {
  const starts = groupStarts(size.fields);
  const groups = starts.at(-1)!;
  const inputs: Record<string, Float32Array> = {};
  const specs: Record<string, { shape: number[] }> = {};
  const add = (name: string, cells: Cells, shape: number[]): void => {
    Object.assign(inputs, { [`${name}.slope`]: cells.slope, [`${name}.target`]: cells.target });
    Object.assign(specs, { [`${name}.slope`]: { shape }, [`${name}.target`]: { shape } });
  };
  add("one", oneWayCells(oneWays, starts, size.rows), [groups, 1]);
  const products = layers.flatMap(({ crossed, blocks }) =>
    layerCells(crossed, blocks, size).map((cells, at) => ({
      cells,
      row: crossed === undefined ? undefined : starts[crossed]! + at,
    })),
  );
  for (const [index, { cells }] of products.entries()) add(`layer${index}`, cells, [groups, groups]);
  const run = (parameters: TensorMap, given: TensorMap) => {
    const { weights, probabilities } = mixtureTensors(parameters, size.fields);
    const shares = tf.matMul(probabilities, weights, false, true); // [L, 1]
    let loss = chiSquare(shares, given["one.slope"]!, given["one.target"]!);
    products.forEach(({ row }, index) => {
      const factor = row === undefined ? weights : tf.mul(weights, tf.slice(probabilities, [row, 0], [1, -1]));
      const { [`layer${index}.slope`]: slope, [`layer${index}.target`]: target } = given;
      loss = tf.add(loss, symmetricChiSquare(probabilities, factor as tf.Tensor2D, slope!, target!));
    });
    return { outputs: { chiSquare: tf.reshape(loss, [1]) }, loss };
  };
  return { spec: { name: "mixture", parameters: mixtureParameters(size), inputs: specs, run }, inputs };
}

function oneWayCells(oneWays: readonly JointCounts[], starts: readonly number[], rows: number): Cells {
  const cells = emptyCells(starts.at(-1)!);
  for (const { fields, counts, precision } of oneWays) {
    counts.forEach((count, group) => {
      setCell(cells, starts[fields[0]!]! + group, count, precision[group]!, rows);
    });
  }
  return cells;
}

/** Both triangles, each at half the precision, by group of the crossed field: symmetric [L, L] matrices. */
function layerCells(crossed: number | undefined, blocks: readonly JointCounts[], size: MixtureSize): Cells[] {
  const starts = groupStarts(size.fields);
  const groups = starts.at(-1)!;
  const layers = Array.from({ length: crossed === undefined ? 1 : size.fields[crossed]!.groups }, () =>
    emptyCells(groups ** 2),
  );
  for (const { fields, counts, precision } of blocks) {
    eachCell(
      fields.map((field) => size.fields[field]!.groups),
      (at, places) => {
        const of = (field: number): number => places[fields.indexOf(field)]!;
        const [a, b] = fields.filter((field) => field !== crossed) as [number, number];
        const layer = layers[crossed === undefined ? 0 : of(crossed)]!;
        const [i, j] = [starts[a]! + of(a), starts[b]! + of(b)];
        setCell(layer, i * groups + j, counts[at]!, precision[at]! / 2, size.rows);
        setCell(layer, j * groups + i, counts[at]!, precision[at]! / 2, size.rows);
      },
    );
  }
  return layers;
}

/**
 * chi^2 of P diag(v) P' for P [L, C], v [1, C] and symmetric slopes and targets [L, L]. By symmetry the derivatives by P and by v
 * share one product: with G the derivative by the cells, they are 2 (G P) v and the column sums of P (G P).
 */
function symmetricChiSquare(
  probabilities: tf.Tensor2D,
  factor: tf.Tensor2D,
  slope: tf.Tensor,
  target: tf.Tensor,
): tf.Scalar {
  const operation = tf.customGrad((p, v, saveTensors) => {
    const expected = tf.matMul(
      tf.mul(p as tf.Tensor2D, v as tf.Tensor2D) as tf.Tensor2D,
      p as tf.Tensor2D,
      false,
      true,
    );
    const residual = tf.sub(tf.mul(expected, slope), target) as tf.Tensor2D;
    (saveTensors as tf.GradSaveFunc)([p as tf.Tensor, v as tf.Tensor, residual]);
    const gradFunc = (dy: tf.Tensor, saved: tf.Tensor[]): tf.Tensor[] => {
      const [rows, shares, left] = saved as [tf.Tensor2D, tf.Tensor2D, tf.Tensor2D];
      const byCell = tf.mul(tf.mul(left, slope), tf.mul(dy, 2)) as tf.Tensor2D;
      const product = tf.matMul(byCell, rows); // [L, C]
      return [tf.mul(tf.mul(product, shares), 2), tf.sum(tf.mul(rows, product), 0, true)];
    };
    return { value: tf.sum(tf.square(residual)), gradFunc };
  });
  return operation(probabilities, factor) as tf.Scalar;
}
