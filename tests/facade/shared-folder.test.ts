import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { makeRandom } from "../../src/core/random.js";
import { SHARED_FILES } from "../../src/facade/shared-files.js";
import { openSharedFolder, type SharedTable, share } from "../../src/index.js";
import { makeTemporaryFolder } from "../cli/temporary-folder.js";
import { drawPeople } from "../evaluate/privacy/tables.js";

const parent = makeTemporaryFolder();
let good: SharedTable;
let bad: SharedTable;

beforeAll(async () => {
  const shared = await share(drawPeople(120, makeRandom(1)), {
    maxSteps: 3,
    attacks: 20,
    settings: [
      ["model.network.width", 16],
      ["model.adversarial.enabled", false],
    ],
  });
  const judged = (release: SharedTable["report"]["release"]) => ({ ...shared, report: { ...shared.report, release } });
  good = judged({ shareable: true, failures: [] });
  bad = judged({ shareable: false, failures: [{ code: "E_RELEASE_LIMIT", message: "A figure is beyond its limit." }] });
}, 60_000);

async function write(output: string, shared: SharedTable, force = false) {
  const folder = await openSharedFolder(output, { force });
  return folder.write(shared, { source: "people.csv" });
}

describe("a shared folder", () => {
  it("has one name or the other, whichever the release says, and a new one takes the place of an earlier one", async () => {
    const home = join(parent, "both");
    const [output, marked] = [join(home, "out"), join(home, "out-NOT-SHAREABLE")];
    expect(await write(output, good)).toMatchObject({ folder: output });
    expect(readdirSync(output).sort()).toEqual([...SHARED_FILES].sort());
    expect(await write(output, bad)).toMatchObject({ folder: marked, replaced: output });
    expect(readdirSync(home)).toEqual(["out-NOT-SHAREABLE"]);
    expect(readdirSync(marked).sort()).toEqual([...SHARED_FILES, "NOT-SHAREABLE.md"].sort());
    expect(readFileSync(join(marked, "NOT-SHAREABLE.md"), "utf8")).toContain("# NOT SHAREABLE: people");
    const again = await write(output, bad);
    expect(again).not.toHaveProperty("replaced");
    expect(readdirSync(home)).toEqual(["out-NOT-SHAREABLE"]);
    expect(await write(output, good)).toMatchObject({ folder: output, replaced: marked });
    expect(readdirSync(home)).toEqual(["out"]);
    expect(readdirSync(output).sort()).toEqual([...SHARED_FILES].sort());
  });

  it("leaves alone what it has not written: an empty folder, a lone README, files of others", async () => {
    const home = join(parent, "others");
    mkdirSync(join(home, "empty"), { recursive: true });
    await write(join(home, "empty"), bad);
    expect(readdirSync(home).sort()).toEqual(["empty", "empty-NOT-SHAREABLE"]);
    mkdirSync(join(home, "read"));
    writeFileSync(join(home, "read", "README.md"), "mine");
    await write(join(home, "read"), bad);
    expect(readFileSync(join(home, "read", "README.md"), "utf8")).toBe("mine");
    mkdirSync(join(home, "mixed-NOT-SHAREABLE"));
    writeFileSync(join(home, "mixed-NOT-SHAREABLE", "thesis.txt"), "mine");
    await expect(openSharedFolder(join(home, "mixed"))).rejects.toMatchObject({ code: "E_FILE_FOLDER_NOT_EMPTY" });
  });

  it("takes its own files, and no others, out of a folder that it was forced into", async () => {
    const output = join(parent, "forced");
    mkdirSync(output);
    writeFileSync(join(output, "thesis.txt"), "mine");
    await write(output, good, true);
    expect(readdirSync(output)).toHaveLength(SHARED_FILES.length + 1);
    expect(await write(output, bad, true)).toMatchObject({ folder: `${output}-NOT-SHAREABLE`, replaced: output });
    expect(readdirSync(output)).toEqual(["thesis.txt"]);
    expect(await write(output, good, true)).toMatchObject({ folder: output, replaced: `${output}-NOT-SHAREABLE` });
    expect(existsSync(`${output}-NOT-SHAREABLE`)).toBe(false);
    expect(readFileSync(join(output, "thesis.txt"), "utf8")).toBe("mine");
  });

  it("has no model, of an earlier run neither, where copies were dropped: with it the dropped rows can be drawn", async () => {
    const output = join(parent, "filtered");
    await write(output, good);
    const leak = {
      places: 730,
      filled: { value: 0, high: 0 },
      densest: { value: 0, high: 0, places: 73 },
      likelihoodRatio: 1,
    };
    await write(output, { ...good, filtered: { dropped: 3, leak, minDistance: 0.01 } });
    expect(readdirSync(output).sort()).toEqual(SHARED_FILES.filter((name) => name !== "model.synth").sort());
    const readme = readFileSync(join(output, "README.md"), "utf8");
    expect(readme).toContain("--min-distance 0.01");
    expect(readme).not.toContain("3 rows");
  });

  it("keeps an earlier output where the new one is given up", async () => {
    const home = join(parent, "given-up");
    await write(join(home, "out"), good);
    const folder = await openSharedFolder(join(home, "out"));
    await folder.discard();
    expect(readdirSync(home)).toEqual(["out"]);
    const controller = new AbortController();
    controller.abort();
    const stopped = await openSharedFolder(join(home, "out"));
    await expect(stopped.write(bad, { source: "people.csv", signal: controller.signal })).rejects.toThrow();
    expect(readdirSync(home)).toEqual(["out"]);
  });
});
