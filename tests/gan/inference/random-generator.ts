import { makeRandom } from "../../../src/core/random.js";
import type { EncodedTable, Field } from "../../../src/encode/field.js";
import type { CompletionWeights } from "../../../src/gan/inference/completion-weights.js";
import type { RoundsSetting } from "../../../src/gan/inference/rounds-setting.js";
import { completionLogits, completionParameters } from "../../../src/gan/networks/completion-network.js";
import { PRESETS } from "../../../src/gan/presets.js";
import { makeLevelMap } from "../../../src/gan/techniques/level-map.js";
import type { TrainedGenerator } from "../../../src/gan/trained-generator.js";
import { compile } from "../../../src/runtime/compile.js";
import { makeParameters, type Parameters } from "../../../src/runtime/parameters.js";
import type { tf } from "../../../src/runtime/tf.js";

export const LEVELS = [3, 4, 2, 5];
const network = { width: 32, blocks: 2, latent: 4 };

export function fieldsOf(levels: readonly number[]): Field[] {
  return levels.map((count, index) => ({ kind: "discrete", name: `f${index}`, levels: count }));
}

/** Weights without meaning, large enough that every field depends on every other. */
export function randomWeights(fields: readonly Field[], seed = 1): CompletionWeights & { parameters: Parameters } {
  const map = makeLevelMap(fields);
  const shape = { fields: map.fields, levels: map.levels, ...network };
  const parameters = makeParameters(completionParameters(shape));
  const random = makeRandom(seed);
  for (const [name, values] of Object.entries(parameters.views)) {
    random.fork(name).fillNormal(values);
    const scale = name.includes("Bias") || name.includes("shift") ? 0.3 : name === "output.weight" ? 0.25 : 0.2;
    for (let i = 0; i < values.length; i++) values[i] = values[i]! * scale + (name.endsWith("gain") ? 1 : 0);
  }
  return { shape, map, views: parameters.views, parameters };
}

export function randomGenerator(levels: readonly number[], settings?: readonly RoundsSetting[]): TrainedGenerator {
  const fields = fieldsOf(levels);
  const { parameters } = randomWeights(fields);
  const exact: RoundsSetting = {
    rounds: levels.length,
    order: { kind: "one-by-one" },
    refined: false,
    pairError: 0.01,
  };
  return {
    config: { ...PRESETS.balanced.model, network },
    fields,
    weights: Object.fromEntries(
      Object.entries(parameters.specs).map(([name, { shape }]) => [
        `completion/${name}`,
        { shape, data: parameters.views[name]! },
      ]),
    ),
    state: { rounds: settings ?? [exact] },
    log: { entries: [], notes: [] },
  };
}

/** Conditional distributions as the training's network has them, on the reference engine. */
export async function makeReference(weights: CompletionWeights) {
  const { map, shape, views } = weights;
  const width = map.levels + map.fields;
  const program = await compile(
    {
      name: "reference",
      parameters: completionParameters(shape),
      inputs: { x: { shape: [8, width] }, z: { shape: [8, shape.latent] } },
      freeBatch: true,
      run: (parameters, { x, z }) => ({
        outputs: { logits: completionLogits(parameters, x as tf.Tensor2D, shape.blocks, { z: z as tf.Tensor2D }) },
      }),
    },
    { engine: "cpu" },
  );
  /** Shares of each field's levels in a row of which codes are known (-1 = unknown). */
  return async (codes: readonly number[], z?: Float32Array): Promise<number[][]> => {
    const x = new Float32Array(width);
    codes.forEach((code, field) => {
      if (code < 0) return;
      x[map.starts[field]! + code] = 1;
      x[map.levels + field] = 1;
    });
    const { logits } = await program.run(views, { x, z: z ?? new Float32Array(shape.latent) });
    return codes.map((_, field) => softmax([...logits!.subarray(map.starts[field]!, map.starts[field + 1]!)]));
  };
}

function softmax(logits: readonly number[]): number[] {
  const highest = Math.max(...logits);
  const raised = logits.map((logit) => Math.exp(logit - highest));
  const sum = raised.reduce((a, b) => a + b, 0);
  return raised.map((value) => value / sum);
}

/** The probability of every row when fields are drawn in `order`, as a map from its codes. */
export async function jointOf(weights: CompletionWeights, levels: readonly number[], order: readonly number[]) {
  const reference = await makeReference(weights);
  let rows: { codes: number[]; p: number }[] = [{ codes: levels.map(() => -1), p: 1 }];
  for (const field of order) {
    const next: typeof rows = [];
    for (const { codes, p } of rows) {
      const shares = (await reference(codes))[field]!;
      shares.forEach((share, code) => {
        next.push({ codes: codes.map((own, at) => (at === field ? code : own)), p: p * share });
      });
    }
    rows = next;
  }
  return new Map(rows.map(({ codes, p }) => [codes.join(), p]));
}

/** Half the summed differences between rows' frequencies and their probabilities. */
export function distance(rows: readonly string[], probabilities: ReadonlyMap<string, number>): number {
  const left = new Map(probabilities);
  for (const row of rows) left.set(row, (left.get(row) ?? 0) - 1 / rows.length);
  return [...left.values()].reduce((sum, value) => sum + Math.abs(value) / 2, 0);
}

export function rowsOf(table: EncodedTable): string[] {
  return Array.from({ length: table.rowCount }, (_, row) => table.fields.map((field) => field[row]!).join());
}
