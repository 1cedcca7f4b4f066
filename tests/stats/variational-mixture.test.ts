import { describe, expect, it } from "vitest";
import { digamma } from "../../src/stats/digamma.js";
import { fitVariationalMixture, mixturePosterior } from "../../src/stats/variational-mixture.js";

/*
 * Expected numbers: scikit-learn 1.9.1, `BayesianGaussianMixture(n_components=10, weight_concentration_prior_type=
 * "dirichlet_process", weight_concentration_prior=0.001, max_iter=100, tol=1e-3)`, whose `_initialize_parameters` was
 * overridden to call `_initialize(X, resp)` with resp[i, g] = 1 for g = min(9, floor((rows below x_i + ties of x_i / 2) / n * 10)),
 * `.fit(x[:, None])`; then n_iter_, lower_bound_, weights_, means_, sqrt(covariances_) and predict_proba.
 */
const TWO_HUMPS = {
  data: [
    ...Array.from({ length: 200 }, (_, i) => -3 + 0.5 * Math.sin(i * 1.7)),
    ...Array.from({ length: 100 }, (_, i) => 2 + 1.5 * Math.cos(i * 0.9)),
  ],
  iterations: 51,
  lowerBound: -204.38016905739596,
  weights: [
    0.003807147094409656, 0.0037919828177344463, 0.6622055186916884, 0.003757652524810628, 0.0036882314907902597,
    0.0036447995260710663, 0.0036019533234879597, 0.0035596822974316975, 0.31193992696634976, 3.1052672260869556e-6,
  ],
  means: [
    -1.166499963758268, -1.1673073426168985, -2.9922771900483327, -1.1601507078942879, -1.172796302171808,
    -1.17507214323861, -1.177303549365936, -1.1794914635701375, 1.9950386596595502, -1.3254523520989956,
  ],
  deviations: [
    2.4755035685288154, 2.475463837163477, 0.4103540773600109, 2.4764414834620943, 2.4751938861363825,
    2.4750819226581653, 2.474972180578353, 2.47486464150459, 1.1357093654727053, 2.4681954462548217,
  ],
};

const TIES = {
  data: [
    ...new Array<number>(500).fill(0),
    ...Array.from({ length: 100 }, (_, i) => 1 + Math.floor(i / 10)),
    ...Array.from({ length: 60 }, (_, i) => 100 + i),
  ].map((value) => value / 10),
  iterations: 11,
  lowerBound: 151.24177053220825,
  weights: [
    0.0015765320847066428, 0.0015740377470728566, 0.0015715474004539605, 0.8092526790941207, 0.0015558891566391298,
    0.0015428291046258999, 0.0015298798991512808, 0.0015170884797571951, 0.09312090062894621, 0.08675861640452615,
  ],
  means: [
    1.2621571938797786, 1.2621580734275748, 1.262158939240656, 0.028812974223697985, 1.2621641461537376,
    1.2621681218459606, 1.2621717288853478, 1.262140755164395, 0.6505438472733097, 12.758941588521672,
  ],
  deviations: [
    3.7056379548399696, 3.7057039254569024, 3.705769765181897, 0.19631970832892603, 3.706184583423827,
    3.7065300136875052, 3.7068718114947834, 3.7071368538007765, 0.5733863066733401, 2.320212056968059,
  ],
};

function countDistinct(data: readonly number[]): [Float64Array, Float64Array] {
  const counts = new Map<number, number>();
  for (const value of data) counts.set(value, (counts.get(value) ?? 0) + 1);
  const values = Float64Array.from(counts.keys()).sort();
  return [values, values.map((value) => counts.get(value)!)];
}

function expectClose(actual: readonly number[], expected: readonly number[]): void {
  expect(actual).toHaveLength(expected.length);
  for (const [i, value] of expected.entries()) expect(Math.abs(actual[i]! - value)).toBeLessThan(1e-9);
}

describe("the variational mixture", () => {
  it.each([
    ["two humps", TWO_HUMPS],
    ["ties", TIES],
  ])("agrees with scikit-learn on %s", (_, known) => {
    const mixture = fitVariationalMixture(...countDistinct(known.data));
    expect(mixture.iterations).toBe(known.iterations);
    expect(mixture.converged).toBe(true);
    expect(mixture.lowerBound).toBeCloseTo(known.lowerBound, 6);
    expectClose(
      mixture.components.map((component) => component.weight),
      known.weights,
    );
    expectClose(
      mixture.components.map((component) => component.mean),
      known.means,
    );
    expectClose(
      mixture.components.map((component) => component.deviation),
      known.deviations,
    );
  });

  it("agrees with scikit-learn's predict_proba", () => {
    const mixture = fitVariationalMixture(...countDistinct(TWO_HUMPS.data));
    const posterior = new Float64Array(10);
    mixturePosterior(mixture, 0.5, posterior);
    expectClose(
      [...posterior],
      [
        0.002425571895869394, 0.00241281502947413, 2.595657295160563e-15, 0.002411120817175491, 0.002326189356673892,
        0.0022903479513941226, 0.002255240740223119, 0.002220847345769886, 0.9836578668634174, 0.0,
      ],
    );
  });

  it("says so when it has not converged", () => {
    const options = { maxComponents: 10, concentration: 0.001, maxIterations: 5, tolerance: 1e-3, varianceFloor: 1e-6 };
    const mixture = fitVariationalMixture(...countDistinct(TWO_HUMPS.data), options);
    expect(mixture).toMatchObject({ iterations: 5, converged: false });
  });

  it("has no more components than distinct values", () => {
    expect(fitVariationalMixture(Float64Array.of(1, 2), Float64Array.of(30, 70)).components).toHaveLength(2);
  });
});

describe("digamma", () => {
  // scipy.special.digamma([.001, .5, 1, 2.5, 10, 1e6])
  it.each([
    [0.001, -1000.5755719318103],
    [0.5, -1.9635100260214235],
    [1, -0.5772156649015329],
    [2.5, 0.7031566406452432],
    [10, 2.2517525890667214],
    [1e6, 13.815510057964191],
  ])("of %d is %d", (x, expected) => {
    expect(Math.abs(digamma(x) - expected)).toBeLessThan(1e-9);
  });
});
