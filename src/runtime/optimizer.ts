import { makeAdamKernel } from "./optimizer-kernel/adam-kernel.js";
import { webAssembly } from "./optimizer-kernel/web-assembly.js";

/** Adam (Kingma and Ba 2015, arXiv:1412.6980) and AdamW (Loshchilov and Hutter 2019, arXiv:1711.05101). */
export interface AdamOptions {
  readonly beta1: number;
  readonly beta2: number;
  /** Added to the root of the second moment; default 1e-8. */
  readonly epsilon?: number;
  /** Default 0. */
  readonly weightDecay?: number;
  /** True (default): AdamW, weights shrink by learningRate * weightDecay. False: L2, the decay enters the gradient. */
  readonly decoupled?: boolean;
  /** [start, end) ranges of the flat buffer that decay, sorted and disjoint; default: all of it. */
  readonly decayRanges?: readonly (readonly [number, number])[];
  /** The gradient is scaled down to this norm when longer. */
  readonly clipNorm?: number;
  /** Keeps an exponential moving average of the weights, with warm-up min(emaDecay, (1 + t) / (10 + t)). */
  readonly emaDecay?: number;
}

export interface Adam {
  /**
   * One step in place; `gradients` is only read. `gradientNorm` is the norm before clipping. Where it is not finite
   * nothing changes: the caller decides what to do.
   */
  step(parameters: Float32Array, gradients: Float32Array, learningRate: number): { readonly gradientNorm: number };
  /** The averaged weights, starting from the weights of the first step; there if emaDecay was given. */
  readonly ema?: Float32Array;
  /** Steps taken and both moments. The arrays go on changing with every step: whoever keeps them copies them. */
  state(): AdamState;
  /** Goes on from `state` of an optimizer of the same size and options; `ema` is the caller's to fill. */
  restore(state: AdamState): void;
}

/** What an optimizer knows beside the weights and their average. */
export interface AdamState {
  readonly steps: number;
  /** Moments of the gradients and of their squares, stretches of weights padded to a multiple of four. */
  readonly first: Float32Array;
  readonly second: Float32Array;
}

/** Weights handled between two copies: small enough for the first-level cache. */
const BLOCK = 2048;
const LANES = 4;
const BYTES = 4;
const PAGE = 65536;
/** Gradients below and moments below count as zero: their squares and decayed successors would be subnormal. */
const LEAST_GRADIENT = 1e-18;
const LEAST_MOMENT = 1e-36;

/**
 * An optimizer of `size` weights in one flat buffer: clipping, moments, decay and average in one pass, in float32, by a
 * small WebAssembly kernel (docs/decisions/0001-optimizer-outside-the-graph.md).
 */
export function makeAdam(size: number, options: AdamOptions): Adam {
  const spans = decaySpans(size, options);
  const workspace = makeWorkspace(spans);
  const ema = options.emaDecay === undefined ? undefined : new Float32Array(size);
  let steps = 0;
  const step = (parameters: Float32Array, gradients: Float32Array, learningRate: number): { gradientNorm: number } => {
    const gradientNorm = loadGradients(workspace, spans, gradients);
    if (!Number.isFinite(gradientNorm)) return { gradientNorm };
    if (ema !== undefined && steps === 0) ema.set(parameters);
    steps++;
    const clip = options.clipNorm ?? Number.POSITIVE_INFINITY;
    const factors = stepFactors(options, steps, gradientNorm > clip ? clip / gradientNorm : 1, learningRate);
    for (const span of spans) updateSpan(workspace, span, factors, parameters, ema);
    return { gradientNorm };
  };
  const { first, second } = workspace;
  const restore = (state: AdamState): void => {
    steps = state.steps;
    first.set(state.first);
    second.set(state.second);
  };
  const adam = { step, state: () => ({ steps, first, second }), restore };
  return ema === undefined ? adam : { ...adam, ema };
}

/** A stretch of the buffer that decays or does not. */
interface Span {
  readonly start: number;
  readonly end: number;
  readonly decays: boolean;
  /** First place in the workspace, where each span starts at a multiple of four. */
  readonly place: number;
}

interface Workspace {
  readonly kernel: ReturnType<typeof makeAdamKernel>;
  readonly gradients: Float32Array;
  /** Blocks of weights and averages on their way through. */
  readonly weights: Float32Array;
  readonly average: Float32Array;
  readonly first: Float32Array;
  readonly second: Float32Array;
}

function makeWorkspace(spans: readonly Span[]): Workspace {
  const last = spans.at(-1);
  const padded = last === undefined ? 0 : last.place + roundUp(last.end - last.start, LANES);
  const bytes = (3 * padded + 2 * BLOCK) * BYTES;
  const pages = roundUp(Math.max(bytes, PAGE), PAGE) / PAGE;
  const memory = new webAssembly.Memory({ initial: pages, maximum: pages });
  const view = (start: number, length: number): Float32Array => new Float32Array(memory.buffer, start * BYTES, length);
  return {
    kernel: makeAdamKernel(memory),
    gradients: view(0, padded),
    weights: view(3 * padded, BLOCK),
    average: view(3 * padded + BLOCK, BLOCK),
    first: view(padded, padded),
    second: view(2 * padded, padded),
  };
}

function loadGradients(workspace: Workspace, spans: readonly Span[], gradients: Float32Array): number {
  for (const { start, end, place } of spans) workspace.gradients.set(gradients.subarray(start, end), place);
  if (workspace.gradients.length === 0) return 0;
  return Math.sqrt(workspace.kernel.sumOfSquares(0, workspace.gradients.byteLength));
}

interface StepFactors {
  readonly scale: number;
  readonly beta1: number;
  readonly beta2: number;
  readonly stepSize: number;
  readonly rootCorrection: number;
  readonly epsilon: number;
  readonly blend: number;
  /** Multiplies decaying weights. */
  readonly shrink: number;
  /** Times a decaying weight, added to its gradient. */
  readonly pull: number;
}

function stepFactors(options: AdamOptions, t: number, scale: number, learningRate: number): StepFactors {
  const decay = options.weightDecay ?? 0;
  const isDecoupled = options.decoupled ?? true;
  return {
    scale,
    beta1: options.beta1,
    beta2: options.beta2,
    stepSize: learningRate / (1 - options.beta1 ** t),
    rootCorrection: 1 / Math.sqrt(1 - options.beta2 ** t),
    epsilon: options.epsilon ?? 1e-8,
    blend: 1 - Math.min(options.emaDecay ?? 1, (1 + t) / (10 + t)),
    shrink: isDecoupled ? 1 - learningRate * decay : 1,
    pull: isDecoupled ? 0 : decay,
  };
}

function updateSpan(
  workspace: Workspace,
  span: Span,
  factors: StepFactors,
  parameters: Float32Array,
  ema: Float32Array | undefined,
): void {
  const { kernel, weights, average, first, second } = workspace;
  const { scale, beta1, beta2, shrink, stepSize, rootCorrection, epsilon, blend } = factors;
  for (let start = span.start; start < span.end; start += BLOCK) {
    const end = Math.min(start + BLOCK, span.end);
    const from = (span.place + start - span.start) * BYTES;
    weights.set(parameters.subarray(start, end));
    if (ema !== undefined) average.set(ema.subarray(start, end));
    kernel.update(
      from,
      from + roundUp(end - start, LANES) * BYTES,
      first.byteOffset + from,
      second.byteOffset + from,
      weights.byteOffset,
      average.byteOffset,
      scale,
      span.decays ? factors.pull : 0,
      beta1,
      1 - beta1,
      beta2,
      1 - beta2,
      span.decays ? shrink : 1,
      stepSize,
      rootCorrection,
      epsilon,
      blend,
      LEAST_GRADIENT,
      LEAST_MOMENT,
    );
    parameters.set(weights.subarray(0, end - start), start);
    if (ema !== undefined) ema.set(average.subarray(0, end - start), start);
  }
}

/** The buffer cut into stretches that decay and stretches that do not. */
function decaySpans(size: number, options: AdamOptions): readonly Span[] {
  const ranges = options.decayRanges ?? [[0, size] as const];
  const spans: Span[] = [];
  let at = 0;
  let place = 0;
  const push = (end: number, decays: boolean): void => {
    if (end <= at) return;
    spans.push({ start: at, end, decays, place });
    place += roundUp(end - at, LANES);
    at = end;
  };
  for (const [start, end] of ranges) {
    push(start, false);
    push(end, true);
  }
  push(size, false);
  return spans;
}

function roundUp(value: number, multiple: number): number {
  return Math.ceil(value / multiple) * multiple;
}
