import { beforeAll, describe, expect, it } from "vitest";
import { makeRandom } from "../../src/core/random.js";
import type { TrainedGenerator } from "../../src/gan/trained-generator.js";
import { trainSmall } from "../gan/architectures/small-training.js";
import { drawRows } from "./draw-rows.js";

const sizes = (generator: TrainedGenerator, truncation?: number) =>
  drawRows(generator, {
    rows: 6000,
    rounds: "auto",
    random: makeRandom(5),
    engine: "onnx",
    threads: 1,
    truncation,
  });

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

describe("rows of a truncated style", () => {
  let generator: TrainedGenerator;
  beforeAll(async () => {
    generator = await trainSmall("stylegan", 300, 2);
  });

  it("vary less, and are outliers less often, the smaller the truncation", async () => {
    const own = [...(await sizes(generator)).fields[0]!];
    const middle = mean(own);
    const deviation = Math.sqrt(mean(own.map((value) => (value - middle) ** 2)));
    const spreads: number[] = [];
    const outliers: number[] = [];
    for (const truncation of [1, 0.7, 0.4]) {
      const drawn = [...(await sizes(generator, truncation)).fields[0]!];
      const center = mean(drawn);
      spreads.push(mean(drawn.map((value) => (value - center) ** 2)));
      outliers.push(mean(drawn.map((value) => (Math.abs(value - middle) > 1.5 * deviation ? 1 : 0))));
    }
    expect(spreads.toSorted((a, b) => b - a)).toEqual(spreads);
    expect(outliers.toSorted((a, b) => b - a)).toEqual(outliers);
    expect(spreads[2]).toBeLessThan(0.95 * spreads[0]!);
    expect(outliers[2]).toBeLessThan(0.9 * outliers[0]!);
  });

  it("are those without truncation, byte for byte, at 1", async () => {
    expect(await sizes(generator, 1)).toEqual(await sizes(generator));
    expect(await sizes(generator, 0.9)).not.toEqual(await sizes(generator));
  });

  it("must have a truncation of at least 0", async () => {
    await expect(sizes(generator, -0.1)).rejects.toMatchObject({ code: "E_USAGE_TRUNCATION", where: "truncation" });
    await expect(sizes(generator, Number.NaN)).rejects.toMatchObject({ code: "E_USAGE_TRUNCATION" });
  });

  it("are refused of a model without styles, which says what has them", async () => {
    const other = await trainSmall("progressive", 2, 1);
    await expect(sizes(other, 0.7)).rejects.toMatchObject({
      code: "E_SAMPLE_TRUNCATION",
      hint: expect.stringContaining("preset stylegan"),
    });
    expect((await sizes(other)).rowCount).toBe(6000);
  });
});
