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
  /** [start, end) ranges of the flat buffer that decay; default: all of it. Sorted, disjoint. */
  readonly decayRanges?: readonly (readonly [number, number])[];
  /** The gradient is scaled down to this norm when longer. */
  readonly clipNorm?: number;
  /** Keeps an exponential moving average of the weights, with warm-up min(emaDecay, (1 + t) / (10 + t)). */
  readonly emaDecay?: number;
}

export interface Adam {
  /**
   * One step in place. `gradients` is only read. A gradient with a norm that is not finite changes nothing but is
   * reported: the caller decides.
   */
  step(parameters: Float32Array, gradients: Float32Array, learningRate: number): { readonly gradientNorm: number };
  /** The averaged weights; there if emaDecay was given. Equal to the parameters after the first step's blend. */
  readonly ema?: Float32Array;
}

/** An optimizer of `size` weights in one flat buffer: clipping, moments, decay and average in one pass. */
export function makeAdam(size: number, options: AdamOptions): Adam {
  const first = new Float32Array(size);
  const second = new Float32Array(size);
  const ema = options.emaDecay === undefined ? undefined : new Float32Array(size);
  const spans = decaySpans(size, options);
  let steps = 0;
  const step = (parameters: Float32Array, gradients: Float32Array, learningRate: number): { gradientNorm: number } => {
    const gradientNorm = Math.sqrt(sumOfSquares(gradients));
    if (!Number.isFinite(gradientNorm)) return { gradientNorm };
    if (ema !== undefined && steps === 0) ema.set(parameters);
    steps++;
    const scale =
      options.clipNorm !== undefined && gradientNorm > options.clipNorm ? options.clipNorm / gradientNorm : 1;
    for (const span of spans) {
      updateSpan(
        span,
        { parameters, gradients, first, second, ema },
        stepFactors(options, span, steps, scale, learningRate),
      );
    }
    return { gradientNorm };
  };
  return ema === undefined ? { step } : { step, ema };
}

interface Span {
  readonly start: number;
  readonly end: number;
  readonly decays: boolean;
}

interface State {
  readonly parameters: Float32Array;
  readonly gradients: Float32Array;
  readonly first: Float32Array;
  readonly second: Float32Array;
  readonly ema: Float32Array | undefined;
}

interface Factors {
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
  readonly scale: number;
  /** Multiplies the weight before the step (decoupled decay). */
  readonly shrink: number;
  /** Times the weight, added to the gradient (L2). */
  readonly pull: number;
  readonly stepSize: number;
  readonly rootCorrection: number;
  readonly emaDecay: number;
}

function stepFactors(options: AdamOptions, span: Span, t: number, scale: number, learningRate: number): Factors {
  const decay = span.decays ? (options.weightDecay ?? 0) : 0;
  const isDecoupled = options.decoupled ?? true;
  return {
    beta1: options.beta1,
    beta2: options.beta2,
    epsilon: options.epsilon ?? 1e-8,
    scale,
    shrink: isDecoupled ? 1 - learningRate * decay : 1,
    pull: isDecoupled ? 0 : decay,
    stepSize: learningRate / (1 - options.beta1 ** t),
    rootCorrection: 1 / Math.sqrt(1 - options.beta2 ** t),
    emaDecay: Math.min(options.emaDecay ?? 0, (1 + t) / (10 + t)),
  };
}

function updateSpan(span: Span, state: State, factors: Factors): void {
  const { parameters, gradients, first, second, ema } = state;
  const { beta1, beta2, epsilon, scale, shrink, pull, stepSize, rootCorrection, emaDecay } = factors;
  const rest1 = 1 - beta1;
  const rest2 = 1 - beta2;
  for (let i = span.start; i < span.end; i++) {
    const weight = parameters[i]!;
    const gradient = gradients[i]! * scale + pull * weight;
    const m = beta1 * first[i]! + rest1 * gradient;
    const v = beta2 * second[i]! + rest2 * gradient * gradient;
    first[i] = m;
    second[i] = v;
    parameters[i] = weight * shrink - (stepSize * m) / (Math.sqrt(v) * rootCorrection + epsilon);
  }
  if (ema === undefined) return;
  const blend = 1 - emaDecay;
  for (let i = span.start; i < span.end; i++) ema[i] = ema[i]! + blend * (parameters[i]! - ema[i]!);
}

function sumOfSquares(values: Float32Array): number {
  let a = 0;
  let b = 0;
  let c = 0;
  let d = 0;
  const whole = values.length & ~3;
  for (let i = 0; i < whole; i += 4) {
    a += values[i]! * values[i]!;
    b += values[i + 1]! * values[i + 1]!;
    c += values[i + 2]! * values[i + 2]!;
    d += values[i + 3]! * values[i + 3]!;
  }
  for (let i = whole; i < values.length; i++) a += values[i]! * values[i]!;
  return a + b + c + d;
}

/** The buffer cut into stretches that decay and stretches that do not. */
function decaySpans(size: number, options: AdamOptions): readonly Span[] {
  if (options.decayRanges === undefined) return [{ start: 0, end: size, decays: true }];
  const spans: Span[] = [];
  let at = 0;
  for (const [start, end] of options.decayRanges) {
    if (start > at) spans.push({ start: at, end: start, decays: false });
    spans.push({ start, end, decays: true });
    at = end;
  }
  if (at < size) spans.push({ start: at, end: size, decays: false });
  return spans;
}
