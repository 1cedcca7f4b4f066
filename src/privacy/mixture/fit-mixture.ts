import { throwIfAborted } from "../../core/errors.js";
import type { OnProgress } from "../../core/progress.js";
import type { RandomStream } from "../../core/random.js";
import { compile } from "../../runtime/compile.js";
import { makeAdam } from "../../runtime/optimizer.js";
import { makeParameters, type Parameters } from "../../runtime/parameters.js";
import type { EngineName, Program } from "../../runtime/program.js";
import type { Measurement } from "../marginals/measurement.js";
import type { FieldGroups } from "../paid-rows.js";
import { jointCounts } from "./joint-counts.js";
import { boundedLogit, type LossTerm, type MixtureSize, mixtureParameters } from "./loss-term.js";
import { lossTerms } from "./loss-terms.js";
import { groupStarts, type Mixture } from "./mixture.js";

/** What a mixture is fitted to: noisy counts only. */
export interface MixtureInput {
  /** How many rows the counts are of; noisy or declared. */
  readonly rows: number;
  /** The groups of each field's levels, in the order of the fields; measurements are of these groups or of single levels. */
  readonly fields: readonly FieldGroups[];
  /** Fields may be measured more than once. */
  readonly measurements: readonly Measurement[];
  /** Counts of each field's levels, >= 0: where the components start. */
  readonly oneWays: readonly ArrayLike<number>[];
}

export interface MixtureOptions {
  readonly random: RandomStream;
  readonly engine: EngineName;
  readonly threads: number;
  readonly onProgress?: OnProgress | undefined;
  readonly signal?: AbortSignal | undefined;
  /** A multiple of 4; default 512. A quarter each start has. */
  readonly components?: number | undefined;
  /** Bound on the optimizer's steps of each start; default 1500. */
  readonly maxSteps?: number | undefined;
  /** A mixture of the same groups to go on from, after new measurements; default: a random one. */
  readonly start?: Mixture | undefined;
}

const COMPONENTS = 512;
/** Mixtures from different starts, whose mean is given: it is nearer the truth than any of them (adult, epsilon 1: triples 7.1 %, 8.3 %). */
const STARTS = 4;
/** Wide tables take fewer starts, for a step's cost is that of the square of all groups: 60 columns three, 120 one. */
const MOST_BLOCK_CELLS = 3e6;
const MAX_STEPS = 1500;
const LEARNING_RATE = 0.05;
const LAST_RATE = 0.1;
/** Standard deviation of the logits that components start with, around the one-ways'. */
const START_NOISE = 0.5;
const LEAST_SHARE = 1e-5;
const LEAST_PROBABILITY = 1e-12;
const TOLD_EVERY = 25;

/**
 * Fits a mixture of products to noisy joint counts by their chi^2 (sum over cells of (expected - measured)^2 / variance), which
 * is stopped where it equals the number of cells: what is left is then as large as the noise, and a closer fit would learn it.
 * Adam; the second-moment loss in closed form (compare GEM, Liu et al. 2021, arXiv:2106.07153). The mean of several such fits.
 */
export async function fitMixture(input: MixtureInput, options: MixtureOptions): Promise<Mixture> {
  const { start } = options;
  const joint = jointCounts(input.measurements, input.fields);
  const cells = joint.reduce((sum, { precision }) => sum + precision.filter((value) => value > 0).length, 0);
  const components = (options.components ?? COMPONENTS) / STARTS;
  const starts = start === undefined ? startsFor(input.fields) : start.weights.length / components;
  const size = { rows: input.rows, components, fields: input.fields };
  const loss = await compileLoss(lossTerms(joint, size), size, options);
  const fitted: Mixture[] = [];
  try {
    for (let at = 0; at < starts; at++) {
      const parameters = makeParameters(mixtureParameters(size));
      if (start) continueFrom(parameters, start, { at, starts });
      else startAtOneWays(parameters, input, options.random.fork("components").fork(at));
      await descend(parameters, loss, { cells, start: at, starts }, options);
      fitted.push(toMixture(parameters, size));
    }
  } finally {
    await loss.dispose();
  }
  return meanOf(fitted);
}

function startsFor(fields: readonly FieldGroups[]): number {
  const groups = groupStarts(fields).at(-1)!;
  return Math.max(1, Math.min(STARTS, Math.floor(MOST_BLOCK_CELLS / groups ** 2)));
}

/** chi^2 and its gradients. */
interface Loss {
  readonly gradients: Parameters;
  readonly chiSquare: (parameters: Parameters) => Promise<number>;
  readonly dispose: () => Promise<void>;
}

async function compileLoss(
  terms: readonly LossTerm[],
  size: MixtureSize,
  { engine, threads }: MixtureOptions,
): Promise<Loss> {
  const programs: Program[] = [];
  for (const { spec } of terms) programs.push(await compile(spec, { engine, threads }));
  const gradients = makeParameters(mixtureParameters(size));
  const part = makeParameters(mixtureParameters(size));
  return {
    gradients,
    async chiSquare(parameters) {
      let sum = 0;
      for (const [index, { inputs }] of terms.entries()) {
        const into = index === 0 ? gradients : part;
        sum += (await programs[index]!.run(parameters.views, inputs, into.views)).chiSquare![0]!;
        if (index > 0) for (let i = 0; i < part.flat.length; i++) gradients.flat[i]! += part.flat[i]!;
      }
      return sum;
    },
    dispose: async () => {
      for (const program of programs) await program.dispose();
    },
  };
}

async function descend(
  parameters: Parameters,
  loss: Loss,
  { cells, start, starts }: { readonly cells: number; readonly start: number; readonly starts: number },
  options: MixtureOptions,
): Promise<void> {
  const { maxSteps = MAX_STEPS, onProgress, signal } = options;
  const adam = makeAdam(parameters.flat.length, { beta1: 0.9, beta2: 0.999 });
  for (let step = 0; step < maxSteps; step++) {
    throwIfAborted(signal);
    const ratio = (await loss.chiSquare(parameters)) / cells;
    const isEnough = ratio <= 1;
    if (isEnough || step % TOLD_EVERY === 0) {
      const quality = `chi^2 ${ratio.toFixed(2)} a cell`;
      onProgress?.({
        kind: "progress",
        stage: "mixture",
        done: start * maxSteps + (isEnough ? maxSteps : step),
        total: starts * maxSteps,
        unit: "steps",
        quality,
      });
    }
    if (isEnough) return;
    adam.step(parameters.flat, loss.gradients.flat, LEARNING_RATE * (1 - (1 - LAST_RATE) * (step / maxSteps)));
  }
}

function startAtOneWays({ views, specs }: Parameters, { fields, oneWays }: MixtureInput, random: RandomStream): void {
  const [groups, components] = specs.logits!.shape as [number, number];
  const shares = new Float64Array(groups);
  const starts = groupStarts(fields);
  fields.forEach(({ groupOf }, field) => {
    const total = sum(oneWays[field]!);
    for (let level = 0; level < oneWays[field]!.length; level++) {
      shares[starts[field]! + (groupOf?.[level] ?? level)]! += oneWays[field]![level]! / total;
    }
  });
  random.fillNormal(views.logits!);
  for (let i = 0; i < groups * components; i++) {
    const share = Math.max(shares[Math.floor(i / components)]!, LEAST_SHARE);
    views.logits![i] = Math.log(share) + START_NOISE * views.logits![i]!;
  }
}

/** The components that came from the same start. */
function continueFrom(
  { views }: Parameters,
  { weights, probabilities }: Mixture,
  { at, starts }: { readonly at: number; readonly starts: number },
): void {
  const components = weights.length / starts;
  const groups = probabilities.length / weights.length;
  const first = at * components;
  const logit = (probability: number): number => Math.log(Math.max(probability, LEAST_PROBABILITY));
  for (let component = 0; component < components; component++) {
    views.weights![component] = logit(weights[first + component]! * starts);
    for (let group = 0; group < groups; group++) {
      views.logits![group * components + component] = logit(probabilities[(first + component) * groups + group]!);
    }
  }
}

function toMixture({ views }: Parameters, { components, fields }: MixtureSize): Mixture {
  const starts = groupStarts(fields);
  const groups = starts.at(-1)!;
  const probabilities = new Float64Array(components * groups);
  for (let component = 0; component < components; component++) {
    fields.forEach((field, index) => {
      const logits = Float64Array.from({ length: field.groups }, (_, group) =>
        boundedLogit(views.logits![(starts[index]! + group) * components + component]!),
      );
      probabilities.set(softmax(logits), component * groups + starts[index]!);
    });
  }
  return { weights: softmax(Float64Array.from(views.weights!)), fields, starts, probabilities };
}

/** All components of all mixtures, which weigh the same. */
function meanOf(mixtures: readonly Mixture[]): Mixture {
  const { fields, starts } = mixtures[0]!;
  const weights = mixtures.flatMap((mixture) => Array.from(mixture.weights, (weight) => weight / mixtures.length));
  const probabilities = new Float64Array(mixtures.reduce((sum, mixture) => sum + mixture.probabilities.length, 0));
  let at = 0;
  for (const mixture of mixtures) {
    probabilities.set(mixture.probabilities, at);
    at += mixture.probabilities.length;
  }
  return { weights: Float64Array.from(weights), fields, starts, probabilities };
}

function softmax(logits: Float64Array): Float64Array {
  const highest = logits.reduce((most, logit) => Math.max(most, logit));
  const powers = logits.map((logit) => Math.exp(logit - highest));
  const total = sum(powers);
  return powers.map((power) => power / total);
}

function sum(values: ArrayLike<number>): number {
  let total = 0;
  for (let i = 0; i < values.length; i++) total += values[i]!;
  return total;
}
