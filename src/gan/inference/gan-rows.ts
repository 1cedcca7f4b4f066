import type { RandomStream } from "../../core/random.js";
import { type EncodedTable, type FieldData, makeCodes } from "../../encode/field.js";
import { compile } from "../../runtime/compile.js";
import type { Buffers, EngineName, Program, ProgramSpec } from "../../runtime/program.js";
import type { tf } from "../../runtime/tf.js";
import type { GanNetworks } from "../architectures/gan-networks.js";
import { fieldWidth } from "../networks/ctgan-generator.js";
import { columns } from "../networks/parts.js";
import { conditionWidths } from "../techniques/condition-plan.js";
import { makeSamplingConditions } from "../techniques/sampling-conditions.js";
import { drawLevels } from "./draw-levels.js";

/** A trained generator of kind gan. */
export interface GanWeights {
  readonly networks: GanNetworks;
  /** Weights and statistics by their names. */
  readonly views: Readonly<Record<string, Float32Array>>;
}

/** Draws rows of a generator. One call at a time. */
export interface GanSampler {
  draw(rows: number, random: RandomStream): Promise<EncodedTable>;
  dispose(): Promise<void>;
}

export interface GanSamplerOptions {
  readonly engine: EngineName;
  readonly threads: number;
  /** The generator's controls that are not at their neutral value, e.g. `truncation` .7. */
  readonly controls?: Readonly<Record<string, number>>;
}

/**
 * Opens a generator. Conditions are drawn by the columns' true shares; normalization uses the population's statistics, so that a
 * row does not depend on its neighbours; levels are drawn from the softmax, scalars are tanh, known columns are the condition's.
 */
export async function openGanSampler(weights: GanWeights, options: GanSamplerOptions): Promise<GanSampler> {
  const program = await compile(ganForwardSpec(weights.networks), options);
  return {
    draw: (rows, random) => drawRows(weights, program, rows, random, options.controls ?? {}),
    dispose: () => program.dispose(),
  };
}

/**
 * The generator on its own, any number of rows: `z` [rows, Z] (standard normal), `condition` [rows, C] (one 1 in each of its
 * parts; absent without), the architecture's noise (uniforms in (0, 1)) and controls ([rows, 1]) -> `raw` [rows, W], before the
 * fields' activations.
 */
export function ganForwardSpec({ shape, generator }: GanNetworks): ProgramSpec {
  const rows = 8;
  const controls = Object.keys(generator.controls).map((name) => [name, { shape: [rows, 1] }]);
  return {
    name: `${shape.config.architecture}-generator`,
    parameters: { ...generator.specs, ...generator.statistics },
    inputs: {
      z: { shape: [rows, shape.config.latent] },
      ...(shape.condition > 0 && { condition: { shape: [rows, shape.condition] } }),
      ...generator.noise(rows, "sampling"),
      ...Object.fromEntries(controls),
    },
    freeBatch: true,
    run: (parameters, inputs) => {
      const { z, condition } = inputs as Readonly<Record<string, tf.Tensor2D | undefined>>;
      const input = { z: z!, condition: condition === undefined ? [] : [columns(condition)] };
      return { outputs: { raw: generator.run(parameters, input, inputs, "sampling").raw } };
    },
  };
}

async function drawRows(
  { networks, views }: GanWeights,
  program: Program,
  rows: number,
  random: RandomStream,
  controls: Readonly<Record<string, number>>,
): Promise<EncodedTable> {
  const { shape, generator, conditions } = networks;
  const z = new Float32Array(rows * shape.config.latent);
  random.fork("z").fillNormal(z);
  const places = drawConditions(networks, rows, random.fork("conditions"));
  const inputs: Record<string, Float32Array> = { z };
  if (shape.condition > 0) inputs.condition = oneHotConditions(networks, places, rows);
  for (const [name, spec] of Object.entries(generator.noise(rows, "sampling"))) {
    inputs[name] = new Float32Array(spec.shape.reduce((product, length) => product * length, 1));
    random.fork(name).fillUniform(inputs[name]);
  }
  for (const [name, neutral] of Object.entries(generator.controls)) {
    inputs[name] = new Float32Array(rows).fill(controls[name] ?? neutral);
  }
  const { raw } = (await program.run(views, inputs)) as Buffers & { readonly raw: Float32Array };
  const known = conditions.kind === "known" ? conditions.fields : [];
  return readRows(networks, raw, rows, random, (field, out) => {
    const part = known.indexOf(field);
    if (part < 0) return false;
    for (let row = 0; row < rows; row++) out[row] = places[row * known.length + part]!;
    return true;
  });
}

/** Places of the ones, [rows, parts]. */
function drawConditions({ conditions }: GanNetworks, rows: number, random: RandomStream): Int32Array {
  const parts = conditionWidths(conditions).length;
  const draw = makeSamplingConditions(conditions);
  const places = new Int32Array(rows * parts);
  for (let row = 0; parts > 0 && row < rows; row++) draw(places.subarray(row * parts, (row + 1) * parts), random);
  return places;
}

function oneHotConditions({ conditions, shape }: GanNetworks, places: Int32Array, rows: number): Float32Array {
  const widths = conditionWidths(conditions);
  const values = new Float32Array(rows * shape.condition);
  for (let row = 0; row < rows; row++) {
    let start = row * shape.condition;
    widths.forEach((width, part) => {
      values[start + places[row * widths.length + part]!] = 1;
      start += width;
    });
  }
  return values;
}

/** @param fill writes a field that is known, and says whether it is */
function readRows(
  { shape }: GanNetworks,
  raw: Float32Array,
  rows: number,
  random: RandomStream,
  fill: (field: number, out: FieldData) => boolean,
): EncodedTable {
  let start = 0;
  const fields = shape.fields.map((field, index): FieldData => {
    const out = field.kind === "discrete" ? makeCodes(field.levels, rows) : new Float32Array(rows);
    const span = { stride: shape.width, start, levels: fieldWidth(field) };
    start += fieldWidth(field);
    if (fill(index, out)) return out;
    if (field.kind === "discrete") drawLevels(raw, span, out, random.fork(index));
    else for (let row = 0; row < rows; row++) out[row] = Math.tanh(raw[row * span.stride + span.start]!);
    return out;
  });
  return { rowCount: rows, fields };
}
