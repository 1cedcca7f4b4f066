import { z } from "zod";
import type { ColumnOutput } from "./column-output.js";
import { dateUnitMs } from "./date-unit.js";

/**
 * The grid that a column's numbers lie on: value = k x step / divisor for whole k. Whole dollars are {1, 1}, cents
 * {1, 100}, multiples of 25 g {25, 1}, days {86400000, 1} (milliseconds). `null` where numbers have no usable grid.
 */
export const latticeSchema = z
  .strictObject({ step: z.number().positive(), divisor: z.number().positive() })
  .nullable()
  .describe("the grid of a column's numbers: value = k x step / divisor for whole k");

export type Lattice = z.infer<typeof latticeSchema>;

/** A coarser step is only believed (and published) when so many distinct values agree on it. */
const MIN_DISTINCT_FOR_STEP = 20;
const DATE_STEPS_MS = [1000, 60_000, 3_600_000, 86_400_000];
const MAX_DECIMALS = 15;
const LARGEST_EXACT = 2 ** 51;

/** The lattice of a column's distinct values (missing left out). Only round steps are considered, so none can spell out a value. */
export function fitLattice(distinct: Float64Array, output: ColumnOutput): Lattice {
  if (output.kind === "date") {
    const unit = dateUnitMs(output.format);
    if (unit < 1) return { step: 1, divisor: 1 / unit };
    const steps = [unit, ...DATE_STEPS_MS.filter((step) => step > unit)];
    return { step: distinct.length < MIN_DISTINCT_FOR_STEP ? unit : coarsest(distinct, 1, steps), divisor: 1 };
  }
  const decimals = output.kind === "number" ? fewestDecimals(distinct, output.decimals) : undefined;
  if (decimals === undefined) return null;
  const divisor = 10 ** decimals;
  if (distinct.length < MIN_DISTINCT_FOR_STEP) return { step: 1, divisor };
  return { step: coarsest(distinct, divisor, roundSteps()), divisor };
}

/** From a value to its (whole) place on the lattice; unchanged where there is none. */
export function toLattice(lattice: Lattice, value: number): number {
  return lattice === null ? value : Math.round((value * lattice.divisor) / lattice.step);
}

/** From a whole place on the lattice to the value. */
export function fromLattice(lattice: Lattice, place: number): number {
  return lattice === null ? place : (place * lattice.step) / lattice.divisor;
}

function fewestDecimals(distinct: Float64Array, written: number): number | undefined {
  for (let decimals = 0; decimals <= Math.min(written, MAX_DECIMALS); decimals++) {
    const divisor = 10 ** decimals;
    if (distinct.some((value) => Math.abs(value) * divisor > LARGEST_EXACT)) return undefined;
    if (distinct.every((value) => Math.round(value * divisor) / divisor === value)) return decimals;
  }
  return undefined;
}

function coarsest(distinct: Float64Array, divisor: number, steps: readonly number[]): number {
  let best = steps[0]!;
  for (const step of steps) {
    if (step > best && distinct.every((value) => Math.round(value * divisor) % step === 0)) best = step;
  }
  return best;
}

function roundSteps(): number[] {
  return [1, 10, 100, 1000, 10_000, 100_000]
    .flatMap((power) => [power, 2 * power, 2.5 * power, 5 * power])
    .filter(Number.isInteger);
}
