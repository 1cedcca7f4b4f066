import { beforeAll, describe, expect, it } from "vitest";
import { makeRandom } from "../../src/core/random.js";
import type { Comparison } from "../../src/evaluate/contract/comparison-schema.js";
import { comparisonSchema } from "../../src/evaluate/contract/comparison-schema.js";
import { comparePresets, makeTable, type NamedConfig, type PresetRun, sample, type Table } from "../../src/index.js";

/** 150 rows: a number, a category that follows it, one that does not. */
function makeRows(): Table {
  const random = makeRandom(1);
  const values = Float64Array.from({ length: 150 }, () => Math.round(10 * random.normal()));
  const codes = Int32Array.from(values, (value) => Number(value > 0));
  const other = Int32Array.from({ length: 150 }, () => random.integer(3));
  return makeTable([
    { kind: "number", name: "size", missingText: "", values, format: { decimals: 0 } },
    { kind: "text", name: "kind", missingText: "", codes, dictionary: ["small", "large"] },
    { kind: "text", name: "colour", missingText: "", codes: other, dictionary: ["red", "green", "blue"] },
  ]);
}

const balanced: NamedConfig = {
  name: "small",
  config: { model: { network: { width: 16 }, adversarial: { enabled: false } } },
};
const vanilla: NamedConfig = {
  name: "game",
  config: { preset: "vanilla", model: { latent: 8, generatorWidths: [16], criticWidths: [16] } },
};
/** What training refuses: there is nothing to project onto. */
const refused: NamedConfig = {
  name: "refused",
  config: { preset: "vanilla", model: { condition: { columns: ["nowhere"] } } },
};

describe("comparePresets", () => {
  const runs: PresetRun[] = [];
  const counts: (number | undefined)[] = [];
  let comparison: Comparison;

  beforeAll(async () => {
    let now = 0;
    const tick = () => {
      now += 250;
      return now;
    };
    comparison = await comparePresets(makeRows(), {
      presets: [refused, balanced, vanilla],
      seeds: 2,
      seed: 5,
      maxSteps: 4,
      attacks: 20,
      clock: { wallMs: tick, cpuMs: () => now / 2 },
      onRun: (run, soFar) => {
        runs.push(run);
        counts.push(soFar?.training?.presets.reduce((sum, preset) => sum + preset.runs.length, 0));
      },
    });
  });

  it("goes seed by seed and tells each run as it ends, with the comparison of those that have", () => {
    expect(runs.map(({ name, seed }) => `${name} ${seed}`)).toEqual([
      ...["refused 5", "small 5", "game 5", "refused 6", "small 6", "game 6"],
    ]);
    expect(counts).toEqual([undefined, 2, 3, 4, 5, 6]);
  });

  it("keeps what training refuses as runs that say why, and compares the others", () => {
    expect(comparison.tables.map(({ name }) => name)).toEqual(["small", "game"]);
    const [first, second] = comparison.training!.presets;
    expect(first).toMatchObject({ name: "refused", table: null });
    expect(first!.runs).toEqual([
      expect.objectContaining({ seed: 5, outcome: "failed", reason: expect.stringMatching(/^E_\w+: .*nowhere/) }),
      expect.objectContaining({ seed: 6, outcome: "failed" }),
    ]);
    expect(second).toMatchObject({ name: "small", table: 0, runs: [{ seed: 5, outcome: "finished", steps: 4 }, {}] });
  });

  it("has means over the seeds with their spread, and fits its schema", () => {
    const shapes = comparison.figures.find(({ path }) => path === "fidelity.columnShapes")!;
    const own = runs.flatMap(({ name, result }) =>
      name === "game" && result !== undefined ? [result.report.fidelity.columnShapes.value!] : [],
    );
    expect(own).toHaveLength(2);
    expect(shapes.values[1]!.value).toBeCloseTo((own[0]! + own[1]!) / 2, 12);
    expect(shapes.spreads![1]).toBeCloseTo(Math.abs(own[0]! - own[1]!) / Math.SQRT2, 12);
    expect(() => comparisonSchema.parse(comparison)).not.toThrow();
  });

  it("audits all against the same held-out rows, with as many rows drawn as training has", () => {
    const results = runs.flatMap(({ result }) => (result === undefined ? [] : [result]));
    expect(results.map(({ synthetic }) => synthetic.rowCount)).toEqual([120, 120, 120, 120]);
    expect(new Set(results.map(({ report }) => report.tables.holdout?.rows))).toEqual(new Set([30]));
  });

  it("gives models that can be drawn from, and times by the clocks it was given", async () => {
    const { result, record } = runs.find(({ name }) => name === "small")!;
    expect((await sample(result!.model, { rows: 3 })).rowCount).toBe(3);
    expect(record.seconds).toBeGreaterThan(0);
    expect(record.cpuSeconds).toBeGreaterThan(0);
    const { curve } = runs.find(({ name }) => name === "game")!.record;
    const seconds = curve.map((point) => point.seconds!);
    expect(seconds.length).toBeGreaterThan(1);
    expect(seconds).toEqual(seconds.toSorted((a, b) => a - b));
    expect(curve.at(-1)).toMatchObject({ step: 4, pairError: expect.any(Number), pairFloor: expect.any(Number) });
  });

  it("refuses, before any work, fewer than two presets, the same one twice and unknown ones", async () => {
    const refusal = (presets: readonly string[]) => comparePresets(makeRows(), { presets });
    await expect(refusal(["balanced"])).rejects.toMatchObject({ code: "E_USAGE_PRESETS" });
    await expect(refusal(["wgan", "wgan"])).rejects.toMatchObject({ code: "E_USAGE_PRESETS" });
    await expect(refusal(["wgan", "wgn"])).rejects.toMatchObject({ code: "E_CONFIG_PRESET" });
  });

  it("fails where no run ends with rows, and names each reason; an interruption is no run's failure", async () => {
    const none = [refused, { ...refused, name: "again" }];
    const options = { presets: none, maxSteps: 2 };
    await expect(comparePresets(makeRows(), options)).rejects.toMatchObject({
      code: "E_COMPARE_NONE",
      message: expect.stringMatching(/refused: E_.*again: E_/),
    });
    const stop = new AbortController();
    const interrupted = comparePresets(makeRows(), {
      presets: [balanced, vanilla],
      maxSteps: 2,
      signal: stop.signal,
      onProgress: (event) => event.kind === "progress" && stop.abort(),
    });
    await expect(interrupted).rejects.toMatchObject({ code: "E_INTERRUPTED" });
  });
});
