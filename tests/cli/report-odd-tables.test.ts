import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { makeRandom } from "../../src/core/random.js";
import { runCli } from "./run-cli.js";
import { makeTemporaryFolder } from "./temporary-folder.js";

/** Stands as a cell in tables that differ; no message may show it. */
const SECRET = "s3cr3tvalue";
const MARKUP = '<img src=x onerror="alert(1)">';
const folder = makeTemporaryFolder();

type Row = Readonly<Record<string, string | number>>;

function write(name: string, rows: readonly Row[]): string {
  const path = join(folder, name);
  const cell = (value: string | number | undefined) => `"${String(value ?? "").replaceAll('"', '""')}"`;
  const names = Object.keys(rows[0] ?? {});
  const lines = rows.map((row) => names.map((column) => cell(row[column])).join(","));
  writeFileSync(path, `${[names.map(cell).join(","), ...lines].join("\n")}\n`);
  return path;
}

/** Two columns that hang together, and what `more` adds to each row. */
function makeRows(count: number, label: string, more: (row: number) => Row = () => ({})): Row[] {
  const random = makeRandom(9).fork(label);
  return Array.from({ length: count }, (_, row) => {
    const height = Math.round(150 + 50 * random.uniform());
    return { height, size: height + 12 * random.normal() > 175 ? "large" : "small", ...more(row) };
  });
}

async function reportOf(train: string, synthetic: string, ...more: readonly string[]) {
  const result = await runCli(["report", "--train", train, "--synthetic", synthetic, "--json", ...more]);
  expect(result.stdout).not.toMatch(/NaN|Infinity/);
  expect({ code: result.code, stderr: result.stderr }).toEqual({ code: 0, stderr: "" });
  return JSON.parse(result.stdout).report;
}

/** Every figure of a report with its path. */
function figuresOf(value: unknown, path = ""): [string, Record<string, unknown>][] {
  if (typeof value !== "object" || value === null) return [];
  const inner = Object.entries(value).flatMap(([key, part]) => figuresOf(part, `${path}.${key}`));
  return "status" in value ? [[path, value as Record<string, unknown>], ...inner] : inner;
}

function expectWholeFigures(report: unknown): void {
  const figures = figuresOf(report);
  expect(figures.length).toBeGreaterThan(30);
  for (const [path, figure] of figures) {
    const { status, value, reason } = figure;
    const isWhole = status === "ok" ? Number.isFinite(value) : value === undefined && typeof reason === "string";
    expect(isWhole, `${path}: ${JSON.stringify(figure)}`).toBe(true);
  }
}

describe("synth report of odd tables", () => {
  it("scores what the tables share, and tells the rest column by column without quoting a cell", async () => {
    const train = write(
      "a.csv",
      makeRows(120, "a", (row) => ({ gone: row % 5, kind: row % 7 })),
    );
    const other = makeRows(120, "b", (row) => ({ kind: `${SECRET}${row % 3}`, extra: row }));
    const synthetic = write("b.csv", other);
    const report = await reportOf(train, synthetic);
    expect(
      report.tables.differences.map(({ name, problem }: { name: string; problem: string }) => [name, problem]),
    ).toEqual([
      ["gone", "missing in synthetic"],
      ["kind", "other kind"],
      ["extra", "only in synthetic"],
    ]);
    expect(report.fidelity.columns.map(({ name }: { name: string }) => name)).toEqual(["height", "size"]);
    expect(JSON.stringify(report)).not.toContain(SECRET);
    expectWholeFigures(report);
    const { stderr, stdout } = await runCli(["report", "--train", train, "--synthetic", synthetic]);
    for (const name of ["gone", "kind", "extra"]) expect(stderr + stdout).toContain(`"${name}"`);
    expect(stderr + stdout).not.toContain(SECRET);
  });

  it("refuses tables that share no column, and a table without rows", async () => {
    const train = write("shared.csv", makeRows(40, "a"));
    const other = write("other.csv", [{ x: 1 }, { x: 2 }]);
    const unshared = await runCli(["report", "--train", train, "--synthetic", other]);
    expect(unshared.code).toBe(2);
    expect(unshared.stderr).toMatch(/error E_EVALUATE_NO_COLUMN: .*"height".*"x"/);
    writeFileSync(join(folder, "empty.csv"), "height,size\n");
    const empty = await runCli(["report", "--train", train, "--synthetic", join(folder, "empty.csv")]);
    expect(empty.code).toBe(3);
    expect(empty.stderr).toMatch(/error E_\w+: .*(no rows|synthetic)/);
  });

  it("has a reason in place of a number where a column is all missing, constant, or a category of its own in every row", async () => {
    const odd = (isTrain: boolean) => (row: number) => ({
      void: isTrain ? row % 4 : "",
      single: isTrain && row % 2 === 0 ? "b" : "a",
      many: `level ${isTrain ? row % 90 : (row * 7) % 90}`,
    });
    const train = write("c.csv", makeRows(180, "c", odd(true)));
    const synthetic = write("d.csv", makeRows(180, "d", odd(false)));
    const holdout = write("e.csv", makeRows(100, "e", odd(true)));
    const report = await reportOf(train, synthetic, "--holdout", holdout);
    expectWholeFigures(report);
    const empty = report.fidelity.columns.find(({ name }: { name: string }) => name === "void");
    expect(empty.score.status).toBe("unavailable");
    expect(empty.missing.synthetic).toBe(1);
    expect(report.fidelity.columns.find(({ name }: { name: string }) => name === "single").score.value).toBe(0.5);
  });

  it("takes 10,000 categories", async () => {
    const wide = (shift: number) => (row: number) => ({ code: `c${(row * 7919 + shift) % 10_000}` });
    const train = write("f.csv", makeRows(12_000, "f", wide(0)));
    const synthetic = write("g.csv", makeRows(12_000, "g", wide(13)));
    const schema = join(folder, "wide.json");
    const inferred = await runCli(["schema", train, "-o", schema, "--quiet"]);
    expect(inferred.code).toBe(0);
    const described = JSON.parse(readFileSync(schema, "utf8"));
    for (const column of described.columns) if (column.name === "code") column.type = "category";
    writeFileSync(schema, JSON.stringify(described));
    const report = await reportOf(train, synthetic, "--schema", schema);
    expectWholeFigures(report);
    const code = report.fidelity.columns.find(({ name }: { name: string }) => name === "code");
    expect(code.score.value).toBeGreaterThan(0.7);
    expect(code.distribution.labels.length).toBeLessThan(30);
  }, 60_000);

  it("shows names and categories that are markup as what they are", async () => {
    const marked = (row: number) => ({ [MARKUP]: row % 3 === 0 ? `</script>${MARKUP}` : "plain" });
    const train = write("h.csv", makeRows(90, "h", marked));
    const synthetic = write("i.csv", makeRows(90, "i", marked));
    const output = join(folder, "marked");
    mkdirSync(output);
    const { code } = await runCli(["report", "--train", train, "--synthetic", synthetic, "-o", output, "--quiet"]);
    expect(code).toBe(0);
    const page = readFileSync(join(output, "report.html"), "utf8");
    expect(page).toContain("&lt;img src=x onerror=");
    expect(page).not.toContain("<img");
    expect(page.match(/<\/script>/g)).toHaveLength(page.match(/<script/g)!.length);
  });

  it("does with a row on each side", async () => {
    const train = write("j.csv", makeRows(60, "j"));
    expectWholeFigures(await reportOf(train, write("k.csv", makeRows(1, "k"))));
  });
});
