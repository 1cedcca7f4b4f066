import { describe, expect, it } from "vitest";
import type { ProgressEvent } from "../../src/core/progress.js";
import { alignTables } from "../../src/evaluate/align-tables.js";
import type { AuditJob } from "../../src/evaluate/audit-parts.js";
import { people } from "./planted.js";

/** Threads run the built files: sources in TypeScript have none. */
const dist = new URL("../../dist/evaluate", import.meta.url).href;
const { runAudit } = (await import(`${dist}/run-audit.js`)) as typeof import("../../src/evaluate/run-audit.js");

/** As large as it must be for threads: 4 columns of 6,500 rows a side. */
const job = makeJob(6_500);

function makeJob(rows: number): AuditJob {
  const tables = { train: people(rows, "train"), synthetic: people(rows, "fresh"), holdout: people(400, "holdout") };
  const { train, synthetic, holdout, schema } = alignTables(tables);
  return { train, synthetic, ...(holdout === undefined ? {} : { holdout }), schema, seed: 5 };
}

describe("an audit's parts", () => {
  it("find the same in threads as one after the other", async () => {
    const [alone, together] = await Promise.all([runAudit(job, {}), runAudit(job, { threads: 3 })]);
    expect(together).toEqual(alone);
    expect(together.detection.holdout.value).toBeGreaterThan(0.3);
  }, 60_000);

  it("sum up to one progress that never falls back", async () => {
    const events: ProgressEvent[] = [];
    await runAudit(makeJob(300), { onProgress: (event) => events.push(event) });
    const done = events.flatMap((event) => (event.kind === "progress" && event.stage === "audit" ? [event.done] : []));
    expect(done.at(-1)).toBe(100);
    expect(done).toEqual(done.toSorted((a, b) => a - b));
    expect(new Set(done).size).toBeGreaterThan(5);
  });

  it.each([1, 2])("stop when told to, with %i threads", async (threads) => {
    const controller = new AbortController();
    const running = runAudit(job, { threads, signal: controller.signal, onProgress: () => controller.abort() });
    await expect(running).rejects.toMatchObject({ code: "E_INTERRUPTED" });
  });

  it("end with an error of ours when a thread breaks down, and with a part's own error", async () => {
    const broken = { ...job, schema: undefined } as unknown as AuditJob;
    await expect(runAudit(broken, { threads: 2 })).rejects.toMatchObject({ code: "E_EVALUATE_WORKER" });
    const unknown = runAudit({ ...job, target: "nobody" }, { threads: 2 });
    await expect(unknown).rejects.toMatchObject({ code: "E_EVALUATE_TARGET", kind: "usage" });
  });
});
