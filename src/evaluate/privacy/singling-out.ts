import { setImmediate as nextTurn } from "node:timers/promises";
import { throwIfAborted } from "../../core/errors.js";
import type { RandomStream } from "../../core/random.js";
import type { AttackCounts } from "./attack-risk.js";
import type { AttributeTable } from "./attribute-table.js";
import {
  atLeast,
  atMost,
  equalTo,
  indexPredicates,
  type Predicate,
  predicateKey,
  type SinglesOut,
} from "./predicate.js";
import { sampleRows } from "./sample-rows.js";

/** The tables that an attack works on; training and held-out rows are equally many. */
export interface AttackTables {
  readonly train: AttributeTable;
  readonly synthetic: AttributeTable;
  readonly holdout: AttributeTable;
}

/** Columns of a multivariate predicate. */
const PREDICATE_COLUMNS = 3;
/** Predicates tried for each one asked for, before giving up. */
const TRIES_PER_ATTACK = 200;
/** Predicates between two turns of the event loop. */
const CHUNK = 100;

/**
 * The singling-out attacks (Giomi et al. 2023, doi:10.56553/popets-2023-0055): predicates true of exactly one synthetic
 * row succeed where they are true of exactly one training row (attack) or held-out row (control). Univariate: values
 * that occur once, at most the smallest, at least the largest. Multivariate: three columns of a random synthetic row,
 * numbers at least (above the synthetic median) or at most, else equal. Baseline: as many random predicates (random
 * columns, values and comparisons) that need not hold for any synthetic row.
 */
export async function attackSinglingOut(
  tables: AttackTables,
  attacks: number,
  random: RandomStream,
  signal?: AbortSignal,
): Promise<AttackCounts[]> {
  const univariate = univariatePredicates(tables.synthetic, attacks, random.fork("univariate"));
  const multivariate = await multivariatePredicates(tables.synthetic, attacks, random.fork("multivariate"), signal);
  const inTrain = indexPredicates(tables.train);
  const inHoldout = indexPredicates(tables.holdout);
  const counts: AttackCounts[] = [];
  for (const [name, predicates, width] of [
    ["univariate", univariate, 1],
    ["multivariate", multivariate, PREDICATE_COLUMNS],
  ] as const) {
    if (predicates.length === 0) continue;
    const guessing = random.fork(`guess ${name}`);
    const guesses = predicates.map(() => randomPredicate(tables.synthetic, width, guessing));
    counts.push({
      name,
      attack: await countSingledOut(predicates, inTrain, signal),
      control: await countSingledOut(predicates, inHoldout, signal),
      baseline: await countSingledOut(guesses, inTrain, signal),
      requested: attacks,
    });
  }
  return counts;
}

async function countSingledOut(predicates: readonly Predicate[], singlesOut: SinglesOut, signal?: AbortSignal) {
  let successes = 0;
  for (let i = 0; i < predicates.length; i++) {
    if (i % CHUNK === 0) await breathe(signal);
    if (singlesOut(predicates[i]!)) successes++;
  }
  return { attempts: predicates.length, successes };
}

function univariatePredicates(synthetic: AttributeTable, count: number, random: RandomStream): Predicate[] {
  const found: Predicate[] = [];
  synthetic.columns.forEach((column, at) => {
    const occurrences = new Map<number, number>();
    for (const value of column.values) occurrences.set(value, (occurrences.get(value) ?? 0) + 1);
    for (const [value, times] of occurrences) if (times === 1) found.push([equalTo(at, value)]);
    if (column.kind === "category") return;
    const present = [...occurrences.keys()].filter((value) => Number.isFinite(value));
    if (present.length === 0) return;
    const [smallest, largest] = extremes(present);
    if (occurrences.get(smallest) === 1) found.push([atMost(at, smallest)]);
    if (occurrences.get(largest) === 1) found.push([atLeast(at, largest)]);
  });
  return Array.from(sampleRows(found.length, count, random), (at) => found[at]!);
}

async function multivariatePredicates(
  synthetic: AttributeTable,
  count: number,
  random: RandomStream,
  signal?: AbortSignal,
): Promise<Predicate[]> {
  const found = new Map<string, Predicate>();
  if (synthetic.rowCount === 0) return [];
  const singlesOut = indexPredicates(synthetic);
  const medians = synthetic.columns.map((column) => medianOf(column.values));
  for (let tries = 0; tries < count * TRIES_PER_ATTACK && found.size < count; tries++) {
    if (tries % CHUNK === 0) await breathe(signal);
    const row = random.integer(synthetic.rowCount);
    const predicate = chooseColumns(synthetic, PREDICATE_COLUMNS, random).map((column) => {
      const { kind, values } = synthetic.columns[column]!;
      const value = values[row]!;
      if (kind === "category" || !Number.isFinite(value)) return equalTo(column, value);
      return value > medians[column]! ? atLeast(column, value) : atMost(column, value);
    });
    if (singlesOut(predicate)) found.set(predicateKey(predicate), predicate);
  }
  return [...found.values()];
}

function randomPredicate(synthetic: AttributeTable, width: number, random: RandomStream): Predicate {
  return chooseColumns(synthetic, width, random).map((column) => {
    const { kind, values } = synthetic.columns[column]!;
    const value = values[random.integer(values.length)]!;
    const comparison = random.integer(kind === "category" || !Number.isFinite(value) ? 2 : 4);
    if (comparison === 0) return equalTo(column, value);
    if (comparison === 1) return { ...equalTo(column, value), negated: true };
    return comparison === 2 ? atLeast(column, value) : atMost(column, value);
  });
}

function chooseColumns(table: AttributeTable, count: number, random: RandomStream): number[] {
  const width = table.columns.length;
  const chosen: number[] = [];
  while (chosen.length < Math.min(count, width)) {
    const column = random.integer(width);
    if (!chosen.includes(column)) chosen.push(column);
  }
  return chosen.sort((x, y) => x - y);
}

function medianOf(values: Float64Array): number {
  const sorted = values.filter((value) => Number.isFinite(value)).sort();
  return sorted[sorted.length >> 1] ?? Number.POSITIVE_INFINITY;
}

function extremes(values: readonly number[]): [number, number] {
  let smallest = values[0]!;
  let largest = values[0]!;
  for (const value of values) {
    if (value < smallest) smallest = value;
    if (value > largest) largest = value;
  }
  return [smallest, largest];
}

async function breathe(signal?: AbortSignal): Promise<void> {
  await nextTurn();
  throwIfAborted(signal);
}
