import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { epsilonOfEntries } from "../../../src/privacy/accounting/epsilon-of-entries.js";
import { deltaOfGaussian, epsilonOfGaussian } from "../../../src/privacy/accounting/gaussian-privacy.js";
import type { LedgerEntry } from "../../../src/schema/privacy-record.js";
import { entryOf } from "./entry.js";

interface KnownAnswer {
  readonly entries: readonly Pick<LedgerEntry, "mechanism" | "scale" | "changes">[];
  readonly delta: number;
  /** Without grid or Fourier transform. */
  readonly truth: number;
  /** Of dp-accounting: never above, and never below the true one. */
  readonly lower: number;
  readonly upper: number;
}

const answers = readAnswers();
/** Of dp-accounting's Fourier transforms, which is not in its bounds: most at delta 1e-9 and 10,000 releases. */
const ROUND_OFF = 5e-5;

describe("epsilonOfEntries", () => {
  it("has known answers that dp-accounting's estimates hold between them", () => {
    expect(answers.length).toBeGreaterThan(70);
    for (const { truth, lower, upper } of answers) {
      expect(lower).toBeLessThan(truth + ROUND_OFF);
      expect(upper).toBeGreaterThan(truth - ROUND_OFF);
    }
  });

  it.each(answers.map((answer) => [describeAnswer(answer), answer] as const))(
    "is never below the true one, and within 1e-4 above: %s",
    (_, { entries, delta, truth, lower }) => {
      const epsilon = epsilonOfEntries(entries.map(toEntry), delta);
      expect(epsilon).toBeGreaterThanOrEqual(truth);
      expect(epsilon).toBeGreaterThanOrEqual(lower - ROUND_OFF);
      expect(epsilon).toBeLessThan(truth + 1e-4);
    },
  );

  it("would be caught below the truth were the noise thought half a percent larger", () => {
    const some = answers.filter((_, i) => i % 4 === 1);
    const caught = some.filter(({ entries, delta, truth }) => {
      const wrong = entries.map((entry) => ({ ...toEntry(entry), scale: 1.005 * entry.scale }));
      return epsilonOfEntries(wrong, delta) < truth;
    });
    // Where a loss comes in few steps a little more noise moves nothing.
    expect(caught.length).toBeGreaterThan(0.8 * some.length);
  });

  it("is that of the continuous Gaussian where sigma is large (Dong, Roth and Su, corollary 2.13)", () => {
    const mu = fc.double({ min: 0.005, max: 6, noNaN: true });
    fc.assert(
      fc.property(mu, fc.integer({ min: 1, max: 10000 }), fc.integer({ min: 2, max: 12 }), (cost, changes, digits) => {
        const sigma = Math.max(25, Math.sqrt(changes) / cost);
        const delta = 10 ** -digits;
        const known = epsilonOfGaussian(Math.sqrt(changes) / sigma, delta);
        const epsilon = epsilonOfEntries([entryOf(sigma, changes)], delta);
        // What a lattice of whole numbers does: below a hundredth of a percent at sigma 25.
        expect(Math.abs(epsilon - known)).toBeLessThan(1e-4 + 1e-4 * known);
      }),
      { numRuns: 40 },
    );
  });

  it("counts equal noise the same in one entry or in many, in any order", () => {
    const apart = [3, 7, 1].map((changes) => entryOf(12, changes));
    const mixed = [entryOf(30, 4), ...apart, entryOf(9)];
    expect(epsilonOfEntries(apart, 1e-6)).toBe(epsilonOfEntries([entryOf(12, 11)], 1e-6));
    expect(epsilonOfEntries([...mixed].reverse(), 1e-6)).toBeCloseTo(epsilonOfEntries(mixed, 1e-6), 9);
  });

  it("grows with every entry", () => {
    const scale = fc.double({ min: 1, max: 500, noNaN: true });
    const entry = fc.tuple(scale, fc.integer({ min: 1, max: 50 })).map(([sigma, changes]) => entryOf(sigma, changes));
    fc.assert(
      fc.property(fc.array(entry, { minLength: 1, maxLength: 6 }), entry, (entries, more) => {
        const before = epsilonOfEntries(entries, 1e-5);
        expect(epsilonOfEntries([...entries, more], 1e-5)).toBeGreaterThan(before - 1e-4);
      }),
      { numRuns: 25 },
    );
  });

  it("takes delta paid outright off delta", () => {
    const paid = [entryOf(10, 5, { delta: 4e-6 }), entryOf(20, 2, { delta: 1e-6 })];
    const free = paid.map((entry) => ({ ...entry, delta: 0 }));
    expect(epsilonOfEntries(paid, 1e-5)).toBeCloseTo(epsilonOfEntries(free, 5e-6), 9);
    expect(epsilonOfEntries(paid, 4.9e-6)).toBe(Number.POSITIVE_INFINITY);
  });

  it("is nothing without entries", () => {
    expect(epsilonOfEntries([], 1e-5)).toBe(0);
  });

  it("is exact down to deltas that a plain Fourier transform loses in its round-off", () => {
    const known = epsilonOfGaussian(0.5, 1e-18);
    expect(deltaOfGaussian(0.5, known) / 1e-18).toBeCloseTo(1, 6);
    const epsilon = epsilonOfEntries([entryOf(100, 1250), entryOf(200, 5000)], 1e-18);
    expect(epsilon).toBeGreaterThan(known - 1e-5);
    expect(epsilon).toBeLessThan(known + 1e-4);
  });

  it("stays an upper bound where so much was told that nothing is left to promise", () => {
    const epsilon = epsilonOfEntries([entryOf(1, 10000)], 1e-5);
    expect(epsilon).toBeGreaterThan(epsilonOfGaussian(100, 1e-5));
    expect(epsilon).toBeLessThan(1.1 * epsilonOfGaussian(100, 1e-5));
  });
});

function toEntry({ mechanism, scale, changes }: KnownAnswer["entries"][number]): LedgerEntry {
  return entryOf(scale, changes, { mechanism });
}

function describeAnswer({ entries, delta }: KnownAnswer): string {
  const words = entries.map(({ mechanism, scale, changes }) => `${changes} x ${mechanism} ${scale}`);
  return `${words.join(", ")} at ${delta}`;
}

function readAnswers(): readonly KnownAnswer[] {
  const file = new URL("../known-answers/dp-accounting.json", import.meta.url);
  return (JSON.parse(readFileSync(file, "utf8")) as { readonly answers: readonly KnownAnswer[] }).answers;
}
