import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type AdamOptions, makeAdam } from "../../src/runtime/optimizer.js";
import { random } from "./program-helpers.js";

/** Adam and AdamW as in PyTorch 2's documentation (torch.optim.Adam, torch.optim.AdamW), in float64, one weight. */
function reference(
  weight: number,
  gradients: readonly number[],
  rate: number,
  options: { beta1: number; beta2: number; epsilon: number; decay: number; decoupled: boolean },
): number {
  const { beta1, beta2, epsilon, decay, decoupled } = options;
  let [theta, m, v] = [weight, 0, 0];
  gradients.forEach((raw, index) => {
    const t = index + 1;
    let gradient = raw;
    if (decoupled) theta -= rate * decay * theta;
    else gradient += decay * theta;
    m = beta1 * m + (1 - beta1) * gradient;
    v = beta2 * v + (1 - beta2) * gradient ** 2;
    theta -= (rate * (m / (1 - beta1 ** t))) / (Math.sqrt(v / (1 - beta2 ** t)) + epsilon);
  });
  return theta;
}

describe("Adam", () => {
  it("takes a first step of the learning rate against the sign of the gradient", () => {
    const weights = Float32Array.of(1, 1, 1);
    makeAdam(3, { beta1: 0.9, beta2: 0.999 }).step(weights, Float32Array.of(0.3, -2, 1e-3), 0.01);
    // m / (1 - beta1) = g and sqrt(v / (1 - beta2)) = |g|, so the step is rate * sign(g) up to epsilon.
    for (const [i, expected] of [0.99, 1.01, 0.99].entries()) expect(weights[i]).toBeCloseTo(expected, 6);
  });

  it("follows two steps worked by hand", () => {
    // beta1 .5, beta2 .75, rate .1, g = 1 then 2: m = .5, 1.25 (/.5, /.75); v = .25, 1.1875 (/.25, /.4375).
    // Steps: .1 * 1 / 1 and .1 * 1.666667 / sqrt(2.714286) = .1011633.
    const weights = Float32Array.of(0);
    const adam = makeAdam(1, { beta1: 0.5, beta2: 0.75, epsilon: 0 });
    adam.step(weights, Float32Array.of(1), 0.1);
    expect(weights[0]).toBeCloseTo(-0.1, 6);
    adam.step(weights, Float32Array.of(2), 0.1);
    expect(weights[0]).toBeCloseTo(-0.2011633, 6);
  });

  it("agrees with the published recursions over random runs, decoupled and L2, whatever the length", () => {
    const numbers = fc.record({
      size: fc.integer({ min: 1, max: 5000 }),
      steps: fc.integer({ min: 1, max: 12 }),
      decay: fc.constantFrom(0, 0.01, 0.3),
      decoupled: fc.boolean(),
      seed: fc.integer({ min: 0, max: 1e6 }),
    });
    fc.assert(
      fc.property(numbers, ({ size, steps, decay, decoupled, seed }) => {
        const stream = random(`adam${seed}`);
        const weights = new Float32Array(size);
        stream.fillNormal(weights);
        const start = weights.slice();
        const history = Array.from({ length: steps }, () => {
          const gradients = new Float32Array(size);
          stream.fillNormal(gradients);
          return gradients;
        });
        const options = { beta1: 0.9, beta2: 0.99, epsilon: 1e-6, weightDecay: decay, decoupled };
        const adam = makeAdam(size, options);
        for (const gradients of history) adam.step(weights, gradients, 0.02);
        for (const i of [0, size >> 1, size - 1]) {
          const own = history.map((gradients) => gradients[i]!);
          const expected = reference(start[i]!, own, 0.02, { ...options, decay });
          expect(weights[i]).toBeCloseTo(expected, 5);
        }
      }),
      { numRuns: 30 },
    );
  });

  it("scales the gradient to the norm asked for and reports the norm before", () => {
    const clipped = Float32Array.of(0, 0);
    const scaled = Float32Array.of(0, 0);
    const options: AdamOptions = { beta1: 0, beta2: 0, epsilon: 1 };
    const { gradientNorm } = makeAdam(2, { ...options, clipNorm: 1 }).step(clipped, Float32Array.of(3, 4), 1);
    makeAdam(2, options).step(scaled, Float32Array.of(0.6, 0.8), 1);
    expect(gradientNorm).toBeCloseTo(5, 6);
    expect(clipped[0]).toBeCloseTo(scaled[0]!, 6);
    expect(clipped[1]).toBeCloseTo(scaled[1]!, 6);
    // A gradient of .6 with epsilon 1 moves a weight by .6 / 1.6.
    expect(clipped[0]).toBeCloseTo(-0.375, 6);
  });

  it("decays only the ranges named", () => {
    const size = 11;
    const weights = new Float32Array(size).fill(1);
    const decayRanges = [
      [1, 4],
      [7, 9],
    ] as const;
    const adam = makeAdam(size, { beta1: 0.9, beta2: 0.99, weightDecay: 0.5, decayRanges });
    adam.step(weights, new Float32Array(size), 0.1);
    const expected = [1, 0.95, 0.95, 0.95, 1, 1, 1, 0.95, 0.95, 1, 1];
    expect(Array.from(weights, (weight) => Math.round(weight * 1e6) / 1e6)).toEqual(expected);
  });

  it("averages with the warm-up (1 + t) / (10 + t), then with the decay", () => {
    const weights = Float32Array.of(10);
    const adam = makeAdam(1, { beta1: 0, beta2: 0, epsilon: 0, emaDecay: 0.25 });
    adam.step(weights, Float32Array.of(1), 1);
    // t = 1: decay 2/11 < .25, average 10 + 9/11 * (9 - 10).
    expect(adam.ema![0]).toBeCloseTo(10 - 9 / 11, 5);
    adam.step(weights, Float32Array.of(1), 1);
    // t = 2: 3/12 = .25; average a + .75 * (8 - a).
    expect(adam.ema![0]).toBeCloseTo(0.25 * (10 - 9 / 11) + 0.75 * 8, 5);
    adam.step(weights, Float32Array.of(1), 1);
    expect(adam.ema![0]).toBeCloseTo(0.25 * (0.25 * (10 - 9 / 11) + 6) + 0.75 * 7, 5);
  });

  it("goes on from its state as it would have gone on, whatever the length and the ranges that decay", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5000 }), fc.nat(1000), (size, cut) => {
        const stream = random(`state${size}`);
        const draw = () => {
          const values = new Float32Array(size);
          stream.fillNormal(values);
          return values;
        };
        const options: AdamOptions = {
          ...{ beta1: 0.9, beta2: 0.99, weightDecay: 0.1, clipNorm: 1, emaDecay: 0.9 },
          decayRanges: [[Math.min(cut, size - 1), size]],
        };
        const [weights, original] = [draw(), makeAdam(size, options)];
        for (let i = 0; i < 3; i++) original.step(weights, draw(), 0.01);
        const [copied, restored] = [weights.slice(), makeAdam(size, options)];
        const { steps, first, second } = original.state();
        restored.restore({ steps, first: first.slice(), second: second.slice() });
        restored.ema!.set(original.ema!);
        const gradient = draw();
        original.step(weights, gradient, 0.01);
        restored.step(copied, gradient, 0.01);
        expect(copied.every((weight, i) => weight === weights[i])).toBe(true);
        expect(restored.ema!.every((mean, i) => mean === original.ema![i])).toBe(true);
      }),
      { numRuns: 20 },
    );
  });

  it("changes nothing on a gradient that is not finite, and reports it", () => {
    for (const bad of [Number.NaN, Number.POSITIVE_INFINITY]) {
      const weights = Float32Array.of(1, 2, 3, 4, 5);
      const adam = makeAdam(5, { beta1: 0.9, beta2: 0.99, clipNorm: 1, emaDecay: 0.9 });
      const { gradientNorm } = adam.step(weights, Float32Array.of(0, 0, 0, 0, bad), 0.1);
      expect(Number.isFinite(gradientNorm)).toBe(false);
      expect([...weights]).toEqual([1, 2, 3, 4, 5]);
      adam.step(weights, Float32Array.of(1, 0, 0, 0, 0), 0.1);
      // Moments were left alone too: the step is a first step.
      expect(weights[0]).toBeCloseTo(0.9, 6);
    }
  });

  it("keeps no subnormal moments of weights that gradients no longer reach", () => {
    const weights = new Float32Array(4).fill(1);
    const adam = makeAdam(4, { beta1: 0.5, beta2: 0.5 });
    adam.step(weights, Float32Array.of(1e-3, 1e-3, 1e-3, 1e-3), 0.1);
    for (let i = 0; i < 200; i++) adam.step(weights, new Float32Array(4), 0.1);
    const settled = weights.slice();
    for (let i = 0; i < 50; i++) adam.step(weights, new Float32Array(4), 0.1);
    expect([...weights]).toEqual([...settled]);
  });
});
