import type { RandomStream } from "../../core/random.js";
import type { TensorSpecs } from "../../runtime/program.js";
import type { tf } from "../../runtime/tf.js";
import type { CopyLevel, LevelMap } from "../techniques/level-map.js";
import type { LevelRows } from "./level-rows.js";

/** Buffers of one completion batch; names and shapes as `completionBatchSpecs`. */
export interface CompletionBatch {
  /** One-hot levels of the known fields, then the known flags; [rows, L + K]. */
  readonly x: Float32Array;
  /** One-hot levels of the unknown fields times their weight; [rows, L]. */
  readonly target: Float32Array;
  /** K / unknown fields of the row for unknown fields, 0 for known; [rows, K]. */
  readonly weights: Float32Array;
  readonly [name: string]: Float32Array;
}

/** The batch's buffers as tensors. */
export type CompletionTensors = Record<"x" | "target" | "weights", tf.Tensor2D>;

export function completionBatchSpecs(map: LevelMap, rows: number): TensorSpecs {
  return {
    x: { shape: [rows, map.levels + map.fields] },
    target: { shape: [rows, map.levels] },
    weights: { shape: [rows, map.fields] },
  };
}

export function makeCompletionBatch(map: LevelMap, rows: number): CompletionBatch {
  return {
    x: new Float32Array(rows * (map.levels + map.fields)),
    target: new Float32Array(rows * map.levels),
    weights: new Float32Array(rows * map.fields),
  };
}

/**
 * Fills a batch with `rows` of `data`: in each row a random number 0..K-1 of fields is known, a random subset.
 * Weights are scaled so that every row's loss estimates the whole row's (Hoogeboom et al. 2022, arXiv:2110.02037, eq. 5).
 */
export function fillCompletionBatch(
  batch: CompletionBatch,
  data: LevelRows,
  rows: Uint32Array,
  map: LevelMap,
  random: RandomStream,
): void {
  const { fields, levels } = map;
  batch.x.fill(0);
  batch.target.fill(0);
  batch.weights.fill(0);
  const order = Uint32Array.from({ length: fields }, (_, field) => field);
  const isKnown = new Uint8Array(fields);
  for (let i = 0; i < rows.length; i++) {
    const known = random.integer(fields);
    const weight = fields / (fields - known);
    chooseFirst(order, known, random);
    for (let at = 0; at < fields; at++) isKnown[order[at]!] = at < known ? 1 : 0;
    for (let at = 0; at < fields; at++) {
      const field = order[at]!;
      const level = data.levels[rows[i]! * fields + field]!;
      if (at < known) {
        batch.x[i * (levels + fields) + level] = 1;
        batch.x[i * (levels + fields) + levels + field] = 1;
      } else {
        const bits = data.copies?.[rows[i]! * fields + field] ?? 0;
        batch.target[i * levels + (bits === 0 ? level : copyOr(level, bits, map.copies[field]!, isKnown))] = weight;
        batch.weights[i * fields + field] = weight;
      }
    }
  }
}

/** The first copy level that says the truth (its bit is set) and whose source is known; else the ordinary level. */
function copyOr(level: number, bits: number, copies: readonly CopyLevel[], isKnown: Uint8Array): number {
  for (let at = 0; at < copies.length; at++) {
    if (((bits >>> at) & 1) === 1 && isKnown[copies[at]!.source] === 1) return copies[at]!.level;
  }
  return level;
}

/** Partial Fisher-Yates: a random subset of `count` in the first places. */
function chooseFirst(order: Uint32Array, count: number, random: RandomStream): void {
  for (let at = 0; at < count; at++) {
    const other = at + ((((order.length - at) * random.uint32()) / 4294967296) | 0);
    const swapped = order[at]!;
    order[at] = order[other]!;
    order[other] = swapped;
  }
}
