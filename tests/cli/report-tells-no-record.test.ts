import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import Papa from "papaparse";
import { beforeAll, describe, expect, it } from "vitest";
import { makeRandom, type RandomStream } from "../../src/core/random.js";
import { runCli } from "./run-cli.js";
import { makeTemporaryFolder } from "./temporary-folder.js";

/** Values that few training rows have, one to four each; numbers as their first digits, since a page may round them. */
const RARE = {
  occupations: ["falconer", "glassblower", "lighthouse keeper"],
  remarks: ["called at noon about the broken gate", "wants letters at the office"],
  ages: ["31173", "41196"],
  joined: ["1893-02-11", "2093-10-07"],
  incomes: ["987654321", "-876543"],
};
const MARKERS = [...RARE.occupations, ...RARE.remarks, "1893", "2093", "98765", "87654", "31173", "41196"];

const HEADER = ["age", "income", "occupation", "joined", "remark", "sex"];

const folder = makeTemporaryFolder();
const path = (name: string) => join(folder, name);
let printed: Map<string, string>;

/** The rare values stand in training rows and, as a table that leaks has them, in synthetic rows. */
beforeAll(async () => {
  const train = [...drawPeople(700, makeRandom(1)), ...rarePeople(makeRandom(2))];
  const synthetic = [...train.slice(0, 60), ...rarePeople(makeRandom(2)), ...drawPeople(640, makeRandom(3))];
  const holdout = drawPeople(700, makeRandom(4));
  for (const [name, rows] of Object.entries({ train, synthetic, holdout })) {
    writeFileSync(path(`${name}.csv`), Papa.unparse([HEADER, ...rows]));
  }
  const tables = ["--train", path("train.csv"), "--synthetic", path("synthetic.csv")];
  const held = ["--holdout", path("holdout.csv")];
  const run = async (output: string, more: readonly string[]) => {
    const out = ["-o", path(output), "--format", "md"];
    const done = await runCli(["report", ...tables, ...more, ...out], { isTTY: true });
    expect(done.code, done.stderr).toBe(0);
    const files = ["report.json", "report.html", "report.md"].map((name): [string, string] => [
      `${output}/${name}`,
      readFileSync(join(path(output), name), "utf8"),
    ]);
    return [...files, [`${output} stdout`, done.stdout], [`${output} stderr`, done.stderr]] as [string, string][];
  };
  printed = new Map([...(await run("held", [...held, "--verbose"])), ...(await run("alone", ["--verbose"]))]);
});

describe("a report", () => {
  it("says that the table leaks, so that what it prints of leaks was looked at", () => {
    const report = JSON.parse(printed.get("held/report.json")!);
    expect(report.release.shareable).toBe(false);
    expect(report.tables.columns).toBeGreaterThanOrEqual(5);
  });

  it.each(MARKERS)("never has a value that fewer than five training rows have: %s", (marker) => {
    const found = [...printed].filter(([, text]) => holds(text, marker)).map(([name]) => name);
    expect(found).toEqual([]);
  });

  it("would be caught: values of many rows are found", () => {
    for (const name of ["held/report.json", "held/report.html"]) expect(holds(printed.get(name)!, "nurse")).toBe(true);
    for (const text of ['"987654321"', "up to 987,654,321", "987\u00A0654\u00A0321.00"])
      expect(holds(text, "98765")).toBe(true);
    expect(["up to 1893", "1893 to", "x1893", "0.1893", "21893"].filter((text) => holds(text, "1893"))).toHaveLength(3);
  });
});

/** Whether a text holds a word, or a number that begins so; thousands may be parted, and digits inside longer numbers do not count. */
function holds(text: string, marker: string): boolean {
  if (!/^\d+$/.test(marker)) return text.includes(marker);
  const plain = text.replace(/(?<=\d)[,\u00A0\u202F ](?=\d{3})/g, "");
  return new RegExp(`(?<![\\d.#])${marker}`).test(plain);
}

function drawPeople(count: number, random: RandomStream): (string | number)[][] {
  const jobs = ["nurse", "clerk", "driver", "teacher"];
  return Array.from({ length: count }, () => {
    const age = 20 + random.integer(60);
    const day = new Date(Date.UTC(2000, 0, 1) + 86_400_000 * random.integer(4000)).toISOString().slice(0, 10);
    const income = 20_000 + 100 * age + random.integer(9000);
    return [age, income, jobs[random.integer(4)]!, day, `note ${random.uint32()} of a visit`, "fm"[random.integer(2)]!];
  });
}

/** Rows of rare values: each occupation in three rows, each extreme in one or two. */
function rarePeople(random: RandomStream): (string | number)[][] {
  const { occupations, remarks, ages, joined, incomes } = RARE;
  return drawPeople(9, random).map((row, i) => [
    ages[i] ?? row[0]!,
    incomes[i - 2] ?? row[1]!,
    occupations[i % 3]!,
    joined[i - 4] ?? row[3]!,
    remarks[i - 6] ?? row[4]!,
    row[5]!,
  ]);
}
