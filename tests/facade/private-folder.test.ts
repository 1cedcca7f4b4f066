import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { unzipSync } from "fflate";
import { beforeAll, describe, expect, it } from "vitest";
import { makeRandom } from "../../src/core/random.js";
import { makeGuarantee } from "../../src/evaluate/contract/guarantee-schema.js";
import { PRIVATE_FILES, WITHHELD_FILES } from "../../src/facade/private-files.js";
import { inferSchema, openSharedFolder, type SharedTable, share, type TableSchema } from "../../src/index.js";
import { makeTable, type Table } from "../../src/table/table.js";
import { makeTemporaryFolder } from "../cli/temporary-folder.js";
import { drawPeople, numbers, texts } from "../evaluate/privacy/tables.js";

const parent = makeTemporaryFolder();
const ROWS = 1531;
const PLANTED = { job: "keeper-of-the-last-lighthouse", income: 48_151_623.42 };
let bad: SharedTable;
let good: SharedTable;

/** People, of whom the first has a job and an income that nobody else has and that the schema does not declare. */
function plantedPeople(): Table {
  const people = drawPeople(ROWS, makeRandom(1));
  const jobs = ["baker", "clerk", "nurse"];
  const job = Array.from({ length: ROWS }, (_, row) =>
    row === 0 ? PLANTED.job : jobs[row % 7 === 0 ? 0 : 1 + (row % 2)]!,
  );
  const income = Array.from({ length: ROWS }, (_, row) => (row === 0 ? PLANTED.income : 1000 + (row % 97) * 10));
  const kept = people.columns.filter(({ name }) => ["age", "city", "married"].includes(name));
  return makeTable([...kept, texts("job", job), numbers("income", income)]);
}

function declared(table: Table): TableSchema {
  const { columns, ...schema } = inferSchema(table);
  return {
    ...schema,
    columns: columns.map((column) => {
      if (column.name === "job") return { ...column, type: "category", levels: ["baker", "clerk", "nurse"] };
      if (column.name === "income") return { ...column, type: "decimal", decimals: 2, bounds: { min: 0, max: 2048 } };
      return column.name === "age" ? { ...column, bounds: { min: 0, max: 128 } } : column;
    }),
  };
}

beforeAll(async () => {
  const table = plantedPeople();
  bad = await share(table, {
    schema: declared(table),
    privacy: { epsilon: 3, noiseSeed: 1 },
    maxSteps: 2,
    attacks: 20,
    settings: [
      ["model.network.width", 16],
      ["model.adversarial.enabled", false],
    ],
  });
  const record = { ...bad.model.privacy!, noise: "secure" as const };
  const report = { ...bad.report, guarantee: makeGuarantee(record), release: { shareable: true, failures: [] } };
  good = { ...bad, model: { ...bad.model, privacy: record }, report };
}, 120_000);

async function write(output: string, shared: SharedTable, force = false) {
  const folder = await openSharedFolder(output, { force });
  return folder.write(shared, { source: "people.csv" });
}

/** Every file of a folder as text, what a zip holds too. */
function textsOf(folder: string): Map<string, string> {
  const files = new Map<string, string>();
  for (const name of readdirSync(folder)) {
    const bytes = readFileSync(join(folder, name));
    files.set(name, bytes.toString("latin1"));
    if (!name.endsWith(".synth")) continue;
    for (const [entry, content] of Object.entries(unzipSync(bytes))) {
      files.set(entry, Buffer.from(content).toString("latin1"));
    }
  }
  return files;
}

/** All numbers of a report of six digits and more: such as no other figure has by chance. */
function longNumbers(value: unknown): string[] {
  if (typeof value === "number") return [String(value)].filter((text) => text.replace(/\D/g, "").length >= 6);
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    key === "guarantee" || key === "method" ? [] : longNumbers(inner),
  );
}

describe("a shared folder under differential privacy", () => {
  it("holds what is covered; the report lies beside it, marked by its names and first lines", async () => {
    const output = join(parent, "one", "out");
    const written = await write(output, good);
    const beside = `${output}-report-not-private`;
    expect(readdirSync(join(parent, "one")).sort()).toEqual(["out", "out-report-not-private"]);
    expect(readdirSync(output).sort()).toEqual([...PRIVATE_FILES].sort());
    expect(written.withheld).toEqual({
      folder: beside,
      files: ["report-not-private.html", "report-not-private.json"].map((name) => join(beside, name)),
    });
    const json = readFileSync(join(beside, "report-not-private.json"), "utf8");
    expect(json.split("\n")[3]).toContain("no figure that is computed on real rows");
    expect(readFileSync(join(beside, "report-not-private.html"), "utf8")).toContain("Not covered by the guarantee.");
  });

  it("has no figure of the report, no exact count of rows and levels, and nothing that one row alone has", async () => {
    const output = join(parent, "planted");
    await write(output, good);
    const files = textsOf(output);
    const found = (marker: string | RegExp, names = [...files.keys()]) =>
      names.filter((name) =>
        typeof marker === "string" ? files.get(name)!.includes(marker) : marker.test(files.get(name)!),
      );
    const figures = longNumbers(good.report);
    expect(figures.length).toBeGreaterThan(100);
    expect(figures.filter((figure) => found(figure).length > 0)).toEqual([]);
    for (const one of [PLANTED.job, "lighthouse", "48151623", "48,151,623"]) expect(found(one), one).toEqual([]);
    const told = ["README.md", "guarantee.json", "schema.json", "manifest.json"];
    const count = (size: number) => new RegExp(`(?<![\\d.])${size}(?![\\d.])`);
    const sizes = [ROWS, good.train.rowCount, good.holdout.rowCount];
    for (const size of sizes) expect(found(count(size), [...told, "training.html"]), `${size}`).toEqual([]);
    for (const size of levelCounts(good.train)) expect(found(count(size), told), `${size}`).toEqual([]);
  });

  it("says on the page about training that no real row was looked at for it", async () => {
    const output = join(parent, "training");
    await write(output, good);
    const page = readFileSync(join(output, "training.html"), "utf8");
    expect(page).toContain("No real row was looked at for it.");
  });

  it("has as many rows as the model was told of, not as there are", () => {
    expect(good.synthetic.rowCount).toBe(good.model.schema.rowCount);
    expect(good.synthetic.rowCount).not.toBe(good.train.rowCount);
  });

  it("is not shareable where the noise was seeded, and does not say which rules failed", async () => {
    expect(bad.report.release.failures[0]).toMatchObject({
      code: "E_RELEASE_NOT_PRIVATE",
      figure: "guarantee.epsilon",
    });
    const output = join(parent, "two", "out");
    const failing = { code: "E_RELEASE_MEMBERSHIP", message: "A secret rule failed." };
    const report = { ...good.report, release: { shareable: false, failures: [failing] } };
    const { folder } = await write(output, { ...good, report });
    expect(folder).toBe(`${output}-NOT-SHAREABLE`);
    expect(readdirSync(folder).sort()).toEqual([...PRIVATE_FILES, "NOT-SHAREABLE.md"].sort());
    for (const [name, text] of textsOf(folder)) expect(text, name).not.toMatch(/secret rule|E_RELEASE/);
    expect(readdirSync(`${output}-report-not-private`).sort()).toEqual([...WITHHELD_FILES].sort());
    const why = readFileSync(join(`${output}-report-not-private`, "NOT-SHAREABLE-not-private.md"), "utf8");
    expect(why).toContain("A secret rule failed.");
  });

  it("makes way for a table that is not private, and so does its report", async () => {
    const home = join(parent, "three");
    await write(join(home, "out"), good);
    const { privacy, ...model } = good.model;
    const { guarantee, ...report } = good.report;
    await write(join(home, "out"), { ...good, model, report });
    expect(readdirSync(home)).toEqual(["out"]);
    expect(readdirSync(join(home, "out"))).toContain("report.json");
    await write(join(home, "out"), good);
    expect(readdirSync(join(home, "out")).sort()).toEqual([...PRIVATE_FILES].sort());
  });

  it("leaves a report folder alone that holds files of others, and writes among them if forced", async () => {
    const home = join(parent, "four");
    const beside = join(home, "out-report-not-private");
    mkdirSync(beside, { recursive: true });
    writeFileSync(join(beside, "thesis.txt"), "mine");
    await expect(openSharedFolder(join(home, "out"))).rejects.toMatchObject({ code: "E_FILE_FOLDER_NOT_EMPTY" });
    await write(join(home, "out"), good, true);
    expect(readdirSync(beside)).toHaveLength(3);
    expect(readdirSync(home).sort()).toEqual(["out", "out-report-not-private"]);
  });
});

describe("share under differential privacy", () => {
  const table = plantedPeople();

  it("refuses what would act on the rows beside the ledger, before anything is fitted", async () => {
    const privacy = { epsilon: 1 };
    for (const [option, where] of [
      [{ minDistance: 0 }, "minDistance"],
      [{ shadowModels: 4 }, "shadowModels"],
    ] as const) {
      await expect(share(table, { privacy, ...option })).rejects.toMatchObject({ code: "E_PRIVACY_UNPAID", where });
    }
  });

  it("audits real rows by all their values, those too that the model was not told of", () => {
    const job = bad.train.columns.find(({ name }) => name === "job")!;
    expect("dictionary" in job && job.codes.includes(job.dictionary.indexOf(PLANTED.job))).toBe(true);
    const score = bad.report.fidelity.columns.find(({ name }) => name === "job")!;
    expect(score.missing.real).toBe(0);
    expect(bad.report.tables.differences).toEqual([]);
    expect(bad.report.tables.train.rows + bad.report.tables.holdout!.rows).toBe(ROWS);
  });
});

function levelCounts(table: Table): number[] {
  return table.columns.flatMap((column) => {
    if (!("codes" in column)) return [];
    const counts = column.dictionary.map((_, code) => column.codes.filter((one) => one === code).length);
    return counts.filter((count) => count > 99);
  });
}
