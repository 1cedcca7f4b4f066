import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { makeRandom } from "../../src/core/random.js";
import { type FitOptions, fit, makeTable, readTable, sample, saveModel, type Table } from "../../src/index.js";
import { makeCellFormatter } from "../../src/table/format-cell.js";
import { makeTemporaryFolder } from "../cli/temporary-folder.js";

const root = resolve(import.meta.dirname, "../..");
const folder = makeTemporaryFolder();
const ROWS = 4000;
/** The interpreter that runs the example; it needs onnxruntime and numpy. */
const python = process.env.PYTHON ?? "python3";
const reason = reasonToSkip();
if (reason !== undefined) console.log(`skipped: rows drawn in Python: ${reason}`);

function reasonToSkip(): string | undefined {
  try {
    execFileSync(python, ["-c", "import onnxruntime, numpy"], { stdio: "pipe" });
    return undefined;
  } catch {
    return `${python} does not run, or lacks onnxruntime or numpy (PYTHON names another one)`;
  }
}

describe("examples/python", () => {
  it("draws in at most 60 lines, and stands in the README of the examples", () => {
    const lines = readFileSync(join(root, "examples/python/sample.py"), "utf8").trimEnd().split("\n");
    expect(lines.length).toBeLessThanOrEqual(60);
    expect(readFileSync(join(root, "examples/README.md"), "utf8")).toContain("(python/sample.py)");
  });
});

describe.skipIf(reason !== undefined)(
  `rows drawn by examples/python/sample.py${reason ? ` (skipped: ${reason})` : ""}`,
  () => {
    const penguins = () => readTable(join(root, "examples/penguins.csv"));
    const small: FitOptions = {
      settings: [
        ["model.network.width", 32],
        ["model.network.blocks", 1],
        ["model.adversarial.enabled", false],
        ["model.completion.batchSize", 200],
        ["model.completion.learningRate", 0.01],
        ["model.completion.warmupSteps", 5],
        ["model.completion.emaDecay", 0.9],
      ],
      maxSteps: 120,
    };

    it("are distributed as those of sample: as near to it as two samples are to each other", async () => {
      await expectAlike(await penguins(), small);
    }, 60_000);

    it("are so of kind gan, with known columns and scalars within modes", async () => {
      const settings = [["encoding.numbers", "mode-specific"]] as const;
      await expectAlike(await penguins(), { preset: "conditional", settings, maxSteps: 20 });
    }, 60_000);

    it("have dates by the calendar, numbers that follow from others, missing values, constants and identifiers", async () => {
      const { model, ours, others, theirs } = await expectAlike(makeOrders(), {
        ...small,
        findConstraints: false,
      });
      expect(model.encoding.columns.map(({ kind }) => kind)).toEqual([
        "identifier",
        "constant",
        "calendar",
        "quantile-bins",
        "quantile-bins",
        "one-hot",
      ]);
      expect(model.encoding.relations?.some(({ kind }) => kind === "equal")).toBe(true);
      for (const table of [ours, theirs]) expect(cellsOf(table, "country")).toEqual(Array(ROWS).fill("NZ"));
      expect(cellsOf(theirs, "order")).toEqual(Array.from({ length: ROWS }, (_, row) => String(row + 1)));
      for (const date of cellsOf(theirs, "date")) expect(date).toMatch(/^\d\d\.\d\d\.202[0-2]$/);
      // Orders come in on weekdays; a number is paid in full where it is paid at all.
      expect(weekendShare(theirs)).toBeCloseTo(weekendShare(ours), 1);
      expect(paidInFull(ours)).toBeGreaterThan(0.5);
      expect(Math.abs(paidInFull(theirs) - paidInFull(ours))).toBeLessThan(0.08);
      expect(Math.abs(missingShare(theirs, "paid") - missingShare(ours, "paid"))).toBeLessThan(
        0.03 + Math.abs(missingShare(others, "paid") - missingShare(ours, "paid")),
      );
    }, 60_000);
  },
);

/** Draws from one model twice here and once in Python; the mean distance of columns must be no more than by chance. */
async function expectAlike(table: Table, options: FitOptions) {
  const model = await fit(table, options);
  const path = join(folder, "model.synth");
  const output = join(folder, "rows.csv");
  await saveModel(model, path);
  execFileSync(python, [join(root, "examples/python/sample.py"), path, String(ROWS), output], { stdio: "pipe" });
  const theirs = await readTable(output);
  const [ours, others] = [await sample(model, { rows: ROWS, seed: 2 }), await sample(model, { rows: ROWS, seed: 3 })];
  expect(theirs.columns.map(({ name }) => name)).toEqual(ours.columns.map(({ name }) => name));
  expect(theirs.rowCount).toBe(ROWS);
  expect(meanDistance(ours, theirs)).toBeLessThan(1.3 * meanDistance(ours, others) + 0.005);
  return { model, ours, others, theirs };
}

/** Orders: dated on weekdays, of some amount, mostly paid in full. */
function makeOrders(): Table {
  const random = makeRandom(5);
  const weekdays = Array.from({ length: 1000 }, (_, day) => Date.UTC(2020, 0, 1) + day * 86_400_000).filter(
    (day) => new Date(day).getUTCDay() % 6 > 0,
  );
  const rows = Array.from({ length: 1500 }, () => random.integer(weekdays.length));
  const amounts = Float64Array.from(rows, () => Math.round(2000 * random.uniform() ** 2 + 10));
  const paid = amounts.map((amount) => {
    const u = random.uniform();
    return u < 0.2 ? Number.NaN : u < 0.9 ? amount : Math.round(amount * random.uniform());
  });
  const number = { kind: "number", missingText: "", format: { decimals: 0 } } as const;
  const text = { kind: "text", missingText: "" } as const;
  return makeTable([
    { ...number, name: "order", values: Float64Array.from(rows, (_, row) => row + 1) },
    { ...text, name: "country", dictionary: ["NZ"], codes: new Int32Array(rows.length) },
    {
      kind: "date",
      name: "date",
      missingText: "",
      format: "DD.MM.YYYY",
      values: Float64Array.from(rows, (day) => weekdays[day]!),
    },
    { ...number, name: "amount", values: amounts },
    { ...number, name: "paid", values: paid },
    { ...text, name: "channel", dictionary: ["shop", "web"], codes: Int32Array.from(rows, (day) => day % 3 && 1) },
  ]);
}

function cellsOf(table: Table, name: string): string[] {
  const cell = makeCellFormatter(table.columns.find((column) => column.name === name)!);
  return Array.from({ length: table.rowCount }, (_, row) => cell(row));
}

/** Mean over columns of the total variation between their cells as written; identifiers are all different. */
function meanDistance(a: Table, b: Table): number {
  const names = a.columns.map(({ name }) => name).filter((name) => name !== "order");
  const distances = names.map((name) => {
    const counts = new Map<string, number>();
    for (const cell of cellsOf(a, name)) counts.set(cell, (counts.get(cell) ?? 0) + 1);
    for (const cell of cellsOf(b, name)) counts.set(cell, (counts.get(cell) ?? 0) - 1);
    return [...counts.values()].reduce((sum, count) => sum + Math.abs(count), 0) / 2 / a.rowCount;
  });
  return distances.reduce((sum, distance) => sum + distance, 0) / names.length;
}

function weekendShare(table: Table): number {
  const days = cellsOf(table, "date").map((date) => new Date(date.split(".").reverse().join("-")).getUTCDay());
  return days.filter((day) => day % 6 === 0).length / days.length;
}

function paidInFull(table: Table): number {
  const [amounts, paid] = [cellsOf(table, "amount"), cellsOf(table, "paid")];
  return paid.filter((cell, row) => cell === amounts[row]).length / paid.length;
}

function missingShare(table: Table, name: string): number {
  return cellsOf(table, name).filter((cell) => cell === "").length / table.rowCount;
}
