import { throwIfAborted } from "../../core/errors.js";
import { compile } from "../../runtime/compile.js";
import type { Program, ProgramSpec } from "../../runtime/program.js";
import type { tf } from "../../runtime/tf.js";
import { type CompletionShape, completionLogits, completionParameters } from "../networks/completion-network.js";
import type { LevelMap } from "../techniques/level-map.js";
import { drawLevels } from "./draw-levels.js";
import type { CompletionWeights, RoundsOptions } from "./exact-rounds.js";

const CHUNK_ROWS = 1000;

/**
 * Few-round sampling: the groups in order, all fields of a group in one pass, with fresh z each round
 * (Xiao et al. 2022, arXiv:2112.07804).
 *
 * @param groups fields of each round
 * @returns levels of the concatenation, [rows, K]
 */
export async function sampleInGroups(
  network: CompletionWeights,
  groups: readonly (readonly number[])[],
  options: RoundsOptions,
): Promise<Uint32Array> {
  const { map } = network;
  const levels = new Uint32Array(options.rows * map.fields);
  const engine = { engine: options.engine, threads: options.threads };
  const program = await compile(completionForwardSpec(network.shape, map), engine);
  for (let from = 0; from < options.rows; from += CHUNK_ROWS) {
    throwIfAborted(options.signal);
    const rows = Math.min(CHUNK_ROWS, options.rows - from);
    const chunk = levels.subarray(from * map.fields, (from + rows) * map.fields);
    await completeChunk(network, program, groups, chunk, rows, options.random.fork(from / CHUNK_ROWS));
    options.onProgress({ kind: "progress", stage: "sample", done: from + rows, total: options.rows, unit: "rows" });
  }
  await program.dispose();
  return levels;
}

/** x [rows, L + K] and z [rows, Z] -> logits of all levels [rows, L], any number of rows. */
export function completionForwardSpec(shape: CompletionShape, map: LevelMap): ProgramSpec {
  return {
    name: "completion-network",
    parameters: completionParameters(shape),
    inputs: { x: { shape: [8, map.levels + map.fields] }, z: { shape: [8, shape.latent] } },
    freeBatch: true,
    run: (weights, inputs) => {
      const { x, z } = inputs as Record<"x" | "z", tf.Tensor2D>;
      return { outputs: { logits: completionLogits(weights, x, shape.blocks, { z }) } };
    },
  };
}

async function completeChunk(
  network: CompletionWeights,
  program: Program,
  groups: readonly (readonly number[])[],
  levels: Uint32Array,
  rows: number,
  random: RoundsOptions["random"],
): Promise<void> {
  const { map, shape, views } = network;
  const width = map.levels + map.fields;
  const x = new Float32Array(rows * width);
  const z = new Float32Array(rows * shape.latent);
  const codes = new Uint32Array(rows);
  for (const group of groups) {
    random.fillNormal(z);
    const { logits } = await program.run(views, { x, z });
    for (const field of group) {
      const start = map.starts[field]!;
      drawLevels(
        logits as Float32Array,
        { stride: map.levels, start, levels: map.starts[field + 1]! - start },
        codes,
        random,
      );
      for (let row = 0; row < rows; row++) {
        levels[row * map.fields + field] = start + codes[row]!;
        x[row * width + start + codes[row]!] = 1;
        x[row * width + map.levels + field] = 1;
      }
    }
  }
}
