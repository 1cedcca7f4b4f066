import { dataError, usageError } from "../../core/errors.js";
import { allowedBias } from "./allowed-levels.js";
import { BATCH_ROWS, type CompletionEngine } from "./completion-engine.js";
import type { FoldedNetwork } from "./folded-network.js";

/** For each field which of its levels are allowed: 1 or 0, [levels]; undefined where all are. */
export type AllowedLevels = readonly (Uint8Array | undefined)[];

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
  readonly rest: readonly { readonly field: number; readonly allowed: Uint8Array }[];
}

/** Combinations that a table may have: a second or two of work, once a sample. */
const MAX_COMBINATIONS = 200_000;

/** Below this a probability is what rounding left of none. */
const NO_MASS = 1e-25;

/**
 * The joint distribution p(conditioned fields | each within what is allowed), exactly, by the network's own conditionals:
 * cells with one allowed level first, then the other conditioned fields one after the other, the least likely condition
 * first. Rows drawn field by field under masks would not follow it: the fields drawn first would not know of the
 * conditions to come. Copy levels count as not allowed in conditioned fields.
 *
 * @returns undefined where nothing is conditioned
 * Throws E_SAMPLE_CONDITION_EMPTY where a field has no allowed level, E_SAMPLE_CONDITION_IMPOSSIBLE where no combination
 * has a probability.
 */
export async function makeConditionTable(
  engine: CompletionEngine,
  network: FoldedNetwork,
  allowed: AllowedLevels,
): Promise<ConditionTable | undefined> {
  const conditions = readConditions(network, allowed);
  if (conditions.length === 0) return undefined;
  const fixed = conditions.filter(({ open }) => open.length === 1);
  let table: Combinations = {
    fields: fixed.map(({ field }) => field),
    levels: Int32Array.from(fixed, ({ open }) => open[0]!),
    weights: Float64Array.of(1),
  };
  const sets = conditions.filter(({ open }) => open.length > 1);
  const ordered = await byLikelihood(engine, network, table, sets);
  let next = 0;
  for (; next < ordered.length; next++) {
    const condition = ordered[next]!;
    if (table.weights.length * condition.open.length > MAX_COMBINATIONS) break;
    table = await extend(engine, network, table, condition);
  }
  const rest = ordered.slice(next).map(({ field }) => ({ field, allowed: allowed[field]! }));
  return { fields: table.fields, levels: table.levels, cumulative: runningSums(table.weights), rest };
}

/** All fields of a table, in the order in which they are drawn. */
export function conditionedFields({ fields, rest }: ConditionTable): readonly number[] {
  return [...fields, ...rest.map(({ field }) => field)];
}

interface Condition {
  readonly field: number;
  /** Allowed levels, of the concatenation. */
  readonly open: readonly number[];
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

function readConditions({ heads, starts, copies }: FoldedNetwork, allowed: AllowedLevels): Condition[] {
  return heads.flatMap(({ bias }, field) => {
    const mask = allowed[field];
    if (mask === undefined || mask.every((flag) => flag === 1)) return [];
    const isCopy = new Set(copies[field]!.map(({ level }) => level));
    const levels = Array.from({ length: bias.length }, (_, level) => starts[field]! + level);
    const open = levels.filter((level, index) => mask[index] === 1 && !isCopy.has(level));
    if (open.length === 0) {
      throw usageError("E_SAMPLE_CONDITION_EMPTY", `no level of field ${field} is allowed`, {
        where: `field ${field}`,
      });
    }
    return [{ field, open }];
  });
}

/** The least likely conditions first: few combinations are left for those after them. */
async function byLikelihood(
  engine: CompletionEngine,
  network: FoldedNetwork,
  known: Combinations,
  sets: readonly Condition[],
): Promise<readonly Condition[]> {
  const masses: { readonly condition: Condition; readonly mass: number }[] = [];
  for (const condition of sets) {
    const { weights } = await extend(engine, network, known, condition);
    masses.push({ condition, mass: weights.reduce((sum, weight) => sum + weight, 0) });
  }
  return masses.sort((a, b) => a.mass - b.mass).map(({ condition }) => condition);
}

/** Every combination with every allowed level of one more field. */
async function extend(
  engine: CompletionEngine,
  network: FoldedNetwork,
  { fields, levels, weights }: Combinations,
  { field, open }: Condition,
): Promise<Combinations> {
  const width = fields.length;
  const longer: number[] = [];
  const longerWeights: number[] = [];
  const bias = allowedBias(network, field, undefined);
  for (let from = 0; from < weights.length; from += BATCH_ROWS) {
    const to = Math.min(weights.length, from + BATCH_ROWS);
    const batch = levels.subarray(from * width, to * width);
    await evaluateKnown(engine, network, batch, to - from);
    const shares = (await engine.shares([field], [bias]))[0]!;
    for (let row = from; row < to; row++) {
      for (const level of open) {
        const weight = weights[row]! * shares[(row - from) * bias.length + level - network.starts[field]!]!;
        if (!(weight > NO_MASS)) continue;
        for (let at = 0; at < width; at++) longer.push(levels[row * width + at]!);
        longer.push(level);
        longerWeights.push(weight);
      }
    }
  }
  if (longerWeights.length === 0) throw impossible(field);
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

function impossible(field: number) {
  return dataError("E_SAMPLE_CONDITION_IMPOSSIBLE", "no row that the model can draw meets the conditions", {
    where: `field ${field}`,
    hint: "allow more in some column",
  });
}
