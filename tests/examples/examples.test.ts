import { execFile } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { beforeAll, describe, expect, it } from "vitest";
import { SHARED_FILES } from "../../src/facade/shared-files.js";
import { readTable } from "../../src/index.js";
import { makeTemporaryFolder } from "../cli/temporary-folder.js";

const root = resolve(import.meta.dirname, "../..");
const folder = makeTemporaryFolder();
const penguins = "examples/penguins.csv";

/** Runs an example as a person would, from the root of the checkout; returns what it prints. */
async function runExample(name: string, ...argv: string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, [`examples/${name}`, ...argv], { cwd: root });
  return stdout;
}

beforeAll(() => {
  // the examples import "synth" as its users do: from the built files
  expect(readdirSync(root), "run `npm run build` first").toContain("dist");
});

describe("examples", () => {
  it("are all run here and listed in the README beside them", () => {
    const scripts = readdirSync(join(root, "examples")).filter((name) => name.endsWith(".mjs"));
    const test = readFileSync(import.meta.filename, "utf8");
    const readme = readFileSync(join(root, "examples/README.md"), "utf8");
    for (const script of scripts) {
      expect(test).toContain(`runExample("${script}"`);
      expect(readme).toContain(`(${script})`);
    }
  });

  it("fit-and-sample trains, saves, loads and samples", async () => {
    const printed = await runExample("fit-and-sample.mjs", penguins, folder, "10");
    expect(printed).toContain("trained on 344 rows, drew 100 rows of 7 columns");
    const rows = await readTable(join(folder, "example-rows.csv"));
    expect(rows.columns.map((column) => column.name)).toEqual(
      (await readTable(join(root, penguins))).columns.map((c) => c.name),
    );
  });

  it("audit-a-table finds that shuffled columns keep their shapes and lose their relations", async () => {
    const printed = await runExample("audit-a-table.mjs", penguins);
    const [shapes, trends] = ["column shapes", "pair trends"].map((name) =>
      Number(new RegExp(`${name} ([.\\d]+)`).exec(printed)?.[1]),
    );
    expect(shapes).toBe(1);
    expect(trends).toBeLessThan(0.9);
    expect(printed).toMatch(/verdict: (caution|bad)/);
  });

  it("share-a-table leaves the folder", async () => {
    const output = join(folder, "shared");
    const printed = await runExample("share-a-table.mjs", penguins, output, "10");
    const [, written, isNot] = /344 rows in (.*): (not )?shareable/.exec(printed) ?? [];
    expect(written).toBe(isNot === undefined ? output : `${output}-NOT-SHAREABLE`);
    const files = [...SHARED_FILES, ...(isNot === undefined ? [] : ["NOT-SHAREABLE.md"])];
    expect(readdirSync(written!).sort()).toEqual(files.sort());
  });

  it("follow-and-stop stops where it says", async () => {
    expect(await runExample("follow-and-stop.mjs", penguins, "1")).toContain("stopped after 1 events");
  });
});

describe("example tables", () => {
  it("birdstrikes.csv is the file of vega-datasets", () => {
    const ours = readFileSync(join(root, "examples/birdstrikes.csv"));
    expect(ours.equals(readFileSync(join(root, "node_modules/vega-datasets/data/birdstrikes.csv")))).toBe(true);
  });

  it("penguins.csv holds the records of vega-datasets' penguins.json, nulls as empty cells", () => {
    const records: Record<string, string | number | null>[] = JSON.parse(
      readFileSync(join(root, "node_modules/vega-datasets/data/penguins.json"), "utf8"),
    );
    const lines = [
      Object.keys(records[0]!),
      ...records.map((record) => Object.values(record).map((cell) => cell ?? "")),
    ];
    expect(readFileSync(join(root, penguins), "utf8")).toBe(`${lines.map((line) => line.join(",")).join("\n")}\n`);
  });
});
