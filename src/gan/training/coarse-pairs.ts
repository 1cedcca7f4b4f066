import type { RandomStream } from "../../core/random.js";
import type { LevelMap } from "../techniques/level-map.js";
import type { CompletionData } from "./completion-data.js";
import { type LevelRows, levelFrequencies } from "./level-rows.js";

/** Classes that a field's levels are put into: tables of fewer cells tell more with few rows. */
const CLASSES = 6;
const MAX_REAL_ROWS = 20_000;
const MAX_PAIRS = 2000;

/** Compares pairs of fields of sampled rows with real ones: mean half summed difference of their tables, 0..1. */
export type PairComparison = (sampled: LevelRows) => number;

/** A comparison with the validation rows, then training rows, 20,000 in all; of 2,000 random pairs where there are more. */
export function makePairComparison(data: CompletionData, random: RandomStream): PairComparison {
  const { map } = data;
  const classOf = classesOf(levelFrequencies(data.train, map), map);
  const ownCount = Math.min(MAX_REAL_ROWS, data.validation.rowCount);
  const trainCount = Math.min(MAX_REAL_ROWS - ownCount, data.train.rowCount);
  const own = classColumns(data.validation, ownCount, map, classOf);
  const train = classColumns(data.train, trainCount, map, classOf);
  const pairs = choosePairs(map.fields, random);
  return (sampled) => {
    const columns = classColumns(sampled, sampled.rowCount, map, classOf);
    let sum = 0;
    for (const [a, b] of pairs) {
      const difference = new Float64Array(CLASSES * CLASSES);
      addPair(difference, own[a]!, own[b]!, 1 / (ownCount + trainCount));
      addPair(difference, train[a]!, train[b]!, 1 / (ownCount + trainCount));
      addPair(difference, columns[a]!, columns[b]!, -1 / sampled.rowCount);
      for (const cell of difference) sum += Math.abs(cell) / 2;
    }
    return pairs.length === 0 ? 0 : sum / pairs.length;
  };
}

/** Neighbouring levels together until a class has its share of the rows; [L]. */
function classesOf(frequencies: Float64Array, map: LevelMap): Uint8Array {
  const classes = new Uint8Array(map.levels);
  for (let field = 0; field < map.fields; field++) {
    let below = 0;
    for (let level = map.starts[field]!; level < map.starts[field + 1]!; level++) {
      const middle = below + frequencies[level]! / 2;
      classes[level] = Math.min(CLASSES - 1, Math.floor(middle * CLASSES));
      below += frequencies[level]!;
    }
  }
  return classes;
}

function classColumns(rows: LevelRows, rowCount: number, map: LevelMap, classOf: Uint8Array): Uint8Array[] {
  return Array.from({ length: map.fields }, (_, field) =>
    Uint8Array.from({ length: rowCount }, (_, row) => classOf[rows.levels[row * map.fields + field]!]!),
  );
}

function choosePairs(fields: number, random: RandomStream): (readonly [number, number])[] {
  if ((fields * (fields - 1)) / 2 > MAX_PAIRS) {
    return Array.from({ length: MAX_PAIRS }, () => {
      const a = random.integer(fields);
      return [a, (a + 1 + random.integer(fields - 1)) % fields] as const;
    });
  }
  const all: [number, number][] = [];
  for (let a = 0; a < fields; a++) for (let b = a + 1; b < fields; b++) all.push([a, b]);
  return all;
}

function addPair(table: Float64Array, a: Uint8Array, b: Uint8Array, weight: number): void {
  for (let row = 0; row < a.length; row++) table[a[row]! * CLASSES + b[row]!]! += weight;
}
