import { z } from "zod";
import type { RandomStream } from "../core/random.js";
import {
  CTGAN_MIXTURE_OPTIONS,
  fitVariationalMixture,
  mixturePosterior,
  type VariationalMixture,
} from "../stats/variational-mixture.js";
import type { Column, DateColumn, NumberColumn } from "../table/column.js";
import { columnOutputSchema, makeNumericColumn, outputOf } from "./column-output.js";
import { type Field, type FieldData, makeCodes } from "./field.js";
import { fitLattice, fromLattice, latticeSchema, toLattice } from "./lattice.js";

/**
 * CTGAN's mode-specific normalization (Xu et al. 2019, arXiv:1907.00503, section 4.2): a discrete field, the Gaussian mode a
 * value came from (the last level: missing), and a scalar, (value - mean) / (4 deviations) within it, clipped to +-0.99.
 */
export const modeSpecificSchema = z.strictObject({
  kind: z.literal("mode-specific"),
  name: z.string(),
  output: columnOutputSchema,
  lattice: latticeSchema,
  modes: z.array(
    z.strictObject({
      mean: z.number(),
      deviation: z.number().positive(),
      logScale: z.number().describe("log posterior of the mode at its mean, up to a constant common to all"),
    }),
  ),
  low: z.number().describe("values decode to no less: mean of the lowest rows"),
  high: z.number().describe("values decode to no more: mean of the highest rows"),
  missing: z.boolean().describe("the last level means a missing value"),
});

export type ModeSpecificEncoding = z.infer<typeof modeSpecificSchema>;

export interface ModeSpecificOptions {
  readonly maxModes: number;
  readonly minCategoryCount: number;
}

const MIN_WEIGHT = 0.005;
const DEVIATIONS = 4;
const LIMIT = 0.99;
const ROWS_TO_FIT = 10_000;

/**
 * Learns the modes of a numeric column from at most 10,000 of its rows, standardised first so that units do not matter. A mode
 * is kept if its weight is over 0.005 and it stands for at least `minCategoryCount` rows. With fewer values than that in all
 * there is no mode: every value is encoded as missing.
 */
export function fitModeSpecific(
  column: NumberColumn | DateColumn,
  missing: boolean,
  options: ModeSpecificOptions,
  random: RandomStream,
): ModeSpecificEncoding {
  const present = column.values.filter((value) => !Number.isNaN(value));
  const ascending = present.slice().sort();
  const output = outputOf(column);
  const lattice = fitLattice(Float64Array.from(new Set(ascending)), output);
  const window = Math.min(options.minCategoryCount, Math.ceil(ascending.length / 2));
  const enough = present.length >= Math.max(1, options.minCategoryCount);
  return {
    kind: "mode-specific",
    name: column.name,
    output,
    lattice,
    modes: enough ? fitModes(sampleRows(present, random), present.length, options) : [],
    low: enough ? meanOf(ascending.subarray(0, window)) : 0,
    high: enough ? meanOf(ascending.subarray(ascending.length - window)) : 0,
    missing: missing || !enough || present.length < column.values.length,
  };
}

export function fieldsOfModeSpecific(encoding: ModeSpecificEncoding): Field[] {
  const levels = levelCount(encoding);
  const missing = encoding.missing ? { missingLevel: levels - 1 } : {};
  return [
    { kind: "discrete", name: encoding.name, levels, ...missing },
    { kind: "scalar", name: `${encoding.name} within its mode` },
  ];
}

/**
 * Mode codes and scalars, [rows] each. The mode is drawn from the posterior. A missing value has the scalar 0 and the missing
 * level, or, where training rows had none missing, the mode nearest to the bounds' middle.
 */
export function encodeModeSpecific(
  encoding: ModeSpecificEncoding,
  column: NumberColumn | DateColumn,
  random: RandomStream,
): [FieldData, FieldData] {
  const rowCount = column.values.length;
  const codes = makeCodes(levelCount(encoding), rowCount);
  const scalars = new Float32Array(rowCount);
  const mixture = mixtureOf(encoding);
  const posterior = new Float64Array(encoding.modes.length);
  for (let row = 0; row < rowCount; row++) {
    const value = column.values[row]!;
    if ((Number.isNaN(value) && encoding.missing) || encoding.modes.length === 0) {
      codes[row] = encoding.modes.length;
      continue;
    }
    const known = Number.isNaN(value) ? (encoding.low + encoding.high) / 2 : value;
    mixturePosterior(mixture, known, posterior);
    const mode = drawMode(posterior, random.uniform());
    const { mean, deviation } = encoding.modes[mode]!;
    codes[row] = mode;
    scalars[row] = Math.max(-LIMIT, Math.min(LIMIT, (known - mean) / (DEVIATIONS * deviation)));
  }
  return [codes, scalars];
}

/** Values [rows], rounded to the lattice and kept within the bounds. */
export function decodeModeSpecific(encoding: ModeSpecificEncoding, codes: FieldData, scalars: FieldData): Column {
  const { modes, lattice, low, high } = encoding;
  const values = new Float64Array(codes.length);
  for (let row = 0; row < codes.length; row++) {
    const mode = modes[codes[row]!];
    if (mode === undefined) {
      values[row] = Number.NaN;
      continue;
    }
    const value = mode.mean + scalars[row]! * DEVIATIONS * mode.deviation;
    values[row] = fromLattice(lattice, toLattice(lattice, Math.max(low, Math.min(high, value))));
  }
  return makeNumericColumn(encoding.name, encoding.output, values);
}

type Mode = ModeSpecificEncoding["modes"][number];

function fitModes(sample: Float64Array, rowCount: number, options: ModeSpecificOptions): Mode[] {
  const centre = meanOf(sample);
  const scale =
    Math.sqrt(meanOf(sample.map((value) => (value - centre) ** 2))) || Math.max(1e-9, Math.abs(centre) * 1e-9);
  const { values, counts } = countDistinct(sample.map((value) => (value - centre) / scale).sort());
  const mixture = fitVariationalMixture(values, counts, { ...CTGAN_MIXTURE_OPTIONS, maxComponents: options.maxModes });
  const all = mixture.components.map(({ weight, mean, deviation }, k) => ({
    weight,
    mode: { mean: centre + mean * scale, deviation: deviation * scale, logScale: mixture.logScale[k]! },
  }));
  const kept = all.filter(({ weight }) => weight > MIN_WEIGHT && weight * rowCount >= options.minCategoryCount);
  const heaviest = all.reduce((best, next) => (next.weight > best.weight ? next : best));
  return (kept.length > 0 ? kept : [heaviest]).map(({ mode }) => mode);
}

function mixtureOf(encoding: ModeSpecificEncoding): Pick<VariationalMixture, "components" | "logScale"> {
  const components = encoding.modes.map(({ mean, deviation }) => ({ weight: 1, mean, deviation }));
  return { components, logScale: encoding.modes.map((mode) => mode.logScale) };
}

function drawMode(posterior: Float64Array, u: number): number {
  let left = u;
  for (let mode = 0; mode < posterior.length - 1; mode++) {
    left -= posterior[mode]!;
    if (left < 0) return mode;
  }
  return posterior.length - 1;
}

function sampleRows(values: Float64Array, random: RandomStream): Float64Array {
  if (values.length <= ROWS_TO_FIT) return values;
  const order = random.permutation(values.length).subarray(0, ROWS_TO_FIT);
  return Float64Array.from(order, (row) => values[row]!);
}

function countDistinct(ascending: Float64Array): { values: Float64Array; counts: Float64Array } {
  const values: number[] = [];
  const counts: number[] = [];
  for (const value of ascending) {
    if (values.at(-1) === value) counts[counts.length - 1]!++;
    else {
      values.push(value);
      counts.push(1);
    }
  }
  return { values: Float64Array.from(values), counts: Float64Array.from(counts) };
}

function meanOf(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function levelCount(encoding: ModeSpecificEncoding): number {
  return encoding.modes.length + (encoding.missing ? 1 : 0);
}
