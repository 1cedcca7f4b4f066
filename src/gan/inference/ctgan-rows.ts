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

/** Draws rows of a CTGAN generator. One call at a time. */
export interface CtganSampler {
  draw(rows: number, random: RandomStream): Promise<EncodedTable>;
  dispose(): Promise<void>;
}

export interface CtganWeights {
  readonly shape: CtganShape;
  readonly space: ConditionSpace;
  readonly views: Readonly<Record<string, Float32Array>>;
}

/**
 * Opens a CTGAN generator. Conditions are drawn by the columns' true shares (not by the training's log-frequencies,
 * which would distort every column), batch normalization uses the population's statistics, so that a row does not depend
 * on its neighbours; levels are drawn from the softmax, scalars are tanh.
 */
export async function openCtganSampler(
  network: CtganWeights,
  options: { readonly engine: EngineName; readonly threads: number },
): Promise<CtganSampler> {
  const program = await compile(ctganForwardSpec(network.shape), options);
  return {
    draw: (rows, random) => drawRows(network, program, rows, random),
    dispose: () => program.dispose(),
  };
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

async function drawRows(
  { shape, space, views }: CtganWeights,
  program: Program,
  rows: number,
  random: RandomStream,
): Promise<EncodedTable> {
  const z = new Float32Array(rows * shape.latent);
  random.fork("z").fillNormal(z);
  const condition = new Float32Array(rows * shape.condition);
  const sampler = makeConditionSampler(space, (share) => share);
  const conditions = random.fork("conditions");
  for (let row = 0; space.width > 0 && row < rows; row++) {
    const { column, level } = sampler.draw(conditions);
    condition[row * space.width + space.columns[column]!.start + level] = 1;
  }
  const inputs = space.width > 0 ? { z, condition } : { z };
  const raw = (await program.run(views, inputs)).raw as Float32Array;
  const stride = outputWidth(shape.fields);
  let start = 0;
  const fields = shape.fields.map((field, index): FieldData => {
    const out = field.kind === "discrete" ? makeCodes(field.levels, rows) : new Float32Array(rows);
    if (field.kind === "discrete") drawLevels(raw, { stride, start, levels: field.levels }, out, random.fork(index));
    else for (let row = 0; row < rows; row++) out[row] = Math.tanh(raw[row * stride + start]!);
    start += fieldWidth(field);
    return out;
  });
  return { rowCount: rows, fields };
}
