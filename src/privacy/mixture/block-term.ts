import type { TensorMap, TensorSpecs } from "../../runtime/program.js";
import { tf } from "../../runtime/tf.js";
import type { FieldGroups } from "../paid-rows.js";
import type { JointCounts } from "./joint-counts.js";
import {
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

/** Numbers of the largest tensor of a batch of blocks. */
const BATCH_NUMBERS = 8_000_000;

/** Blocks of like sizes, so many that their tensors stay small. */
export function blockBatches(blocks: readonly JointCounts[], size: MixtureSize): JointCounts[][] {
  const sorted = [...blocks].sort((a, b) => a.fields.length - b.fields.length || b.counts.length - a.counts.length);
  const batches: JointCounts[][] = [];
  for (const block of sorted) {
    const batch = batches.at(-1);
    if (batch !== undefined && batch[0]!.fields.length === block.fields.length) {
      const { left } = sidesOf([...batch, block], size.fields);
      const numbers = (batch.length + 1) * left.reduce((product, width) => product * width, size.components);
      if (numbers <= BATCH_NUMBERS) {
        batch.push(block);
        continue;
      }
    }
    batches.push([block]);
  }
  return batches;
}

/** The widths of each side's fields: a block is a matrix [groups of the left fields, groups of the right ones]. */
function sidesOf(blocks: readonly JointCounts[], fields: readonly FieldGroups[]) {
  const ways = blocks[0]!.fields.length;
  const widths = Array.from({ length: ways }, (_, axis) =>
    Math.max(...blocks.map((block) => fields[block.fields[axis]!]!.groups)),
  );
  const split = Math.ceil(ways / 2);
  return { widths, split, left: widths.slice(0, split), right: widths.slice(split) };
}

/** Each block as a product of its groups' rows of P, gathered and multiplied side by side; padded with a row of zeros. */
export function blockTerm(blocks: readonly JointCounts[], size: MixtureSize): LossTerm {
  const starts = groupStarts(size.fields);
  const { widths, split, left, right } = sidesOf(blocks, size.fields);
  const height = left.reduce((product, width) => product * width, 1);
  const width = right.reduce((product, each) => product * each, 1);
  const cells = emptyCells(blocks.length * height * width);
  const inputs: Record<string, Float32Array | Int32Array> = { slope: cells.slope, target: cells.target };
  const shape = [blocks.length, height, width];
  const specs: Record<string, TensorSpecs[string]> = { slope: { shape }, target: { shape } };
  widths.forEach((groups, axis) => {
    inputs[`axis${axis}`] = Int32Array.from({ length: blocks.length * groups }, (_, at) => {
      const field = blocks[Math.floor(at / groups)]!.fields[axis]!;
      const group = at % groups;
      return group < size.fields[field]!.groups ? starts[field]! + group : starts.at(-1)!;
    });
    specs[`axis${axis}`] = { shape: [blocks.length * groups], type: "int32" };
  });
  blocks.forEach(({ fields, counts, precision }, block) => {
    eachCell(
      fields.map((field) => size.fields[field]!.groups),
      (at, places) => {
        const cell = places.reduce((sum, place, axis) => sum * widths[axis]! + place, block);
        setCell(cells, cell, counts[at]!, precision[at]!, size.rows);
      },
    );
  });
  const run = (parameters: TensorMap, given: TensorMap) => {
    const { weights, probabilities } = mixtureTensors(parameters, size.fields);
    const rows = tf.concat([probabilities, tf.zeros([1, size.components])], 0); // [L + 1, C]
    const gathered = widths.map((groups, axis) =>
      tf.reshape(tf.gather(rows, given[`axis${axis}`] as tf.Tensor1D), [blocks.length, groups, size.components]),
    ) as tf.Tensor3D[];
    const one = gathered.slice(0, split).reduce(rowProducts);
    const other = tf.mul(gathered.slice(split).reduce(rowProducts), weights) as tf.Tensor3D;
    const expected = tf.matMul(one, other, false, true);
    const loss = chiSquare(expected, given.slope!, given.target!);
    return { outputs: { chiSquare: tf.reshape(loss, [1]) }, loss };
  };
  return { spec: { name: "mixture-blocks", parameters: mixtureParameters(size), inputs: specs, run }, inputs };
}

/** Products of each row of one with each row of the other: [B, I, C], [B, J, C] -> [B, I J, C]. */
function rowProducts(first: tf.Tensor3D, second: tf.Tensor3D): tf.Tensor3D {
  const [batch, height, components] = first.shape;
  const width = second.shape[1];
  const products = tf.mul(
    tf.reshape(first, [batch, height, 1, components]),
    tf.reshape(second, [batch, 1, width, components]),
  );
  return tf.reshape(products, [batch, height * width, components]);
}
