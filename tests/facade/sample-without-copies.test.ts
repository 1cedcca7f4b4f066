import { beforeAll, describe, expect, it } from "vitest";
import { makeRandom } from "../../src/core/random.js";
import {
  fit,
  makeTable,
  type ProgressEvent,
  type SynthModel,
  sample,
  sampleWithoutCopies,
  type Table,
  takeRows,
} from "../../src/index.js";
import { drawPeople, stack } from "../evaluate/privacy/tables.js";

const range = (from: number, to: number) => Array.from({ length: to - from }, (_, at) => from + at);
const people = drawPeople(400, makeRandom(1));
const holdout = drawPeople(800, makeRandom(2));
let model: SynthModel;
let plain: Table;
/** As if 60 of the rows that the model draws stood in training. */
let train: Table;

beforeAll(async () => {
  model = await fit(people, {
    maxSteps: 3,
    settings: [
      ["model.network.width", 16],
      ["model.adversarial.enabled", false],
    ],
  });
  plain = await sample(model, { rows: 600 });
  train = stack(people, takeRows(plain, range(100, 160)));
}, 60_000);

describe("sampleWithoutCopies", () => {
  it("drops the copies, delivers as many rows as are asked for, and is the plain sample otherwise", async () => {
    const events: ProgressEvent[] = [];
    const options = { rows: 600, train, holdout, onProgress: (event: ProgressEvent) => void events.push(event) };
    const { table, dropped, leak } = await sampleWithoutCopies(model, options);
    expect(dropped).toBe(60);
    expect(table.rowCount).toBe(600);
    const longer = await sample(model, { rows: 660 });
    const kept = [...range(0, 100), ...range(160, 660)];
    const cells = ({ columns }: Table) =>
      columns.map((column) => ("values" in column ? [...column.values] : [...column.codes]));
    expect(cells({ ...table, columns: table.columns.slice(0, 3) })).toEqual(
      cells({ ...table, columns: takeRows(longer, kept).columns.slice(0, 3) }),
    );
    expect(leak.likelihoodRatio).toBeLessThan(1.0527);
    expect(events).toContainEqual(expect.objectContaining({ code: "N_FILTER_COPIES" }));
    expect(events.filter(({ kind }) => kind === "progress").at(-1)).toMatchObject({ done: 600, total: 600 });
    expect(await sampleWithoutCopies(model, { rows: 600, train, holdout, threads: 2 })).toEqual({
      table,
      dropped,
      leak,
    });
  });

  it("drops nothing and notices nothing where no training row is drawn", async () => {
    const events: ProgressEvent[] = [];
    const options = {
      rows: 600,
      train: people,
      holdout,
      onProgress: (event: ProgressEvent) => void events.push(event),
    };
    const { table, dropped } = await sampleWithoutCopies(model, options);
    expect(dropped).toBe(0);
    expect(table).toEqual(plain);
    expect(events.filter(({ kind }) => kind === "notice")).toEqual([]);
  });

  it("gives up where the model draws nothing but its training rows", async () => {
    const all = await sample(model, { rows: 3 * 50 + 1024 });
    await expect(sampleWithoutCopies(model, { rows: 50, train: all, holdout })).rejects.toMatchObject({
      code: "E_FILTER_STUCK",
      kind: "data",
    });
  });

  it("refuses a distance out of range, a holdout that lacks a column, and too few held-out rows", async () => {
    const refused = (change: object, code: string) =>
      expect(sampleWithoutCopies(model, { rows: 50, train: people, holdout, ...change })).rejects.toMatchObject({
        code,
      });
    await refused({ minDistance: 1 }, "E_USAGE_NUMBER");
    await refused({ minDistance: Number.NaN }, "E_USAGE_NUMBER");
    await refused({ holdout: makeTable(holdout.columns.slice(1)) }, "E_DATA_COLUMNS");
    await refused({ holdout: takeRows(holdout, range(0, 700)) }, "E_FILTER_TOO_FEW_ROWS");
  });
});
