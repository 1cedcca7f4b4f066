import { throwIfAborted } from "../../core/errors.js";
import type { OnProgress } from "../../core/progress.js";
import type { RandomStream } from "../../core/random.js";
import { type EncodedTable, type FieldData, makeCodes } from "../../encode/field.js";
import { compile } from "../../runtime/compile.js";
import type { EngineName, Program, ProgramSpec } from "../../runtime/program.js";
import type { tf } from "../../runtime/tf.js";
import {
  type CtganShape,
  ctganParameters,
  ctganRaw,
  fieldWidth,
  outputWidth,
  statisticsSpecs,
} from "../networks/ctgan-generator.js";
import { columns } from "../networks/parts.js";
import { type ConditionSpace, makeConditionSampler } from "../techniques/condition-sampler.js";
import { drawLevels } from "./draw-levels.js";

const CHUNK_ROWS = 1000;

export interface CtganRowsOptions {
  readonly rows: number;
  readonly random: RandomStream;
  readonly engine: EngineName;
  readonly threads: number;
  readonly onProgress: OnProgress;
  readonly signal: AbortSignal | undefined;
}

export interface CtganWeights {
  readonly shape: CtganShape;
  readonly space: ConditionSpace;
  readonly views: Readonly<Record<string, Float32Array>>;
}

/**
 * Rows of a CTGAN generator. Conditions are drawn by the columns' true shares (not by the training's log-frequencies,
 * which would distort every column), batch normalization uses the population's statistics, so that a row does not depend
 * on its neighbours; levels are drawn from the softmax, scalars are tanh.
 */
export async function sampleCtgan(network: CtganWeights, options: CtganRowsOptions): Promise<EncodedTable> {
  const { shape } = network;
  const fields = shape.fields.map(
    (field): FieldData =>
      field.kind === "discrete" ? makeCodes(field.levels, options.rows) : new Float32Array(options.rows),
  );
  const program = await compile(ctganForwardSpec(shape), { engine: options.engine, threads: options.threads });
  for (let from = 0; from < options.rows; from += CHUNK_ROWS) {
    throwIfAborted(options.signal);
    const rows = Math.min(CHUNK_ROWS, options.rows - from);
    await sampleChunk(network, program, fields, { from, rows }, options.random.fork(from / CHUNK_ROWS));
    options.onProgress({ kind: "progress", stage: "sample", done: from + rows, total: options.rows, unit: "rows" });
  }
  await program.dispose();
  return { rowCount: options.rows, fields };
}

/** z and condition -> the generator's output before activations, any number of rows. */
export function ctganForwardSpec(shape: CtganShape): ProgramSpec {
  return {
    name: "ctgan-generator",
    parameters: { ...ctganParameters(shape), ...statisticsSpecs(shape) },
    inputs: {
      z: { shape: [8, shape.latent] },
      ...(shape.condition > 0 && { condition: { shape: [8, shape.condition] } }),
    },
    freeBatch: true,
    run: (parameters, inputs) => {
      const input = [inputs.z, inputs.condition].filter((values) => values !== undefined);
      const parts = input.map((values) => columns(values as tf.Tensor2D));
      return { outputs: { raw: ctganRaw(parameters, parts, shape.widths.length, parameters).raw } };
    },
  };
}

async function sampleChunk(
  network: CtganWeights,
  program: Program,
  fields: readonly FieldData[],
  chunk: { readonly from: number; readonly rows: number },
  random: RandomStream,
): Promise<void> {
  const { shape, space } = network;
  const { from, rows } = chunk;
  const z = new Float32Array(rows * shape.latent);
  random.fillNormal(z);
  const condition = new Float32Array(rows * shape.condition);
  const sampler = makeConditionSampler(space, (share) => share);
  for (let row = 0; space.width > 0 && row < rows; row++) {
    const { column, level } = sampler.draw(random);
    condition[row * space.width + space.columns[column]!.start + level] = 1;
  }
  const inputs = space.width > 0 ? { z, condition } : { z };
  const raw = (await program.run(network.views, inputs)).raw as Float32Array;
  const stride = outputWidth(shape.fields);
  let start = 0;
  shape.fields.forEach((field, index) => {
    const out = fields[index]!.subarray(from, from + rows);
    if (field.kind === "discrete") drawLevels(raw, { stride, start, levels: field.levels }, out, random);
    else for (let row = 0; row < rows; row++) out[row] = Math.tanh(raw[row * stride + start]!);
    start += fieldWidth(field);
  });
}
