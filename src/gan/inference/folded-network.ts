import { assertDefined } from "../../core/errors.js";
import type { CopyLevel } from "../techniques/level-map.js";
import type { CompletionWeights } from "./completion-weights.js";

/** Weights of one residual block: h += gelu(norm(h) up + upBias) down + downBias. */
export interface FoldedBlock {
  readonly up: Float32Array;
  readonly upBias: Float32Array;
  readonly down: Float32Array;
  readonly downBias: Float32Array;
}

/**
 * A completion network rewritten for sampling; the same function but for rounding. Whatever is added to the residual
 * stream has mean 0 over its width, which layer normalization takes away in any case, so that dividing by the root mean
 * square is all that is left of it; its gains and shifts are part of the matrices that follow; a level's embedding holds
 * that of its field's known flag.
 */
export interface FoldedNetwork {
  /** H, and Z. */
  readonly width: number;
  readonly latent: number;
  /** First level of each field and, last, L; [K + 1]. */
  readonly starts: readonly number[];
  /** The residual stream when nothing is known, [H]. */
  readonly start: Float32Array;
  /** What a known level adds to it, [L, H]. */
  readonly embedding: Float32Array;
  /** What z adds to it, [Z, H]; undefined for networks sampled with z = 0. */
  readonly fromLatent: Float32Array | undefined;
  readonly blocks: readonly FoldedBlock[];
  /** features = gelu(norm(h) * outputGain + outputShift), [H]. */
  readonly outputGain: Float32Array;
  readonly outputShift: Float32Array;
  /** Per field: [H, levels of the field] and [levels of the field]. */
  readonly heads: readonly { readonly weight: Float32Array; readonly bias: Float32Array }[];
  /** Per field its levels that mean "follows from field `source`"; `level` is an index into the concatenation. */
  readonly copies: readonly (readonly CopyLevel[])[];
}

/** Folds a network's weights; `withLatent` for those that are sampled with a random z. */
export function foldNetwork(network: CompletionWeights, withLatent: boolean): FoldedNetwork {
  const { shape, map, views } = network;
  const { width } = shape;
  const view = (name: string): Float32Array => assertDefined(views[name], `weight ${name}`);
  const embedding = view("input").slice(0, map.levels * width);
  for (let field = 0; field < map.fields; field++) {
    const flag = (map.levels + field) * width;
    for (let level = map.starts[field]!; level < map.starts[field + 1]!; level++) {
      for (let i = 0; i < width; i++) embedding[level * width + i]! += view("input")[flag + i]!;
    }
  }
  return {
    width,
    latent: shape.latent,
    starts: map.starts,
    copies: map.copies,
    start: centreRows(view("inputBias").slice(), width),
    embedding: centreRows(embedding, width),
    fromLatent: withLatent ? centreRows(view("latent").slice(), width) : undefined,
    blocks: Array.from({ length: shape.blocks }, (_, block) => foldBlock(view, `block${block}`, width)),
    outputGain: view("output.gain"),
    outputShift: view("output.shift"),
    heads: Array.from({ length: map.fields }, (_, field) => {
      const [from, to] = [map.starts[field]!, map.starts[field + 1]!];
      return {
        weight: takeColumns(view("output.weight"), map.levels, from, to),
        bias: view("output.bias").slice(from, to),
      };
    }),
  };
}

function foldBlock(view: (name: string) => Float32Array, block: string, width: number): FoldedBlock {
  const [gain, shift] = [view(`${block}.gain`), view(`${block}.shift`)];
  const up = view(`${block}.up`).slice();
  const upBias = view(`${block}.upBias`).slice();
  for (let row = 0; row < width; row++) {
    for (let column = 0; column < width; column++) {
      const at = row * width + column;
      upBias[column]! += shift[row]! * up[at]!;
      up[at]! *= gain[row]!;
    }
  }
  return {
    up,
    upBias,
    down: centreRows(view(`${block}.down`).slice(), width),
    downBias: centreRows(view(`${block}.downBias`).slice(), width),
  };
}

/** Takes its mean from each row of [rows, width], in place. */
function centreRows(matrix: Float32Array, width: number): Float32Array {
  for (let start = 0; start < matrix.length; start += width) {
    let mean = 0;
    for (let i = 0; i < width; i++) mean += matrix[start + i]! / width;
    for (let i = 0; i < width; i++) matrix[start + i]! -= mean;
  }
  return matrix;
}

/** Columns `from` .. `to - 1` of a matrix [rows, columns]. */
function takeColumns(matrix: Float32Array, columns: number, from: number, to: number): Float32Array {
  const rows = matrix.length / columns;
  const taken = new Float32Array(rows * (to - from));
  for (let row = 0; row < rows; row++) {
    taken.set(matrix.subarray(row * columns + from, row * columns + to), row * (to - from));
  }
  return taken;
}
