import { describe, expect, it } from "vitest";
import { makeRandom } from "../../src/core/random.js";
import type { SampleFieldsOptions } from "../../src/sample/sample-fields.js";
import { randomGenerator } from "../gan/inference/random-generator.js";

/** Workers run the built files: sources in TypeScript have none. */
const dist = new URL("../../dist/sample", import.meta.url).href;
const { sampleFields } = (await import(
  `${dist}/sample-fields.js`
)) as typeof import("../../src/sample/sample-fields.js");
const { drawInWorkers, workerCount } = (await import(
  `${dist}/chunk-pool.js`
)) as typeof import("../../src/sample/chunk-pool.js");

const generator = randomGenerator([3, 4, 2, 300]);
const draw = (options: Partial<SampleFieldsOptions>) =>
  sampleFields(generator, {
    rows: 9000,
    rounds: "max",
    random: makeRandom(1),
    engine: "onnx",
    threads: 2,
    ...options,
  });

describe("drawing in worker threads", () => {
  it("gives the same rows as one thread, with any number of workers", async () => {
    const alone = await draw({ threads: 1 });
    for (const threads of [2, 3]) expect(await draw({ threads })).toEqual(alone);
    expect(new Set(alone.fields[3]).size).toBeGreaterThan(200);
  });

  it("tells how far it is, up to the last row", async () => {
    const done: number[] = [];
    await draw({ onProgress: (event) => event.kind === "progress" && done.push(event.done) });
    expect(done).toHaveLength(9);
    expect(done.at(-1)).toBe(9000);
    expect(done).toEqual([...done].sort((a, b) => a - b));
  });

  it("stops when told to", async () => {
    const controller = new AbortController();
    const sampling = draw({ signal: controller.signal, onProgress: () => controller.abort() });
    await expect(sampling).rejects.toMatchObject({ code: "E_INTERRUPTED" });
  });

  it("ends with an error of ours when a worker cannot go on", async () => {
    const graph = new Uint8Array(9);
    const engine = { kind: "graphs", graphs: { trunk: graph, embedding: graph, head: graph, groups: [] } };
    const job = { network: { heads: [], starts: [0] }, engine, rows: 9000, seed: 1 };
    const drawing = drawInWorkers(job as unknown as Parameters<typeof drawInWorkers>[0], 2, () => {}, undefined);
    await expect(drawing).rejects.toMatchObject({ code: "E_SAMPLE_WORKER" });
  });

  it("passes on what the caller's progress handler throws", async () => {
    const failing = () => {
      throw new Error("the caller's");
    };
    await expect(draw({ onProgress: failing })).rejects.toThrow("the caller's");
  });

  it("is for many rows on several threads of the onnx engine", () => {
    const job = (rows: number, kind: string) => ({ rows, engine: { kind } }) as Parameters<typeof workerCount>[0];
    expect(workerCount(job(1_000_000, "graphs"), 4)).toBe(4);
    expect(workerCount(job(1_000_000, "graphs"), 1)).toBe(0);
    expect(workerCount(job(2000, "graphs"), 4)).toBe(0);
    expect(workerCount(job(1_000_000, "programs"), 4)).toBe(0);
  });
});
