import type { TensorMap } from "../../runtime/program.js";
import { tf } from "../../runtime/tf.js";
import { type CompletionShape, completionFeatures } from "../networks/completion-network.js";
import { gumbelNoise } from "../networks/ctgan-generator.js";
import type { LevelMap } from "../techniques/level-map.js";
import { drawStraightThrough } from "../techniques/straight-through.js";

/** What rows are completed by. */
interface GroupRounds {
  readonly map: LevelMap;
  readonly shape: CompletionShape;
  /** Fields of each round. */
  readonly groups: readonly (readonly number[])[];
  readonly options: { readonly temperature: number };
}

/** Rows completed over groups of fields, differentiable. */
export interface CompletedRows {
  /** One-hot levels of all fields, [B, L]. */
  readonly rows: tf.Tensor2D;
  /** What was known at first, [B, K]. */
  readonly flags: tf.Tensor2D;
}

/** Ordinary levels (no copies) of the fields of a group: how many values `uniform{r}` has in a row. */
export function groupLevels(group: readonly number[], map: LevelMap): number {
  return group.reduce((sum, field) => sum + ordinaryLevels(field, map), 0);
}

/**
 * Completes rows group by group with fresh z each round; what `start` holds stays. Only the asked group's logits are
 * computed, and copy levels are left out: a group does not know the numbers of its own round.
 *
 * @param inputs `start` [B, L + K] what is known at first; `uniform{r}` [B, levels of the group] and `z{r}` [B, Z] by round r
 */
export function completeByGroups(parameters: TensorMap, inputs: TensorMap, setup: GroupRounds): CompletedRows {
  const { map, shape, groups, options } = setup;
  const [startLevels, flags] = tf.split(inputs.start as tf.Tensor2D, [map.levels, map.fields], 1) as [
    tf.Tensor2D,
    tf.Tensor2D,
  ];
  let levels = startLevels; // [B, L]
  let known = flags; // [B, K]
  groups.forEach((group, round) => {
    const x = tf.concat([levels, known], 1);
    const z = inputs[`z${round}`] as tf.Tensor2D;
    const features = completionFeatures(parameters, x, shape.blocks, { z }); // [B, H]
    const weight = takeGroup(parameters["output.weight"] as tf.Tensor2D, group, map); // [H, levels of the group]
    const bias = takeGroup(tf.reshape(parameters["output.bias"]!, [1, map.levels]), group, map);
    const logits = tf.add(tf.matMul(features, weight), bias) as tf.Tensor2D;
    const gumbel = gumbelNoise(inputs[`uniform${round}`] as tf.Tensor2D);
    const widths = group.map((field) => ordinaryLevels(field, map));
    const drawn = drawStraightThrough(logits, gumbel, widths, options.temperature);
    const wanted = tf.mul(tf.sub(1, known), groupFlags(group, map)) as tf.Tensor2D; // [B, K]
    const wantedLevels = tf.matMul(wanted, map.membership(), false, true); // [B, L]
    levels = tf.add(levels, tf.mul(placeGroup(drawn, group, map), wantedLevels));
    known = tf.add(known, wanted);
  });
  return { rows: levels, flags };
}

function ordinaryLevels(field: number, map: LevelMap): number {
  return map.starts[field + 1]! - map.starts[field]! - map.copies[field]!.length;
}

/** The columns of a group's ordinary levels, fields in ascending order: [n, L] -> [n, levels of the group]. */
function takeGroup(matrix: tf.Tensor2D, group: readonly number[], map: LevelMap): tf.Tensor2D {
  const sizes = Array.from({ length: map.fields }, (_, field) => [
    ordinaryLevels(field, map),
    map.copies[field]!.length,
  ])
    .flat()
    .map((size, index) => ({ size, isTaken: index % 2 === 0 && group.includes(index / 2) }))
    .filter(({ size }) => size > 0);
  const parts = tf.split(
    matrix,
    sizes.map(({ size }) => size),
    1,
  ) as tf.Tensor2D[];
  return tf.concat(
    parts.filter((_, index) => sizes[index]!.isTaken),
    1,
  );
}

/** The group's levels in their places among all levels, zeros elsewhere: [B, levels of the group] -> [B, L]. */
function placeGroup(drawn: tf.Tensor2D, group: readonly number[], map: LevelMap): tf.Tensor2D {
  const rows = drawn.shape[0];
  const parts = tf.split(
    drawn,
    group.map((field) => ordinaryLevels(field, map)),
    1,
  ) as tf.Tensor2D[];
  const zeros = (width: number) => (width === 0 ? [] : [tf.zeros([rows, width]) as tf.Tensor2D]);
  let at = 0;
  const placed = group.flatMap((field, index) => {
    const gap = zeros(map.starts[field]! - at);
    at = map.starts[field]! + ordinaryLevels(field, map);
    return [...gap, parts[index]!];
  });
  return tf.concat([...placed, ...zeros(map.levels - at)], 1);
}

/** 1 for the fields of a group, [1, K]. */
function groupFlags(group: readonly number[], map: LevelMap): tf.Tensor2D {
  const flags = new Float32Array(map.fields);
  for (const field of group) flags[field] = 1;
  return tf.tensor2d(flags, [1, map.fields]);
}
