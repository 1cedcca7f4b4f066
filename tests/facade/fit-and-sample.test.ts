import { describe, expect, it } from "vitest";
import { type FitOptions, fit, makeTable, type ProgressEvent, sample, type Table } from "../../src/index.js";

/** Settings that make a model small enough to be trained within a test. */
const tiny: FitOptions = {
  maxSteps: 3,
  settings: [
    ["model.network.width", 16],
    ["model.adversarial.enabled", false],
  ],
};

function makeRows(rowCount: number): Table {
  const values = Float64Array.from({ length: rowCount }, (_, row) => (row * 7) % 5);
  const codes = Int32Array.from({ length: rowCount }, (_, row) => row % 2);
  return makeTable([
    { kind: "number", name: "size", missingText: "", values, format: { decimals: 0 } },
    { kind: "text", name: "kind", missingText: "", codes, dictionary: ["a", "b"] },
    { kind: "text", name: "same", missingText: "", codes: new Int32Array(rowCount), dictionary: ["only"] },
  ]);
}

async function noticesOf(rowCount: number): Promise<ProgressEvent[]> {
  const events: ProgressEvent[] = [];
  await fit(makeRows(rowCount), { ...tiny, onProgress: (event) => events.push(event) });
  return events.filter((event) => event.kind === "notice" && event.code === "N_FEW_ROWS");
}

describe("fitting few rows", () => {
  it("warns from 10 to 19 rows and says how far two real tables of that size are apart", async () => {
    // 15 values against 15 others: .2867 in 20,000 simulated pairs of uniform samples
    expect(await noticesOf(15)).toMatchObject([{ message: expect.stringMatching(/^15 rows .* about 29 % /) }]);
    expect(await noticesOf(10)).toHaveLength(1);
    expect(await noticesOf(19)).toHaveLength(1);
    expect(await noticesOf(20)).toEqual([]);
  });

  it("refuses nine", async () => {
    await expect(fit(makeRows(9), tiny)).rejects.toMatchObject({ kind: "data", code: "E_DATA_TOO_FEW_ROWS" });
  });

  it("passes a column of one value through", async () => {
    const model = await fit(makeRows(12), tiny);
    const rows = await sample(model, { rows: 7 });
    expect(rows.columns[2]).toMatchObject({ name: "same", dictionary: ["only"], codes: new Int32Array(7) });
  });
});

describe("the budget", () => {
  it.each([
    ["maxSteps", 0],
    ["maxSteps", 1.5],
    ["maxSteps", Number.NaN],
    ["minutes", 0],
    ["minutes", -1],
    ["minutes", Number.NaN],
  ])("%s: %d is refused before any work", async (name, value) => {
    const events: ProgressEvent[] = [];
    const fitted = fit(makeRows(40), { ...tiny, [name]: value, onProgress: (event) => events.push(event) });
    await expect(fitted).rejects.toMatchObject({ kind: "usage", code: "E_USAGE_BUDGET", where: name });
    expect(events).toEqual([]);
  });
});
