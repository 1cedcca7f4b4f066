import { throwIfAborted } from "../../core/errors.js";
import type { OnProgress } from "../../core/progress.js";
import type { RandomStream } from "../../core/random.js";
import { compile } from "../../runtime/compile.js";
import type { Buffers, EngineName, Program, TensorSpecs } from "../../runtime/program.js";
import { tf } from "../../runtime/tf.js";
import { type CompletionShape, completionParameters, completionTrunk } from "../networks/completion-network.js";
import type { LevelMap } from "../techniques/level-map.js";
import { drawLevels } from "./draw-levels.js";

/** Rows that are completed together, and share one random order of the fields. */
const CHUNK_ROWS = 1000;

export interface RoundsOptions {
  readonly rows: number;
  readonly random: RandomStream;
  readonly engine: EngineName;
  readonly threads: number;
  readonly onProgress: OnProgress;
  readonly signal: AbortSignal | undefined;
}

/** A completion network's weights with what their shapes mean. */
export interface CompletionWeights {
  readonly shape: CompletionShape;
  readonly map: LevelMap;
  readonly views: Readonly<Record<string, Float32Array>>;
}

/**
 * Exact sampling: one field a round in a random order a chunk, each drawn given all before (z = 0). The first layer is
 * kept as running sums of embedding rows, and only the asked field's logits are computed.
 *
 * @returns levels of the concatenation, [rows, K]
 */
export async function sampleExact(network: CompletionWeights, options: RoundsOptions): Promise<Uint32Array> {
  const { map } = network;
  const levels = new Uint32Array(options.rows * map.fields);
  const heads = await compileHeads(network, options);
  for (let from = 0; from < options.rows; from += CHUNK_ROWS) {
    throwIfAborted(options.signal);
    const rows = Math.min(CHUNK_ROWS, options.rows - from);
    await completeChunk(network, heads, levels.subarray(from * map.fields, (from + rows) * map.fields), {
      rows,
      random: options.random.fork(from / CHUNK_ROWS),
    });
    options.onProgress({ kind: "progress", stage: "sample", done: from + rows, total: options.rows, unit: "rows" });
  }
  for (const head of heads) await head.program.dispose();
  return levels;
}

/** The program of one field: first layer's sums -> the field's logits. */
interface Head {
  readonly program: Program;
  readonly parameters: Buffers;
}

async function completeChunk(
  network: CompletionWeights,
  heads: readonly Head[],
  levels: Uint32Array,
  chunk: { readonly rows: number; readonly random: RandomStream },
): Promise<void> {
  const { map, shape, views } = network;
  const first = new Float32Array(chunk.rows * shape.width);
  for (let row = 0; row < chunk.rows; row++) first.set(views.inputBias!, row * shape.width);
  const codes = new Uint32Array(chunk.rows);
  for (const field of chunk.random.permutation(map.fields)) {
    const head = heads[field]!;
    const { logits } = await head.program.run(head.parameters, { first });
    const count = map.starts[field + 1]! - map.starts[field]!;
    drawLevels(logits as Float32Array, { stride: count, start: 0, levels: count }, codes, chunk.random);
    for (let row = 0; row < chunk.rows; row++) {
      const level = map.starts[field]! + codes[row]!;
      levels[row * map.fields + field] = level;
      addRows(
        first,
        row * shape.width,
        views.input!,
        level * shape.width,
        (map.levels + field) * shape.width,
        shape.width,
      );
    }
  }
}

/** first += embedding of the level + embedding of the known flag. */
function addRows(
  first: Float32Array,
  to: number,
  input: Float32Array,
  level: number,
  flag: number,
  width: number,
): void {
  for (let i = 0; i < width; i++) first[to + i]! += input[level + i]! + input[flag + i]!;
}

async function compileHeads(network: CompletionWeights, options: RoundsOptions): Promise<Head[]> {
  const { map } = network;
  const heads: Head[] = [];
  for (let field = 0; field < map.fields; field++) {
    heads.push(await compileHead(network, map.starts[field]!, map.starts[field + 1]!, options));
  }
  return heads;
}

async function compileHead(
  network: CompletionWeights,
  from: number,
  to: number,
  options: RoundsOptions,
): Promise<Head> {
  const { shape, views } = network;
  const specs: Record<string, TensorSpecs[string]> = {};
  const parameters: Record<string, Float32Array> = {};
  for (const [name, spec] of Object.entries(completionParameters(shape))) {
    if (!name.startsWith("block") && name !== "output.gain" && name !== "output.shift") continue;
    specs[name] = spec;
    parameters[name] = views[name]!;
  }
  specs["head.weight"] = { shape: [shape.width, to - from] };
  specs["head.bias"] = { shape: [to - from] };
  parameters["head.weight"] = takeLevels(views["output.weight"]!, shape, from, to);
  parameters["head.bias"] = views["output.bias"]!.slice(from, to);
  const program = await compile(
    {
      name: "completion-head",
      parameters: specs,
      inputs: { first: { shape: [8, shape.width] } },
      freeBatch: true,
      run: (weights, inputs) => {
        const features = completionTrunk(weights, inputs.first as tf.Tensor2D, shape.blocks); // [rows, H]
        const logits = tf.matMul(features, weights["head.weight"] as tf.Tensor2D);
        return { outputs: { logits: tf.add(logits, weights["head.bias"]!) } }; // [rows, levels of the field]
      },
    },
    { engine: options.engine, threads: options.threads },
  );
  return { program, parameters };
}

function takeLevels(weight: Float32Array, shape: CompletionShape, from: number, to: number): Float32Array {
  const taken = new Float32Array(shape.width * (to - from));
  for (let row = 0; row < shape.width; row++) {
    taken.set(weight.subarray(row * shape.levels + from, row * shape.levels + to), row * (to - from));
  }
  return taken;
}
