import type { Field } from "../../encode/field.js";
import { tf } from "../../runtime/tf.js";
import type { PlannedTable } from "../architectures/architecture.js";
import { fieldWidth } from "../networks/ctgan-generator.js";

/**
 * By stage, from coarse to fine, the group that each column of an encoded row belongs to, [stages - 1][W]; at the last
 * stage, which is not listed, each column is its own. Groups lie within a field and are made of groups of the next stage.
 */
export type Hierarchy = readonly (readonly number[])[];

const FEWEST_GROUPS = 2;

/**
 * The levels of every field at ever coarser resolutions, half as many groups a stage: of a number neighbouring levels are
 * merged two by two, of a category the two rarest groups again and again. A missing number stays alone, as does a scalar.
 */
export function makeHierarchy(table: PlannedTable, stages: number): Hierarchy {
  const fine = table.fields.map((field, index) => groupsOfField(table, field, index));
  const stagesOfGroups = [fine];
  for (let stage = 1; stage < stages; stage++) stagesOfGroups.unshift(stagesOfGroups[0]!.map(mergeHalf));
  return stagesOfGroups.slice(0, -1).map(columnGroups);
}

/** A field's groups at one stage. */
interface FieldGroups {
  /** So many groups, from the first on, stand in order, neighbours side by side; 0 where none do. */
  readonly ordered: number;
  readonly groups: readonly Group[];
}

interface Group {
  readonly columns: readonly number[];
  readonly count: number;
}

function groupsOfField({ train, features }: PlannedTable, field: Field, index: number): FieldGroups {
  const counts = new Array<number>(fieldWidth(field)).fill(0);
  if (field.kind === "discrete") for (const code of train.fields[index]!) counts[code]!++;
  const groups = counts.map((count, column) => ({ columns: [column], count }));
  if (field.kind === "scalar" || features?.[index] === undefined) return { ordered: 0, groups };
  return { ordered: field.missingLevel ?? groups.length, groups };
}

function mergeHalf(field: FieldGroups): FieldGroups {
  const { ordered, groups } = field;
  if (ordered > 0) {
    if (ordered <= FEWEST_GROUPS) return field;
    const pairs = Array.from({ length: Math.ceil(ordered / 2) }, (_, pair) =>
      groups.slice(2 * pair, Math.min(ordered, 2 * pair + 2)).reduce(join),
    );
    return { ordered: pairs.length, groups: [...pairs, ...groups.slice(ordered)] };
  }
  const merged = [...groups];
  for (const wanted = Math.max(FEWEST_GROUPS, Math.ceil(groups.length / 2)); merged.length > wanted; ) {
    merged.sort((a, b) => b.count - a.count || a.columns[0]! - b.columns[0]!);
    merged.push(join(merged.pop()!, merged.pop()!));
  }
  return { ordered, groups: merged };
}

function join(a: Group, b: Group): Group {
  return { columns: [...a.columns, ...b.columns].sort((x, y) => x - y), count: a.count + b.count };
}

/** The group of each column of a row, numbered through all fields in the order of their first columns. */
function columnGroups(fields: readonly FieldGroups[]): number[] {
  const owners: number[] = [];
  let first = 0;
  for (const { groups } of fields) {
    const width = groups.reduce((sum, { columns }) => sum + columns.length, 0);
    const own = new Array<number>(width);
    const sorted = [...groups].sort((a, b) => a.columns[0]! - b.columns[0]!);
    for (const [group, { columns }] of sorted.entries()) for (const column of columns) own[column] = first + group;
    owners.push(...own);
    first += groups.length;
  }
  return owners;
}

/**
 * Rows of a weight that reads or writes encoded rows, as if those were at the current resolution: each stage's is the mean
 * over the rows of a group, which is what a row whose groups share their mass out over their levels makes of the weight.
 *
 * @param weight [W, units]
 * @param fades [stages], 1 for the first; how much of what each stage adds is seen
 */
export function atResolution(weight: tf.Tensor2D, hierarchy: Hierarchy, fades: tf.Tensor): tf.Tensor2D {
  const own = tf.split(fades, fades.shape[0]!, 0);
  const seen = [...hierarchy.map((owners) => groupMeans(weight, owners)), weight].map((rows, stage) => {
    const next = own[stage + 1];
    return tf.mul(rows, next === undefined ? own[stage]! : tf.sub(own[stage]!, next));
  });
  return seen.reduce((total, part) => tf.add(total, part)) as tf.Tensor2D;
}

/** Each row replaced by the mean of its group's: a symmetric projection, so the derivative is the same function of dy. */
function groupMeans(weight: tf.Tensor2D, owners: readonly number[]): tf.Tensor2D {
  const sizes = new Float32Array(Math.max(...owners) + 1);
  for (const owner of owners) sizes[owner]!++;
  const project = (x: tf.Tensor): tf.Tensor => {
    const ids = tf.tensor1d(Int32Array.from(owners), "int32");
    const shares = tf.tensor2d(
      sizes.map((size) => 1 / size),
      [sizes.length, 1],
    );
    return tf.gather(tf.mul(tf.unsortedSegmentSum(x as tf.Tensor2D, ids, sizes.length), shares), ids);
  };
  const differentiable = tf.customGrad((x) => ({ value: project(x as tf.Tensor), gradFunc: (dy) => project(dy) }));
  return differentiable(weight) as tf.Tensor2D;
}
