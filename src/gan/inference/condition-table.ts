import { dataError, usageError } from "../../core/errors.js";
import { allowedBias } from "./allowed-levels.js";
import { BATCH_ROWS, type CompletionEngine } from "./completion-engine.js";
import type { FoldedNetwork } from "./folded-network.js";

/** How much of each level of a field is allowed. */
export interface FieldCondition {
  readonly field: number;
  /** The column's, for messages. */
  readonly name: string;
  /** 0 never .. 1 wholly, [levels without copies]; undefined where all are. One, or by the level of field `given`. */
  readonly weights: readonly (Float32Array | undefined)[];
  /** A field that is conditioned just before this one. */
  readonly given?: number;
}

/** The condition on one column: on its field, or on two of which the second's depends on the first. */
export type ColumnCondition = readonly FieldCondition[];

/**
 * How conditions are met: the joint distribution of the conditioned fields, as far as it can be enumerated, and the fields
 * that are left to rejection. Plain data.
 */
export interface ConditionTable {
  /** The enumerated fields. */
  readonly fields: readonly number[];
  /** Their allowed combinations as levels of the concatenation, [combinations, fields]. */
  readonly levels: Int32Array;
  /** Running sums of the combinations' probabilities, up to any factor; [combinations]. */
  readonly cumulative: Float64Array;
  /** Conditioned fields beyond the table, in the order in which they are drawn. */
  readonly rest: readonly FieldCondition[];
}

/** Combinations that a table may have: a second or two of work, once a sample. */
const MAX_COMBINATIONS = 200_000;

/** Below this a probability is what rounding left of none. */
const NO_MASS = 1e-25;

/**
 * The joint distribution p(conditioned fields | each within what is allowed), exactly, by the network's own conditionals:
 * cells with one allowed level first, then the other conditioned fields one after the other, the least likely condition
 * first. Rows drawn field by field under masks would not follow it: the fields drawn first would not know of the
 * conditions to come. Copy levels count as not allowed in conditioned fields: a number drawn before its source has none.
 *
 * Throws E_SAMPLE_CONDITION_EMPTY where a field has no allowed level, E_SAMPLE_CONDITION_IMPOSSIBLE where no combination
 * has a probability.
 */
export async function makeConditionTable(
  engine: CompletionEngine,
  network: FoldedNetwork,
  conditions: readonly ColumnCondition[],
): Promise<ConditionTable> {
  const fixed = conditions.flatMap((condition) => fixedLevel(network, condition) ?? []);
  let table: Combinations = {
    fields: fixed.map(({ field }) => field),
    levels: Int32Array.from(fixed, ({ level }) => level),
    weights: Float64Array.of(1),
  };
  const sets = conditions.filter((condition) => fixedLevel(network, condition) === undefined);
  const ordered = await byLikelihood(engine, network, table, sets);
  let next = 0;
  for (; next < ordered.length; next++) {
    const condition = ordered[next]!;
    if (table.weights.length * mostOpen(network, condition) > MAX_COMBINATIONS) break;
    for (const step of condition) table = await extend(engine, network, table, step);
  }
  const rest = ordered.slice(next).flat();
  return { fields: table.fields, levels: table.levels, cumulative: runningSums(table.weights), rest };
}

/** All fields of a table, in the order in which they are drawn. */
export function conditionedFields({ fields, rest }: ConditionTable): readonly number[] {
  return [...fields, ...rest.map(({ field }) => field)];
}

interface Combinations {
  readonly fields: readonly number[];
  readonly levels: Int32Array;
  readonly weights: Float64Array;
}

function runningSums(weights: Float64Array): Float64Array {
  const sums = weights.slice();
  for (let at = 1; at < sums.length; at++) sums[at]! += sums[at - 1]!;
  return sums;
}

/** The levels of a field that may be drawn under `weights`, and how much of each. */
function openLevels(
  { heads, starts, copies }: FoldedNetwork,
  field: number,
  weights: Float32Array | undefined,
): { readonly level: number; readonly weight: number }[] {
  const isCopy = new Set(copies[field]!.map(({ level }) => level));
  return Array.from(heads[field]!.bias, (_, index) => {
    const level = starts[field]! + index;
    return { level, weight: isCopy.has(level) ? 0 : weights === undefined ? 1 : (weights[index] ?? 0) };
  }).filter(({ weight }) => weight > 0);
}

/** The one level that a condition allows, if it does. */
function fixedLevel(network: FoldedNetwork, condition: ColumnCondition): { field: number; level: number } | undefined {
  const [first, second] = condition;
  if (first === undefined || second !== undefined) return undefined;
  const open = openLevels(network, first.field, first.weights[0]);
  if (open.length === 0) throw empty(first.name);
  return open.length === 1 ? { field: first.field, level: open[0]!.level } : undefined;
}

/** The most combinations that a condition makes of one. */
function mostOpen(network: FoldedNetwork, condition: ColumnCondition): number {
  return condition.reduce((product, { field, weights }) => {
    return product * Math.max(...weights.map((own) => openLevels(network, field, own).length));
  }, 1);
}

/** The least likely conditions first: few combinations are left for those after them. */
async function byLikelihood(
  engine: CompletionEngine,
  network: FoldedNetwork,
  known: Combinations,
  sets: readonly ColumnCondition[],
): Promise<readonly ColumnCondition[]> {
  const masses: { readonly condition: ColumnCondition; readonly mass: number }[] = [];
  for (const condition of sets) {
    const { weights } = await extend(engine, network, known, condition[0]!);
    masses.push({ condition, mass: weights.reduce((sum, weight) => sum + weight, 0) });
  }
  return masses.sort((a, b) => a.mass - b.mass).map(({ condition }) => condition);
}

/** Every combination with every allowed level of one more field. */
async function extend(
  engine: CompletionEngine,
  network: FoldedNetwork,
  { fields, levels, weights }: Combinations,
  step: FieldCondition,
): Promise<Combinations> {
  const { field } = step;
  const width = fields.length;
  const longer: number[] = [];
  const longerWeights: number[] = [];
  const bias = allowedBias(network, field, undefined);
  const open = step.weights.map((own) => openLevels(network, field, own));
  const givenAt = step.given === undefined ? -1 : fields.indexOf(step.given);
  const start = network.starts[field]!;
  for (let from = 0; from < weights.length; from += BATCH_ROWS) {
    const to = Math.min(weights.length, from + BATCH_ROWS);
    const batch = levels.subarray(from * width, to * width);
    await evaluateKnown(engine, network, batch, to - from);
    const shares = (await engine.shares([field], [bias]))[0]!;
    for (let row = from; row < to; row++) {
      const which = givenAt < 0 ? 0 : levels[row * width + givenAt]! - network.starts[step.given!]!;
      for (const { level, weight: allowed } of open[which] ?? []) {
        const weight = weights[row]! * allowed * shares[(row - from) * bias.length + level - start]!;
        if (!(weight > NO_MASS)) continue;
        for (let at = 0; at < width; at++) longer.push(levels[row * width + at]!);
        longer.push(level);
        longerWeights.push(weight);
      }
    }
  }
  if (longerWeights.length === 0) throw impossible(step.name);
  return {
    fields: [...fields, field],
    levels: Int32Array.from(longer),
    weights: Float64Array.from(longerWeights),
  };
}

/** Evaluates rows of which `levels` [rows, m] are known, with z = 0. */
export async function evaluateKnown(
  engine: CompletionEngine,
  { start, width, latent, starts, fromLatent }: FoldedNetwork,
  levels: Int32Array,
  rows: number,
): Promise<void> {
  const former = new Float32Array(rows * width);
  for (let at = 0; at < former.length; at += width) former.set(start, at);
  await engine.features({
    rows,
    former,
    learned: levels.length > 0 ? levels : new Int32Array(rows).fill(starts.at(-1)!),
    z: fromLatent === undefined ? undefined : new Float32Array(rows * latent),
    start: new Float32Array(rows * width),
  });
}

function empty(name: string) {
  return usageError("E_SAMPLE_CONDITION_EMPTY", `no value that column "${name}" can have meets the conditions`, {
    where: `column "${name}"`,
    hint: "allow more in this column",
  });
}

function impossible(name: string) {
  return dataError("E_SAMPLE_CONDITION_IMPOSSIBLE", "no row that the model can draw meets the conditions", {
    where: `column "${name}"`,
    hint: "allow more in some column",
  });
}
