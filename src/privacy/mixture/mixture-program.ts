import type { ProgramSpec, TensorMap, TensorSpecs } from "../../runtime/program.js";
import { tf } from "../../runtime/tf.js";
import type { FieldGroups } from "../paid-rows.js";
import type { JointCounts } from "./joint-counts.js";
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

/** Batched small products take so many times as long as one large product of as many multiplications. */
const GATHERED_COST = 4;
/** Numbers of the largest tensor of a batch of blocks. */
const BATCH_NUMBERS = 8_000_000;

/** Logits of the weights [1, C] and of each field's groups [L, C]: components last, so that groups are contiguous rows. */
export function mixtureParameters({ components, fields }: MixtureSize): TensorSpecs {
  return { weights: { shape: [1, components] }, logits: { shape: [groupStarts(fields).at(-1)!, components] } };
}

/**
 * chi^2 = sum over cells of (expected - measured)^2 / variance as programs: one-ways and the blocks that are cheaper as one
 * product P diag(w) P' of all groups (pairs; pairs x the groups of a third field), and batches of the other blocks.
 */
export function lossTerms(joint: readonly JointCounts[], size: MixtureSize): LossTerm[] {
  const { layers, others } = chooseLayers(
    joint.filter(({ fields }) => fields.length > 1),
    size,
  );
  const whole = wholeTerm(
    joint.filter(({ fields }) => fields.length === 1),
    layers,
    size,
  );
  return [whole, ...blockBatches(others, size).map((batch) => blockTerm(batch, size))];
}

/** Blocks of two fields, crossed with a third one or with none. */
interface Layer {
  readonly crossed: number | undefined;
  readonly blocks: readonly JointCounts[];
}

function chooseLayers(joint: readonly JointCounts[], { fields }: MixtureSize) {
  const groups = groupStarts(fields).at(-1)!;
  const layers: Layer[] = [];
  let others = joint;
  const consider = (crossed: number | undefined): void => {
    const blocks = others.filter((block) => isOfLayer(block, crossed));
    const cells = blocks.reduce((sum, { counts }) => sum + counts.length, 0);
    const layerCost = groups ** 2 * (crossed === undefined ? 1 : fields[crossed]!.groups);
    if (layerCost > cells * GATHERED_COST) return;
    layers.push({ crossed, blocks });
    others = others.filter((block) => !blocks.includes(block));
  };
  consider(undefined);
  const crossings = fields
    .map((_, field) => ({ field, blocks: others.filter((block) => isOfLayer(block, field)).length }))
    .sort((a, b) => b.blocks - a.blocks || a.field - b.field);
  for (const { field } of crossings) consider(field);
  return { layers, others };
}

function isOfLayer({ fields }: JointCounts, crossed: number | undefined): boolean {
  return crossed === undefined ? fields.length === 2 : fields.length === 3 && fields.includes(crossed);
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

function mixtureOf(parameters: TensorMap, fields: readonly FieldGroups[]) {
  return {
    weights: tf.softmax(parameters.weights as tf.Tensor2D), // [1, C]
    probabilities: fieldSoftmax(parameters.logits as tf.Tensor2D, fields), // [L, C]
  };
}

/** Residuals are expected x slope - target, in standard deviations: slope = rows / sigma, target = measured / sigma. */
interface Cells {
  readonly slope: Float32Array;
  readonly target: Float32Array;
}

function emptyCells(size: number): Cells {
  return { slope: new Float32Array(size), target: new Float32Array(size) };
}

function setCell(cells: Cells, at: number, count: number, precision: number, rows: number): void {
  cells.slope[at] = rows * Math.sqrt(precision);
  cells.target[at] = count * Math.sqrt(precision);
}

/** One-ways, and the layers as products of all groups. */
function wholeTerm(oneWays: readonly JointCounts[], layers: readonly Layer[], size: MixtureSize): LossTerm {
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
    const { weights, probabilities } = mixtureOf(parameters, size.fields);
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

/** Calls for each cell of a row-major table; `places` is one array, overwritten. */
function eachCell(sizes: readonly number[], visit: (at: number, places: readonly number[]) => void): void {
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

function chiSquare(expected: tf.Tensor, slope: tf.Tensor, target: tf.Tensor): tf.Scalar {
  return tf.sum(tf.square(tf.sub(tf.mul(expected, slope), target)));
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

/** Blocks of like sizes, so many that their tensors stay small. */
function blockBatches(blocks: readonly JointCounts[], size: MixtureSize): JointCounts[][] {
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
function blockTerm(blocks: readonly JointCounts[], size: MixtureSize): LossTerm {
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
    const { weights, probabilities } = mixtureOf(parameters, size.fields);
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
