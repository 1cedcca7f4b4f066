import { chmodSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { strToU8, unzipSync, zipSync } from "fflate";
import { beforeAll, describe, expect, it } from "vitest";
import { runCli, TINY } from "./run-cli.js";
import { listAll, makeTemporaryFolder } from "./temporary-folder.js";

/** Stands in every bad table as a cell; no message may show it. */
const SECRET = "s3cr3tvalue";
const folder = makeTemporaryFolder();
const good = join(folder, "good.csv");
const model = join(folder, "good.synth");

const goodRows = Array.from({ length: 60 }, (_, row) => `${row % 7},${"abc"[row % 3]}`);

function write(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

beforeAll(async () => {
  write("good.csv", `n,c\n${goodRows.join("\n")}\n`);
  const made = await runCli(["fit", good, "-o", model, "--quiet", ...TINY]);
  expect(made.stderr).toBe("");
  expect(made.code).toBe(0);
});

/** Runs a command that must fail and leave nothing behind. */
async function expectFailure(argv: readonly string[], code: number, errorCode: string | RegExp): Promise<string> {
  const before = listAll(folder);
  const human = await runCli(argv);
  expect({ code: human.code, stdout: human.stdout }).toEqual({ code, stdout: "" });
  const first = human.stderr.split("\n").find((line) => line.startsWith("error "));
  expect(first).toMatch(errorCode instanceof RegExp ? errorCode : new RegExp(`^error ${errorCode}: .`));
  const machine = await runCli([...argv, "--json"]);
  expect(machine.stderr).toBe("");
  const { error } = JSON.parse(machine.stdout);
  expect(Object.keys(error)).toEqual(["code", "message", "hint", "where"]);
  expect(first).toContain(`error ${error.code}: ${error.message}`);
  for (const text of [human.stderr, machine.stdout]) expect(text).not.toContain(SECRET);
  expect(listAll(folder)).toEqual(before);
  return human.stderr;
}

const out = () => join(folder, "out.synth");

describe("bad tables get a clear error and no output file", () => {
  const cases: [name: string, content: string | Uint8Array, errorCode: string][] = [
    ["an empty file", "", "E_DATA_EMPTY_FILE"],
    ["a header only", `${SECRET},b\n`, "E_DATA_NO_ROWS"],
    ["one row", `a,b\n1,${SECRET}\n`, "E_DATA_TOO_FEW_ROWS"],
    ["one column", `a\n${SECRET}\nx\ny\nz\n`, "E_DATA_TOO_FEW_COLUMNS"],
    ["duplicated column names", `a,b,a\n1,2,${SECRET}\n3,4,5\n`, "E_DATA_DUPLICATE_COLUMN"],
    ["a ragged row", `a,b\n1,2\n3,${SECRET},5\n`, "E_DATA_RAGGED_ROW"],
    [
      "UTF-8 with damaged bytes",
      Buffer.concat([Buffer.from(`a,b\n${SECRET}é,2\n`), Buffer.from([0xff, 0xfe])]),
      "E_DATA_NOT_UTF8",
    ],
    ["a file cut in the middle of a quote", `a,b\n1,2\n3,"${SECRET}`, "E_DATA_OPEN_QUOTE"],
    ["a million-character cell", `a,b\n1,2\n3,${SECRET}${"x".repeat(1_100_000)}\n`, "E_DATA_LONG_CELL"],
  ];

  it.each(cases)("%s", async (name, content, errorCode) => {
    const path = write(`${name.replaceAll(/\W/g, "-")}.csv`, content);
    await expectFailure(["fit", path, "-o", out(), ...TINY], 3, errorCode);
    await expectFailure(["share", path, "-o", join(folder, "shared"), ...TINY], 3, errorCode);
  });

  it("names the row of a ragged row and the place of a bad byte", async () => {
    const ragged = write("rows.csv", `a,b\n1,2\n3,4\n${SECRET}\n`);
    expect(await expectFailure(["fit", ragged, "-o", out()], 3, "E_DATA_RAGGED_ROW")).toMatch(/row 3\b/);
    const bytes = write("bytes.csv", Buffer.concat([Buffer.from("a,b\n1,2\n"), Buffer.from([0xff])]));
    expect(await expectFailure(["fit", bytes, "-o", out()], 3, "E_DATA_NOT_UTF8")).toMatch(/byte 8\b|offset 8\b/);
  });

  it("a missing file, a folder, an unknown kind of file", async () => {
    await expectFailure(["fit", join(folder, "nowhere.csv"), "-o", out()], 4, "E_FILE_NOT_FOUND");
    mkdirSync(join(folder, "folder.csv"));
    await expectFailure(["fit", join(folder, "folder.csv"), "-o", out()], 4, "E_FILE_IS_FOLDER");
    await expectFailure(["fit", folder, "-o", out()], 4, "E_FILE_IS_FOLDER");
    await expectFailure(["fit", write("data.xlsx", SECRET), "-o", out()], 4, "E_FILE_FORMAT");
  });
});

describe("odd tables that are no error", () => {
  it("keeps a constant column constant and says what it leaves out", async () => {
    const rows = Array.from({ length: 40 }, (_, row) => `${row % 5},same,`);
    const path = write("constant.csv", `n,constant,empty\n${rows.join("\n")}\n`);
    const output = join(folder, "constant.synth");
    expect(await runCli(["fit", path, "-o", output, ...TINY])).toMatchObject({ code: 0 });
    const { stdout } = await runCli(["sample", output, "-n", "5", "-o", "-", "--quiet"]);
    expect(stdout).toMatch(/^n,constant,empty\n([0-4],same,\n){5}$/);
  });

  it("takes column names that would be dangerous elsewhere", async () => {
    const names = ["__proto__", "<script>alert(1)</script>", "constructor", "a,b"];
    const rows = Array.from({ length: 40 }, (_, row) => names.map((_, at) => (row * (at + 3)) % 4).join(","));
    const path = write("names.csv", `__proto__,<script>alert(1)</script>,constructor,"a,b"\n${rows.join("\n")}\n`);
    const output = join(folder, "names.synth");
    const fitted = await runCli(["fit", path, "-o", output, ...TINY]);
    expect(fitted).toMatchObject({ code: 0 });
    const { stdout } = await runCli(["sample", output, "-n", "3", "-o", "-", "--quiet"]);
    expect(stdout.split("\n")[0]).toBe('__proto__,<script>alert(1)</script>,constructor,"a,b"');
    const inspected = JSON.parse((await runCli(["inspect", output, "--json"])).stdout);
    expect(inspected.schema.columns.map((column: { name: string }) => column.name)).toEqual(names);
  });
});

describe("bad model files", () => {
  it("foreign, truncated and damaged ones", async () => {
    await expectFailure(["sample", good, "-o", "-"].slice(0, 2), 4, "E_FILE_MODEL_FOREIGN");
    const bytes = readFileSync(model);
    const cut = write("cut.synth", bytes.subarray(0, bytes.length >> 1));
    await expectFailure(["sample", cut, "-o", join(folder, "rows.csv")], 4, "E_FILE_MODEL_TRUNCATED");
    const damaged = Uint8Array.from(bytes);
    damaged[bytes.length >> 1]! ^= 0xff;
    await expectFailure(["inspect", write("damaged.synth", damaged)], 4, "E_FILE_MODEL_TRUNCATED");
    const zip = write("zip.synth", zipSync({ "readme.txt": strToU8(SECRET) }));
    await expectFailure(["inspect", zip], 4, "E_FILE_MODEL_FOREIGN");
    await expectFailure(["inspect", join(folder, "nowhere.synth")], 4, "E_FILE_NOT_FOUND");
    await expectFailure(["inspect", folder], 4, "E_FILE_IS_FOLDER");
  });

  it("one of a newer format version says so, even if it holds more", async () => {
    const entries = unzipSync(readFileSync(model));
    const manifest = JSON.parse(new TextDecoder().decode(entries["manifest.json"]));
    const newer = { ...manifest, version: 2, more: true };
    const path = write(
      "newer.synth",
      zipSync({ ...entries, extra: strToU8("x"), "manifest.json": strToU8(JSON.stringify(newer)) }),
    );
    const message = await expectFailure(["sample", path, "-o", join(folder, "rows.csv")], 4, "E_FILE_MODEL_NEWER");
    expect(message).toContain("version 2");
    expect(message).toContain("hint: update synth");
  });

  it("one whose manifest was tampered with names the place", async () => {
    const entries = unzipSync(readFileSync(model));
    const manifest = JSON.parse(new TextDecoder().decode(entries["manifest.json"]));
    const path = write(
      "tampered.synth",
      zipSync({ ...entries, "manifest.json": strToU8(JSON.stringify({ ...manifest, seed: -1 })) }),
    );
    expect(await expectFailure(["inspect", path], 4, "E_FILE_MODEL_MANIFEST")).toContain('"seed"');
  });
});

describe("places that cannot be written", () => {
  it("a folder that does not exist, a folder in the file's place", async () => {
    await expectFailure(["fit", good, "-o", join(folder, "no", "m.synth")], 4, "E_FILE_FOLDER_MISSING");
    await expectFailure(["fit", good, "-o", folder], 4, "E_FILE_IS_FOLDER");
    await expectFailure(["sample", model, "-o", join(folder, "no", "rows.csv")], 4, "E_FILE_FOLDER_MISSING");
    await expectFailure(["sample", model, "-o", join(folder, "rows.xlsx")], 4, "E_FILE_FORMAT");
    await expectFailure(["share", good, "-o", good], 2, "E_USAGE_OUTPUT");
    await expectFailure(["share", good, "-o", join(good, "below")], 4, "E_FILE_FOLDER_MISSING");
  });

  it("a folder full of somebody's files is not written into", async () => {
    mkdirSync(join(folder, "full"));
    write("full/thesis.txt", SECRET);
    const message = await expectFailure(["share", good, "-o", join(folder, "full")], 4, "E_FILE_FOLDER_NOT_EMPTY");
    expect(message).toContain("--force");
  });

  it.skipIf(process.getuid?.() === 0)("an unwritable folder (skipped as root: root may write anywhere)", async () => {
    mkdirSync(join(folder, "locked"));
    chmodSync(join(folder, "locked"), 0o500);
    await expectFailure(["fit", good, "-o", join(folder, "locked", "m.synth")], 4, "E_FILE_PERMISSION");
    await expectFailure(["share", good, "-o", join(folder, "locked", "out")], 4, "E_FILE_PERMISSION");
  });

  it.skipIf(process.platform !== "linux")("a read-only file system and a full disk", async () => {
    await expectFailure(["fit", good, "-o", "/proc/m.synth", ...TINY], 4, /^error E_FILE_/);
    symlinkSync("/dev/full", join(folder, "full.csv"));
    await expectFailure(["sample", model, "-o", join(folder, "full.csv")], 4, "E_FILE_DISK_FULL");
    symlinkSync("/dev/full", join(folder, "full.synth"));
    await expectFailure(["fit", good, "-o", join(folder, "full.synth"), ...TINY], 4, "E_FILE_DISK_FULL");
  });
});
