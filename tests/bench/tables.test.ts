import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { makeTemporaryFolder } from "../cli/temporary-folder.js";

const root = resolve(import.meta.dirname, "../..");
const folder = makeTemporaryFolder();

/** Runs the table maker as a person would; it uses the built files. */
function make(name: string, output: string): string {
  execFileSync(process.execPath, ["bench/tables/make.mjs", name, "-o", join(folder, output)], { cwd: root });
  return readFileSync(join(folder, output, `${name}.csv`), "utf8");
}

describe("made tables", () => {
  it("are the same bytes for the same seed, held-out rows being others", () => {
    const first = make("tiny", "first");
    expect(make("tiny", "second")).toBe(first);
    expect(first.trimEnd().split("\n")).toHaveLength(201);
    const holdout = readFileSync(join(folder, "first/tiny-holdout.csv"), "utf8");
    expect(holdout.split("\n")[0]).toBe(first.split("\n")[0]);
    expect(holdout.split("\n")[1]).not.toBe(first.split("\n")[1]);
  });

  it("amounts: payments equal last month's bill in 13 % of rows and are within 3 % of it in nearly half", () => {
    const [header, ...rows] = make("amounts", "amounts").trimEnd().split("\n");
    const names = header!.split(",");
    expect({ columns: names.length, rows: rows.length }).toEqual({ columns: 24, rows: 24_000 });
    const [payment, bill] = [names.indexOf("payment_1"), names.indexOf("bill_2")];
    const share = (holds: (paid: number, due: number) => boolean) =>
      rows.filter((row) => {
        const cells = row.split(",");
        return holds(Number(cells[payment]), Number(cells[bill]));
      }).length / rows.length;
    expect(share((paid, due) => paid === due && due !== 0)).toBeCloseTo(0.13, 2);
    expect(share((paid, due) => due > 0 && Math.abs(paid - due) <= 0.03 * due)).toBeCloseTo(0.45, 1);
    expect(share((paid) => paid === 0)).toBeGreaterThan(0.15);
  });
});
