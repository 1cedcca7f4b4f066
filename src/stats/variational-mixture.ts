import { gammaln } from "simple-statistics";
import { digamma } from "./digamma.js";

/** One Gaussian of a mixture. */
interface MixtureComponent {
  readonly weight: number;
  readonly mean: number;
  readonly deviation: number;
}

export interface VariationalMixture {
  /** Without an order. Weights sum to 1. */
  readonly components: readonly MixtureComponent[];
  /** E[log weight] + the parts of E[log density] that do not depend on x, one a component; for `mixturePosterior`. */
  readonly logScale: readonly number[];
  readonly iterations: number;
  readonly converged: boolean;
  readonly lowerBound: number;
}

export interface VariationalMixtureOptions {
  readonly maxComponents: number;
  /** Concentration of the Dirichlet process; small values empty components. */
  readonly concentration: number;
  readonly maxIterations: number;
  /** Stops when the lower bound gains less. */
  readonly tolerance: number;
  /** Added to each variance. */
  readonly varianceFloor: number;
}

/** CTGAN's setting (Xu et al. 2019) of scikit-learn's BayesianGaussianMixture. */
export const CTGAN_MIXTURE_OPTIONS: VariationalMixtureOptions = {
  maxComponents: 10,
  concentration: 0.001,
  maxIterations: 100,
  tolerance: 1e-3,
  varianceFloor: 1e-6,
};

/**
 * A one-dimensional Gaussian mixture with a Dirichlet process prior, fitted by mean-field variational inference (Blei and
 * Jordan 2006, doi:10.1214/06-BA104; Bishop 2006, chapter 10.2) with the update equations, priors (mean and variance of the
 * data, one degree of freedom, mean precision 1) and stopping rule of scikit-learn's BayesianGaussianMixture.
 *
 * `values` are distinct and ascending, `counts` how often each was seen (so ties cost nothing). Starts from
 * equally heavy groups of neighbouring values.
 */
export function fitVariationalMixture(
  values: Float64Array,
  counts: Float64Array,
  options: VariationalMixtureOptions = CTGAN_MIXTURE_OPTIONS,
): VariationalMixture {
  const prior = fitPrior(values, counts);
  const size = Math.min(options.maxComponents, values.length);
  const responsibilities = startingResponsibilities(counts, size);
  let posterior = maximize(values, counts, responsibilities, size, prior, options);
  let lowerBound = Number.NEGATIVE_INFINITY;
  for (let iteration = 1; iteration <= options.maxIterations; iteration++) {
    const entropy = updateResponsibilities(values, counts, posterior, responsibilities);
    posterior = maximize(values, counts, responsibilities, size, prior, options);
    const before = lowerBound;
    lowerBound = entropy + posterior.boundTerms;
    if (Math.abs(lowerBound - before) < options.tolerance) {
      return { ...summarize(posterior), iterations: iteration, converged: true, lowerBound };
    }
  }
  return { ...summarize(posterior), iterations: options.maxIterations, converged: false, lowerBound };
}

/** p(component | x) into `out` [components], under the variational posterior. */
export function mixturePosterior(
  mixture: Pick<VariationalMixture, "components" | "logScale">,
  x: number,
  out: Float64Array,
): void {
  const { components, logScale } = mixture;
  let highest = Number.NEGATIVE_INFINITY;
  for (let k = 0; k < components.length; k++) {
    const standardised = (x - components[k]!.mean) / components[k]!.deviation;
    out[k] = logScale[k]! - 0.5 * standardised * standardised;
    highest = Math.max(highest, out[k]!);
  }
  let sum = 0;
  for (let k = 0; k < components.length; k++) {
    out[k] = Math.exp(out[k]! - highest);
    sum += out[k]!;
  }
  for (let k = 0; k < components.length; k++) out[k]! /= sum;
}

interface Prior {
  readonly mean: number;
  readonly variance: number;
}

interface Posterior {
  /** Beta parameters of the stick lengths. */
  readonly stickA: Float64Array;
  readonly stickB: Float64Array;
  readonly means: Float64Array;
  readonly variances: Float64Array;
  readonly logScale: Float64Array;
  /** The part of the evidence lower bound that depends on parameters alone. */
  readonly boundTerms: number;
}

function fitPrior(values: Float64Array, counts: Float64Array): Prior {
  let total = 0;
  let sum = 0;
  for (let i = 0; i < values.length; i++) {
    total += counts[i]!;
    sum += counts[i]! * values[i]!;
  }
  const mean = sum / total;
  let squares = 0;
  for (let i = 0; i < values.length; i++) squares += counts[i]! * (values[i]! - mean) ** 2;
  return { mean, variance: squares / Math.max(1, total - 1) || 1e-12 };
}

/** [values, size], row-major: value i belongs to the group its middle rank falls in. */
function startingResponsibilities(counts: Float64Array, size: number): Float64Array {
  const total = counts.reduce((sum, count) => sum + count, 0);
  const responsibilities = new Float64Array(counts.length * size);
  let before = 0;
  for (let i = 0; i < counts.length; i++) {
    const group = Math.min(size - 1, Math.floor(((before + counts[i]! / 2) / total) * size));
    responsibilities[i * size + group] = 1;
    before += counts[i]!;
  }
  return responsibilities;
}

function maximize(
  values: Float64Array,
  counts: Float64Array,
  responsibilities: Float64Array,
  size: number,
  prior: Prior,
  options: VariationalMixtureOptions,
): Posterior {
  const mass = new Float64Array(size).fill(10 * Number.EPSILON);
  const first = new Float64Array(size);
  const second = new Float64Array(size);
  for (let i = 0; i < values.length; i++) {
    const centred = values[i]! - prior.mean;
    for (let k = 0; k < size; k++) {
      const weight = counts[i]! * responsibilities[i * size + k]!;
      mass[k]! += weight;
      first[k]! += weight * centred;
      second[k]! += weight * centred * centred;
    }
  }
  return posteriorOf({ mass, first, second }, prior, options);
}

interface Moments {
  readonly mass: Float64Array;
  readonly first: Float64Array;
  readonly second: Float64Array;
}

function posteriorOf(moments: Moments, prior: Prior, options: VariationalMixtureOptions): Posterior {
  const size = moments.mass.length;
  const stickA = new Float64Array(size);
  const stickB = new Float64Array(size);
  const means = new Float64Array(size);
  const variances = new Float64Array(size);
  const logScale = new Float64Array(size);
  let tail = 0;
  let boundTerms = 0;
  for (let k = size - 1; k >= 0; k--) {
    const mass = moments.mass[k]!;
    stickA[k] = 1 + mass;
    stickB[k] = options.concentration + tail;
    tail += mass;
    const centre = moments.first[k]! / mass;
    const spread = Math.max(0, moments.second[k]! / mass - centre * centre) + options.varianceFloor;
    const precisionScale = 1 + mass;
    const degrees = 1 + mass;
    means[k] = prior.mean + moments.first[k]! / precisionScale;
    variances[k] = (prior.variance + mass * spread + (mass / precisionScale) * centre * centre) / degrees;
    const logPrecision = -0.5 * Math.log(variances[k]! * degrees);
    logScale[k] =
      logPrecision + 0.5 * (Math.LN2 + digamma(degrees / 2) - 1 / precisionScale) - 0.5 * Math.log(2 * Math.PI);
    boundTerms +=
      degrees * logPrecision + (degrees / 2) * Math.LN2 + gammaln(degrees / 2) - 0.5 * Math.log(precisionScale);
    boundTerms += gammaln(stickA[k]!) + gammaln(stickB[k]!) - gammaln(stickA[k]! + stickB[k]!);
  }
  addExpectedLogWeights(logScale, stickA, stickB);
  return { stickA, stickB, means, variances, logScale, boundTerms };
}

function addExpectedLogWeights(logScale: Float64Array, stickA: Float64Array, stickB: Float64Array): void {
  let remaining = 0;
  for (let k = 0; k < logScale.length; k++) {
    const whole = digamma(stickA[k]! + stickB[k]!);
    logScale[k]! += digamma(stickA[k]!) - whole + remaining;
    remaining += digamma(stickB[k]!) - whole;
  }
}

/** The E step, in place. Returns the entropy of the responsibilities. */
function updateResponsibilities(
  values: Float64Array,
  counts: Float64Array,
  posterior: Posterior,
  responsibilities: Float64Array,
): number {
  const size = posterior.means.length;
  const { means, variances, logScale } = posterior;
  const row = new Float64Array(size);
  let entropy = 0;
  for (let i = 0; i < values.length; i++) {
    let highest = Number.NEGATIVE_INFINITY;
    for (let k = 0; k < size; k++) {
      const distance = values[i]! - means[k]!;
      row[k] = logScale[k]! - (0.5 * distance * distance) / variances[k]!;
      if (row[k]! > highest) highest = row[k]!;
    }
    let sum = 0;
    let expected = 0;
    for (let k = 0; k < size; k++) {
      const distance = row[k]! - highest;
      // below exp(-745) = 0 in double precision
      const share = distance < -745 ? 0 : Math.exp(distance);
      responsibilities[i * size + k] = share;
      sum += share;
      expected += share * distance;
    }
    for (let k = 0; k < size; k++) responsibilities[i * size + k]! /= sum;
    entropy += counts[i]! * (Math.log(sum) - expected / sum);
  }
  return entropy;
}

function summarize(posterior: Posterior): Pick<VariationalMixture, "components" | "logScale"> {
  const { stickA, stickB, means, variances } = posterior;
  let remaining = 1;
  const weights = Array.from(stickA, (a, k) => {
    const share = a / (a + stickB[k]!);
    const weight = share * remaining;
    remaining *= 1 - share;
    return weight;
  });
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const components = weights.map((weight, k) => ({
    weight: weight / total,
    mean: means[k]!,
    deviation: Math.sqrt(variances[k]!),
  }));
  return { components, logScale: [...posterior.logScale] };
}
