import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Checkpoint, deserializeCheckpoint, serializeCheckpoint } from "../../src/artifact/checkpoint.js";

const checkpoint: Checkpoint = {
  fingerprint: { seed: "1", table: "abc" },
  phase: "completion",
  state: {
    values: { best: { step: 0, loss: Number.POSITIVE_INFINITY }, log: [{ auc: Number.NaN, note: "NaN" }, null] },
    arrays: {
      "weights/data": Float32Array.of(1.5, -0, Number.NaN, 1e-42),
      order: Uint32Array.of(1, 2 ** 32 - 1),
      means: Float64Array.of(Math.PI),
      signs: Int32Array.of(-5),
      empty: new Float32Array(),
      bytes: Uint8Array.of(10, 0, 255),
    },
  },
};

describe("a checkpoint as bytes", () => {
  it("comes back as it was, numbers that JSON has not included", () => {
    expect(deserializeCheckpoint(serializeCheckpoint(checkpoint))).toEqual(checkpoint);
  });

  it("holds what the state was then, whatever the arrays become", () => {
    const weights = Float32Array.of(1, 2);
    const bytes = serializeCheckpoint({ ...checkpoint, state: { values: {}, arrays: { weights } } });
    weights.fill(9);
    expect(deserializeCheckpoint(bytes).state.arrays.weights).toEqual(Float32Array.of(1, 2));
  });

  it("is refused wherever it was cut off and whichever byte was changed", () => {
    const bytes = serializeCheckpoint(checkpoint);
    const codeOf = (damaged: Uint8Array) => {
      try {
        deserializeCheckpoint(damaged);
        return "read";
      } catch (error) {
        return (error as { code: string }).code;
      }
    };
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
        expect(codeOf(bytes.slice(0, at))).toMatch(/^E_RESUME_(BROKEN|FOREIGN)$/);
        const changed = bytes.slice();
        changed[at]! ^= change;
        expect(codeOf(changed)).toMatch(/^E_RESUME_(BROKEN|FOREIGN|NEWER)$/);
      }),
    );
    expect(codeOf(new Uint8Array([...bytes, 0]))).toBe("E_RESUME_BROKEN");
  });

  it("is told from another file and from a newer version", () => {
    const text = (start: string) => new TextEncoder().encode(`${start} ${"0".repeat(64)}\n{}\n`);
    expect(() => deserializeCheckpoint(text("synth-checkpoint 2"))).toThrow(
      /has format version 2; this program reads 1/,
    );
    expect(() => deserializeCheckpoint(text("a,b,c"))).toThrow("this is not a checkpoint of synth");
  });
});
