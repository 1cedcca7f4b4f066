import { describe, expect, it } from "vitest";
import { makeRandom } from "../../src/core/random.js";
import type { DrawOptions } from "../../src/sample/draw-chunks.js";
import { randomGenerator } from "../gan/inference/random-generator.js";
import { drawRows } from "./draw-rows.js";

/** Workers run the built files: sources in TypeScript have none. */
const dist = new URL("../../dist/sample", import.meta.url).href;
const { drawChunks } = (await import(`${dist}/draw-chunks.js`)) as typeof import("../../src/sample/draw-chunks.js");
const { drawInWorkers, workerCount } = (await import(
  `${dist}/chunk-pool.js`
)) as typeof import("../../src/sample/chunk-pool.js");

const generator = randomGenerator([3, 4, 2, 300]);
const defaults: DrawOptions = { rows: 9000, rounds: "max", random: makeRandom(1), engine: "onnx", threads: 2 };
const draw = (options: Partial<DrawOptions>) => drawRows(generator, { ...defaults, ...options }, drawChunks);

describe("drawing in worker threads", () => {
  it("gives the same rows as one thread, with any number of workers", async () => {
    const alone = await draw({ threads: 1 });
    for (const threads of [2, 3]) expect(await draw({ threads })).toEqual(alone);
    expect(new Set(alone.fields[3]).size).toBeGreaterThan(200);
  });

  it("gives a span of the chunks as all of them have it", async () => {
    const alone = await draw({ threads: 1 });
    const span = await draw({ span: { first: 3, end: 8 } });
    expect(span.fields).toEqual(alone.fields.map((field) => field.slice(3 * 1024, 8 * 1024)));
  });

  it("never runs far ahead of a slow taker, and ends when it takes no more", async () => {
    const chunks = drawChunks(generator, { ...defaults, rows: Number.POSITIVE_INFINITY });
    for (let taken = 0; taken < 3; taken++) {
      const { value } = await chunks.next();
      expect(value?.rowCount).toBe(1024);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    await chunks.return(undefined);
    expect((await chunks.next()).done).toBe(true);
  });

  it("stops when told to", async () => {
    const controller = new AbortController();
    const sampling = (async () => {
      for await (const _ of drawChunks(generator, { ...defaults, signal: controller.signal })) controller.abort();
    })();
    await expect(sampling).rejects.toMatchObject({ code: "E_INTERRUPTED" });
  });

  it("ends with an error of ours when a worker cannot go on", async () => {
    const graph = new Uint8Array(9);
    const engine = { kind: "graphs", graphs: { trunk: graph, embedding: graph, head: graph, groups: [] } };
    const job = { network: { heads: [], starts: [0] }, engine, rows: 9000, seed: 1 };
    const span = { first: 0, end: 9 };
    const drawing = drawInWorkers(job as unknown as Parameters<typeof drawInWorkers>[0], 2, span, undefined);
    await expect(drawing.next()).rejects.toMatchObject({ code: "E_SAMPLE_WORKER" });
  });

  it("ends its threads when the taker throws", async () => {
    const failing = (async () => {
      for await (const _ of drawChunks(generator, defaults)) throw new Error("the caller's");
    })();
    await expect(failing).rejects.toThrow("the caller's");
  });

  it("is for many rows on several threads of the onnx engine", () => {
    const job = (kind: string) => ({ engine: { kind } }) as Parameters<typeof workerCount>[0];
    const chunks = (end: number) => ({ first: 0, end });
    expect(workerCount(job("graphs"), chunks(1000), 4)).toBe(4);
    expect(workerCount(job("graphs"), chunks(1000), 1)).toBe(0);
    expect(workerCount(job("graphs"), chunks(2), 4)).toBe(0);
    expect(workerCount(job("programs"), chunks(1000), 4)).toBe(0);
  });
});
