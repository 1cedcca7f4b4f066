import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { TableSchema } from "../../src/index.js";
import { runCli, TINY } from "./run-cli.js";
import { makeTemporaryFolder } from "./temporary-folder.js";

const folder = makeTemporaryFolder();

interface Row {
  readonly name: string;
  readonly pay: string;
  readonly grade: string;
  readonly note: string;
}

const rows: readonly Row[] = Array.from({ length: 120 }, (_, i) => ({
  name: `Zzyx${String.fromCharCode(97 + (i % 26))}${String.fromCharCode(97 + (i % 23))}`,
  pay: i % 10 === 0 ? "-999" : `$${1 + (i % 3)},${String(100 + ((i * 7) % 900))}.50`,
  grade: ["low", "medium", "high"][i % 3]!,
  note: `remark ${i} of the ${i * i}`,
}));

function writeTable(name: string, content: readonly Row[]): string {
  const path = join(folder, name);
  const lines = content.map(({ name, pay, grade, note }) => `${name},"${pay}",${grade},${note}`);
  writeFileSync(path, `first_name,pay,grade,note\n${lines.join("\n")}\n`);
  return path;
}

function readSchema(path: string): TableSchema {
  return JSON.parse(readFileSync(path, "utf8")) as TableSchema;
}

describe("synth schema", () => {
  const table = writeTable("pay.csv", rows);
  const path = join(folder, "pay.json");

  it("says what a person would say, and takes --missing", async () => {
    expect(await runCli(["schema", table, "-o", path, "--missing", "-999,NA"])).toMatchObject({ code: 0 });
    const { columns, $schema } = readSchema(path);
    expect(columns.map(({ type }) => type)).toEqual(["name", "money", "ordinal", "text"]);
    expect(columns[1]).toMatchObject({ missingShare: 0.1, numberFormat: { prefix: "$", thousands: "," } });
    expect($schema).toMatch(/table-schema\.schema\.json$/);
  });

  it("is followed by fit and sample: generated values, formats, and texts of a chosen generator", async () => {
    const schema = readSchema(path);
    const edited = { ...schema.columns[3]!, generator: "lorem.words" };
    writeFileSync(path, JSON.stringify({ ...schema, columns: [...schema.columns.slice(0, 3), edited] }));
    const model = join(folder, "pay.synth");
    const fit = await runCli(["fit", table, "-o", model, "--schema", path, "--missing", "-999", ...TINY]);
    expect(fit).toMatchObject({ code: 0 });
    const sample = ["sample", model, "-n", "200", "-o", "-"];
    const { stdout } = await runCli(sample);
    expect(stdout).not.toContain("Zzyx");
    expect(stdout).not.toContain("remark");
    for (const line of stdout.trim().split("\n").slice(1)) {
      expect(line).toMatch(/^[^,]+,("?\$\d(,\d{3})?\.\d0?"?|-999|"?\$\d{1,3}\.50?"?),(low|medium|high),\w+ \w+ \w+$/);
    }
    expect((await runCli(sample)).stdout).toBe(stdout);
  });

  it("tells with --schema what has changed, and keeps what was edited", async () => {
    const changed = writeTable(
      "changed.csv",
      rows.map((row, i) => ({ ...row, grade: i % 5 === 0 ? "huge" : row.grade })),
    );
    const output = join(folder, "changed.json");
    const { stderr, code } = await runCli(["schema", changed, "--schema", path, "-o", output, "--missing", "-999"]);
    expect(code).toBe(0);
    expect(stderr).toContain('column "grade" has levels that the schema does not list: "huge"');
    expect(readSchema(output).columns[3]).toMatchObject({ generator: "lorem.words" });
  });

  it("refuses a generator that does not exist, with the nearest one", async () => {
    const schema = readSchema(path);
    const bad = join(folder, "bad.json");
    const columns = [{ ...schema.columns[0]!, generator: "person.firstNam" }, ...schema.columns.slice(1)];
    writeFileSync(bad, JSON.stringify({ ...schema, columns }));
    const flags = ["-o", join(folder, "x.synth"), "--schema", bad, "--missing", "-999", ...TINY];
    const { code, stderr } = await runCli(["fit", table, ...flags]);
    expect(code).toBe(2);
    expect(stderr).toContain("E_SCHEMA_GENERATOR");
    expect(stderr).toContain('did you mean "person.firstName"?');
  });
});
