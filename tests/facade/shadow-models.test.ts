import { describe, expect, it } from "vitest";
import { makeRandom } from "../../src/core/random.js";
import type { ShadowTable } from "../../src/evaluate/privacy/shadow-attack.js";
import { trainShadows } from "../../src/facade/train-shadows.js";
import {
  evaluate,
  type FitOptions,
  inferSchema,
  type ProgressEvent,
  share,
  type Table,
  takeRows,
} from "../../src/index.js";
import { drawPeople, perturb, stack } from "../evaluate/privacy/tables.js";

/** Settings that make a model small enough to be trained within a test. */
const tiny: FitOptions = {
  maxSteps: 3,
  settings: [
    ["model.network.width", 16],
    ["model.adversarial.enabled", false],
  ],
};

const range = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i);
const train = drawPeople(120, makeRandom(1));
const holdout = drawPeople(60, makeRandom(2));

async function shadowsOf(count: number, events: ProgressEvent[] = []): Promise<ShadowTable[]> {
  const plan = { count, rows: 50, schema: inferSchema(train) };
  return trainShadows({ train, holdout }, plan, { ...tiny, onProgress: (event) => events.push(event) });
}

describe("shadow models", () => {
  it("are trained in pairs on complementary halves of all rows, and draw as many rows as asked for", async () => {
    const shadows = await shadowsOf(4);
    expect(shadows.map(({ synthetic }) => synthetic.rowCount)).toEqual([50, 50, 50, 50]);
    for (const pair of [shadows.slice(0, 2), shadows.slice(2)]) {
      expect(pair.flatMap(({ members }) => [...Array.from(members)]).sort((a, b) => a - b)).toEqual(range(0, 180));
    }
    expect(shadows[0]!.members).not.toEqual(shadows[2]!.members);
  });

  it("are the same for the same seed, and tell one progress", async () => {
    const events: ProgressEvent[] = [];
    const first = await shadowsOf(2, events);
    expect(await shadowsOf(2)).toEqual(first);
    expect(events[0]).toEqual({ kind: "stage", stage: "shadow models", message: "training 2 shadow models" });
    expect(events[1]).toMatchObject({ kind: "notice", code: "N_FEW_SHADOWS" });
    const progress = events.slice(2).map((event) => (event.kind === "progress" ? event.done : Number.NaN));
    expect(progress).toEqual(progress.toSorted((a, b) => a - b));
    expect(events.at(-1)).toMatchObject({ stage: "shadow models", done: 100, total: 100, unit: "%" });
  });

  it("leave out constraints that held-out rows break", async () => {
    const schema = { ...inferSchema(train), constraints: [{ kind: "range" as const, column: "age", low: 40 }] };
    const plan = { count: 2, rows: 20, schema };
    const shadows = await trainShadows({ train, holdout }, plan, tiny);
    expect(shadows.map(({ synthetic }) => synthetic.rowCount)).toEqual([20, 20]);
  });

  it.each([0, 1, 2.5, Number.NaN])("of %d are refused before any work", async (shadowModels) => {
    const events: ProgressEvent[] = [];
    const shared = share(train, { ...tiny, shadowModels, onProgress: (event) => events.push(event) });
    await expect(shared).rejects.toMatchObject({ kind: "usage", code: "E_USAGE_SHADOWS", where: "shadowModels" });
    expect(events).toEqual([]);
  });

  it("are one more membership attack of a shared table", async () => {
    const { report } = await share(drawPeople(200, makeRandom(3)), { ...tiny, shadowModels: 2, attacks: 20 });
    const names = report.privacy.membership.variants?.map(({ name }) => name);
    expect(names).toEqual(["distance", "density ratio", "shadow models"]);
    expect(report.method.shadowModels).toBe(2);
  });

  it("find a leak before the release policy is applied", async () => {
    const copy = (table: Table, seed: number) => perturb(table, 0.1, makeRandom(seed));
    const known = drawPeople(300, makeRandom(4));
    const others = drawPeople(300, makeRandom(5));
    const real = stack(known, others);
    const shadows = range(0, 4).map((index): ShadowTable => {
      const order = makeRandom(6)
        .fork(index >> 1)
        .permutation(600);
      const members = index % 2 === 0 ? order.slice(0, 300) : order.slice(300);
      return { members, synthetic: copy(takeRows(real, members), 10 + index) };
    });
    const report = await evaluate({ train: known, synthetic: copy(known, 7), holdout: others, shadows, attacks: 20 });
    expect(report.privacy.membership.variants?.[2]?.attack.low).toBeGreaterThan(0.6);
    expect(report.release.shareable).toBe(false);
  });
});
