import { describe, expect, it } from "vitest";
import { makeRandom, philox4x32 } from "../../src/core/random.js";

describe("philox4x32", () => {
  // Known answers of Random123 1.14 (kat_vectors: "philox4x32 10").
  it("gives the published words for zeros, ones and digits of pi", () => {
    expect(philox4x32([0, 0, 0, 0], [0, 0])).toEqual([0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8]);
    const ones = 0xffffffff;
    expect(philox4x32([ones, ones, ones, ones], [ones, ones])).toEqual([
      0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd,
    ]);
    expect(philox4x32([0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344], [0xa4093822, 0x299f31d0])).toEqual([
      0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1,
    ]);
  });
});

describe("random streams", () => {
  it("depend on the seed and the labels, not on what was drawn before", () => {
    const one = makeRandom(7);
    one.uniform();
    expect(one.fork("rows").uint32()).toBe(makeRandom(7).fork("rows").uint32());
    const firsts = [
      makeRandom(7).fork("rows"),
      makeRandom(8).fork("rows"),
      makeRandom(7 + 2 ** 32).fork("rows"),
      makeRandom(7).fork("row"),
      makeRandom(7).fork("rowsx"),
      makeRandom(7).fork("rows").fork("rows"),
      makeRandom(7).fork(1),
      makeRandom(7).fork("1"),
    ].map((stream) => stream.uint32());
    expect(new Set(firsts).size).toBe(firsts.length);
  });

  it("are uniform and normal to what 200,000 draws can tell", () => {
    const random = makeRandom(1);
    const count = 200_000;
    const bins = new Array<number>(10).fill(0);
    let sum = 0;
    let squares = 0;
    let beyond = 0;
    for (let i = 0; i < count; i++) {
      bins[Math.floor(random.uniform() * 10)]! += 1;
      const value = random.normal();
      sum += value;
      squares += value * value;
      if (Math.abs(value) > 1.959964) beyond++;
    }
    const chiSquare = bins.reduce((total, seen) => total + (seen - count / 10) ** 2 / (count / 10), 0);
    expect(chiSquare).toBeLessThan(27.9); // 99.9 % of chi-square with 9 degrees of freedom
    expect(Math.abs(sum / count)).toBeLessThan(0.01);
    expect(squares / count).toBeCloseTo(1, 1);
    expect(beyond / count).toBeCloseTo(0.05, 2);
  });

  it("fill with what single draws give, and go on from there", () => {
    const [filled, drawn] = [makeRandom(9), makeRandom(9)];
    const values = new Float32Array(1000);
    filled.fillUniform(values);
    expect([...values]).toEqual(Array.from(values, () => ((drawn.uint32() >>> 9) + 0.5) / 8388608));
    expect(filled.uint32()).toBe(drawn.uint32());
  });

  it("go on from a state as they went on from it, a normal that was left over included", () => {
    const original = makeRandom(5);
    for (let i = 0; i < 7; i++) original.normal();
    const state = JSON.parse(JSON.stringify(original.state()));
    const drawn = Array.from({ length: 50 }, () => [original.normal(), original.uint32()]);
    const restored = makeRandom(5);
    restored.restore(state);
    expect(Array.from({ length: 50 }, () => [restored.normal(), restored.uint32()])).toEqual(drawn);
  });

  it("never fill with 0 or 1, of which a logarithm is taken", () => {
    const values = new Float32Array(300_000);
    makeRandom(3).fillUniform(values);
    expect(values.every((value) => value > 0 && value < 1)).toBe(true);
  });

  it("permute: every item once, every place alike", () => {
    const places = new Array<number>(5).fill(0);
    for (let seed = 0; seed < 5000; seed++) {
      const order = makeRandom(seed).permutation(5);
      expect([...order].sort()).toEqual([0, 1, 2, 3, 4]);
      places[order.indexOf(0)]! += 1;
    }
    for (const seen of places) expect(seen / 5000).toBeCloseTo(0.2, 1);
  });
});
