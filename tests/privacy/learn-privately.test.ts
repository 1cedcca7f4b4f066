import { describe, expect, it } from "vitest";
import type { ProgressEvent } from "../../src/core/progress.js";
import { makeRandom } from "../../src/core/random.js";
import { RARE_CATEGORY } from "../../src/encode/one-hot.js";
import { decodeTable } from "../../src/encode/table-encoding.js";
import { learnPrivately } from "../../src/privacy/learn-privately.js";
import { drawRows } from "../../src/privacy/mixture/draw-rows.js";
import type { PrivateRelease, PrivateRequest } from "../../src/privacy/private-request.js";
import type { ColumnSchema, TableSchema } from "../../src/schema/table-schema.js";
import type { TextColumn } from "../../src/table/column.js";
import { makeTable, type Table } from "../../src/table/table.js";

const described = { reason: "", missingShare: 0, distinctCount: 0, missingText: "" };
const LETTERS = ["a", "b", "c"];

/** The columns `x` and `y` hang together, `n` is a number of 0..40 that goes with them, `z` is by itself. */
function people(rows: number): Table {
  const random = makeRandom(5);
  const x = Int32Array.from({ length: rows }, () => random.integer(3));
  const text = (name: string, codes: Int32Array) =>
    ({ kind: "text", name, codes, dictionary: LETTERS, missingText: "" }) as const;
  return makeTable([
    text("x", x),
    text(
      "y",
      x.map((code) => (random.uniform() < 0.9 ? code : random.integer(3))),
    ),
    {
      kind: "number",
      name: "n",
      values: Float64Array.from(x, (code) => 10 * code + random.integer(21)),
      format: { decimals: 0 },
      missingText: "",
    },
    text(
      "z",
      Int32Array.from({ length: rows }, () => random.integer(3)),
    ),
  ]);
}

const category = (name: string): ColumnSchema => ({ ...described, name, type: "category", levels: LETTERS });
const number: ColumnSchema = { ...described, name: "n", type: "integer", bounds: { min: 0, max: 40 } };

function declared(...columns: ColumnSchema[]): TableSchema {
  return { version: 1, rowCount: 0, columns };
}

const schema = declared(category("x"), category("y"), number, category("z"));

interface Asked extends Partial<PrivateRequest> {
  readonly epsilon?: number;
}

async function learn(table: Table, { epsilon = 2, ...asked }: Asked = {}, events: ProgressEvent[] = []) {
  const request = { privacy: { epsilon, delta: 1e-5, noiseSeed: 3 }, schema, ...asked };
  const onProgress = (event: ProgressEvent) => void events.push(event);
  const release = await learnPrivately(table, request, {
    random: makeRandom(1),
    engine: "onnx",
    threads: 1,
    onProgress,
  });
  const spending = events.flatMap((event) => (event.kind === "notice" && event.spending) || []);
  return { release, spending };
}

/** The mixture's probability that the groups of two fields are the same. */
function agreement({ mixture }: PrivateRelease, first: number, second: number): number {
  const { weights, starts, probabilities } = mixture;
  const width = starts.at(-1)!;
  let sum = 0;
  weights.forEach((weight, component) => {
    for (let group = 0; group < 3; group++) {
      const at = component * width + group;
      sum += weight * probabilities[at + starts[first]!]! * probabilities[at + starts[second]!]!;
    }
  });
  return sum;
}

describe("learnPrivately", () => {
  it("tells the plan, spends what it says and no more, and finds what hangs together", async () => {
    const { release, spending } = await learn(people(2000));
    const { record } = release;
    expect(spending.map(({ released }) => released)).toEqual([
      "number of rows",
      "bins of numbers and dates",
      "counts of each column's levels",
      "counts of pairs of columns",
    ]);
    const changesOf = (name: RegExp) =>
      record.ledger.filter(({ released }) => name.test(released)).reduce((sum, { changes }) => sum + changes, 0);
    expect([changesOf(/rows/), changesOf(/bins/), changesOf(/each column/), changesOf(/pairs/)]).toEqual(
      spending.map(({ changes }) => changes),
    );
    for (const { scale, released } of spending) {
      const spent = record.ledger.filter((entry) => entry.released.startsWith(released));
      for (const entry of spent) expect(Math.abs(entry.scale / scale - 1)).toBeLessThan(0.01);
    }
    expect(record.spent).toBeLessThanOrEqual(2);
    expect(record.spent).toBeGreaterThan(1.98);
    expect(record.noise).toBe("seeded");
    expect(Math.abs(release.schema.rowCount - 2000)).toBeLessThan(100);
    expect(release.oneWays.map((counts) => Math.round(counts.reduce((sum, count) => sum + count, 0)))).toEqual(
      release.oneWays.map(() => release.schema.rowCount),
    );
    // 0.9 + 0.1 / 3 of the rows have the same letter in x and y, a third in x and z.
    expect(agreement(release, 0, 1)).toBeCloseTo(0.933, 1);
    expect(agreement(release, 0, 3)).toBeCloseTo(0.333, 1);
  });

  it("does the same again with the same seeds", async () => {
    const [first, second] = [await learn(people(600), { target: "y" }), await learn(people(600), { target: "y" })];
    expect(second.release).toEqual(first.release);
    expect(first.release.record.target).toBe("y");
    expect(first.release.measurements.filter(({ of }) => of.length === 3 && of[2]!.field === 1)).toHaveLength(3);
  });

  it("scores and measures triples from epsilon 3", async () => {
    const { release } = await learn(people(600), { epsilon: 4 });
    expect(release.measurements.filter(({ of }) => of.length === 3)).toHaveLength(4);
    expect(release.record.spent).toBeLessThanOrEqual(4);
  });

  it.each([1, 2, 3, 4])("draws no missing and no rare value where there are none (noise %d)", async (noiseSeed) => {
    const privacy = { epsilon: 1, delta: 1e-5, noiseSeed };
    const open = declared({ ...described, name: "x", type: "category" }, category("y"), number, category("z"));
    const { release } = await learn(people(2000), { privacy, schema: open });
    expect(release.schema.columns.map(({ missingShare }) => missingShare)).toEqual([0, 0, 0, 0]);
    const rows = drawRows(release, 20_000, makeRandom(2));
    const { columns } = decodeTable(release.encoding, rows, makeRandom(3));
    for (const column of columns) {
      if (column.kind === "number") expect(column.values.some(Number.isNaN)).toBe(false);
      else if (column.kind === "text") {
        expect([column.codes.some((code) => code < 0), column.dictionary]).toEqual([
          false,
          expect.not.arrayContaining([RARE_CATEGORY]),
        ]);
      }
    }
  });

  it("says with noise what share is missing, and draws as much", async () => {
    const table = people(2000);
    const codes = Int32Array.from({ length: 2000 }, (_, row) => (row % 4 === 0 ? -1 : row % 3));
    const holed = makeTable([...table.columns.slice(0, 3), { ...table.columns[3]!, codes } as TextColumn]);
    const { release } = await learn(holed);
    const { missingShare } = release.schema.columns[3]!;
    expect(missingShare).not.toBe(0.25);
    expect(missingShare).toBeCloseTo(0.25, 1);
    const drawn = drawRows(release, 20_000, makeRandom(2)).fields[3]!;
    expect(drawn.filter((level) => level === 3).length / 20_000).toBeCloseTo(0.25, 1);
  });

  it("refuses a target that is found not to be learned, saying what finding it out has spent", async () => {
    const dictionary = Array.from({ length: 2000 }, (_, row) => `p${row}@example.com`);
    const codes = Int32Array.from(dictionary.keys());
    const mailed = makeTable([
      ...people(2000).columns,
      { kind: "text", name: "email", codes, dictionary, missingText: "" },
    ]);
    await expect(learn(mailed, { schema: undefined, target: "email", epsilon: 4 })).rejects.toMatchObject({
      code: "E_PRIVACY_TARGET",
      where: "target",
      message: expect.stringMatching(
        /"email" is not learned \(.*by the column's name\).* spent [0-3]\.\d\d of epsilon 4,/,
      ),
      hint: expect.stringContaining('declare "email" in a schema'),
    });
  });

  it.each([
    ["one column", makeTable([people(500).columns[0]!]), declared(category("x"))],
    [
      "columns of one level",
      people(500),
      declared(category("x"), category("y"), number, { ...category("z"), levels: ["a"] }),
    ],
    [
      "values that are all missing",
      people(500),
      declared(category("x"), category("y"), number, { ...category("z"), levels: ["q"] }),
    ],
  ])("learns %s", async (_, table, given) => {
    const { release } = await learn(table, { schema: given, epsilon: 3 });
    const columns = given.columns.length;
    expect(release.oneWays).toHaveLength(columns);
    expect([...release.mixture.probabilities].every(Number.isFinite)).toBe(true);
    expect(release.record.spent).toBeLessThanOrEqual(3);
  });

  it.each([
    ["two rows", people(2), {}, "E_PRIVACY_BUDGET_SMALL"],
    ["a tiny budget", people(600), { epsilon: 0.01 }, "E_PRIVACY_BUDGET_SMALL"],
    ["a target that is not there", people(600), { target: "w" }, "E_PRIVACY_TARGET"],
    [
      "public bounds that are not declared",
      people(600),
      {
        privacy: { epsilon: 2, delta: 1e-5, bounds: "public" },
        schema: declared({ ...described, name: "x", type: "category" }, category("y"), number, category("z")),
      },
      "E_PRIVACY_UNDECLARED",
    ],
    ["a target named like a key", people(600), { schema: undefined, target: "id" }, "E_PRIVACY_TARGET"],
    ["a schema of other columns", people(600), { schema: declared(category("x")) }, "E_SCHEMA_MISSING_COLUMN"],
    [
      "nothing to learn",
      makeTable([people(600).columns[0]!]),
      { schema: declared({ ...described, name: "x", type: "identifier" }) },
      "E_DATA_NOTHING_TO_LEARN",
    ],
  ] satisfies [string, Table, Asked, string][])("refuses %s before the plan is told", async (_, table, asked, code) => {
    const events: ProgressEvent[] = [];
    await expect(learn(table, asked, events)).rejects.toMatchObject({ code });
    expect(events).toEqual([]);
  });
});
