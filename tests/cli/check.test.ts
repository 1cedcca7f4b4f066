import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Report } from "../../src/evaluate/report-schema.js";
import { serializeReport } from "../../src/report/report-json.js";
import { makeReport } from "../report/fixture.js";
import { makeReportGuarantee } from "../report/fixture-guarantee.js";
import { runCli } from "./run-cli.js";
import { makeTemporaryFolder } from "./temporary-folder.js";

const folder = makeTemporaryFolder();
const good = write("good.json", withFigures(makeReport()));
const withoutHoldout = write("without-holdout.json", makeReport({ holdout: false }));

function write(name: string, report: Report | string): string {
  const path = join(folder, name);
  writeFileSync(path, typeof report === "string" ? report : serializeReport(report));
  return path;
}

/** The figures that the limits below are about, whatever the fixture has. */
function withFigures(report: Report): Report {
  report.fidelity.overall = { value: 0.9909, low: 0.9897, high: 0.992, status: "ok" };
  report.privacy.dcrShare = { value: 0.5069, low: 0.4953, high: 0.5185, n: 16281, status: "ok" };
  return report;
}

async function check(...argv: string[]) {
  return runCli(["check", ...argv]);
}

describe("synth check", () => {
  it("ends with 0 and one line when all limits are kept", async () => {
    const result = await check(good, "--min", "overall=0.95", "--max", "dcrShare=0.52", "--max", "c2st.holdout=0.6");
    expect(result).toEqual({ code: 0, stdout: "all 3 limits are kept\n", stderr: "" });
  });

  it("counts a figure that equals its limit as kept", async () => {
    expect((await check(good, "--min", "overall=0.9909", "--max", "overall=0.9909")).code).toBe(0);
  });

  it("ends with 1 and a line for each limit that is not kept: figure, value, interval, limit", async () => {
    const result = await check(good, "--min", "overall=0.999", "--max", "dcrShare=0.5", "--min", "columnShapes=0.9");
    expect(result.code).toBe(1);
    expect(result.stdout).toBe(
      "fidelity.overall is 0.9909 (0.9897 to 0.992), must be at least 0.999\n" +
        "privacy.dcrShare is 0.5069 (0.4953 to 0.5185), must be at most 0.5\n",
    );
    expect(result.stderr).toMatch(/^error E_CHECK_LIMIT: 2 of 3 limits are not kept/);
  });

  it("shows every digit of a value that six digits would make equal to its limit", async () => {
    const report = makeReport();
    report.fidelity.overall = { value: 0.94999999, status: "ok" };
    const result = await check(write("close.json", report), "--min", "overall=0.95");
    expect(result.stdout).toBe("fidelity.overall is 0.94999999, must be at least 0.95\n");
  });

  it("holds the guarantee to a limit: kept, passed, not there where the noise was seeded or nothing was promised", async () => {
    const limits = ["--max", "guarantee.epsilon=1", "--max", "guarantee.delta=1e-5"];
    const promised = (name: string, noise: "secure" | "seeded", epsilon: number) =>
      write(name, { ...makeReport(), guarantee: makeReportGuarantee({ noise, epsilon }) });
    expect((await check(promised("private.json", "secure", 1), ...limits)).code).toBe(0);
    expect((await check(promised("weak.json", "secure", 3), ...limits)).stdout).toBe(
      "guarantee.epsilon is 3, must be at most 1\n",
    );
    expect((await check(promised("seeded.json", "seeded", 1), ...limits)).stdout).toMatch(
      /^guarantee\.epsilon is unavailable \(the noise came from a seed/,
    );
    const none = await check(good, "--max", "guarantee.epsilon=1");
    expect(none.code).toBe(1);
    expect(none.stdout).toMatch(/^guarantee\.epsilon is unavailable \(no differential privacy was promised/);
  });

  it("fails a figure that is unavailable, and says why", async () => {
    const result = await check(withoutHoldout, "--max", "dcrShare=1", "--min", "utility.synthetic=-1");
    expect(result.code).toBe(1);
    expect(result.stdout).toBe(
      "utility.synthetic is unavailable (no held-out rows were given), must be at least -1\n" +
        "privacy.dcrShare is unavailable (no held-out rows were given), must be at most 1\n",
    );
  });

  it("takes columns, pairs and plain numbers", async () => {
    const argv = [
      "--min",
      "columns:age=0.9",
      "--min",
      "pairs:workclass,age=0.9",
      "--min",
      "tables.synthetic.rows=1000",
    ];
    expect((await check(good, ...argv)).code).toBe(0);
    expect((await check(good, "--max", "columns:age=0.1")).stdout).toMatch(/^fidelity\.columns:age\.score is /);
  });

  it("takes columns whose names hold =, ., : and commas, and lets none of them hide another figure", async () => {
    const names = ["a=b", "x.overall", "c:d,e", "income"];
    const path = write("names.json", makeReport({ names, columns: 4 }));
    const keys = [
      "columns:a=b=0.1",
      "columns:x.overall=0.1",
      "columns:c:d,e=0.1",
      "pairs:c:d,e,a=b=0.1",
      "overall=0.1",
    ];
    expect(await check(path, ...keys.flatMap((key) => ["--min", key]))).toMatchObject({ code: 0 });
  });

  it("names the nearest figure for one that does not exist", async () => {
    const result = await check(good, "--min", "overal=0.9");
    expect(result).toMatchObject({ code: 2, stdout: "" });
    expect(result.stderr).toMatch(/^error E_CHECK_FIGURE_UNKNOWN: .* has no figure "overal"/);
    expect(result.stderr).toContain('did you mean "overall"?');
    expect((await check(good, "--min", "columns:aeg=0.9")).stderr).toContain('did you mean "columns:age"?');
    expect((await check(good, "--min", "nothing-like-it=0.9")).stderr).toContain('known are "tables.train.rows"');
  });

  it("lists the candidates of an ambiguous end", async () => {
    const result = await check(good, "--max", "risk=0.1");
    expect(result.code).toBe(2);
    expect(result.stderr).toMatch(/^error E_CHECK_FIGURE_AMBIGUOUS: \d+ figures of .* end in "risk"/);
    expect(result.stderr).toContain("there are privacy.membership.risk, ");
  });

  it("holds several reports against the same limits and names the file of each failure", async () => {
    const result = await check(good, withoutHoldout, "--max", "dcrShare=0.52");
    expect(result.code).toBe(1);
    expect(result.stdout).toBe(
      `${withoutHoldout}: privacy.dcrShare is unavailable (no held-out rows were given), must be at most 0.52\n`,
    );
    expect(result.stderr).toContain("1 of 2 limits are not kept");
  });

  it("--shareable asks for the release policy", async () => {
    expect((await check(good, "--shareable")).stdout).toBe("the limit is kept\n");
    const result = await check(withoutHoldout, "--shareable");
    expect(result.code).toBe(1);
    expect(result.stdout).toContain("the release policy is not met: No held-out rows");
  });

  it("prints one object with --json, the error beside", async () => {
    const kept = JSON.parse((await check(good, "--min", "overall=0.9", "--json")).stdout);
    expect(kept).toEqual({
      holds: true,
      reports: [
        {
          file: good,
          rules: [
            {
              figure: "fidelity.overall",
              bound: "min",
              limit: 0.9,
              holds: true,
              value: 0.9909,
              low: 0.9897,
              high: 0.992,
            },
          ],
        },
      ],
    });
    const failed = await check(withoutHoldout, "--max", "dcrShare=0.5", "--json");
    expect(failed).toMatchObject({ code: 1, stderr: "" });
    expect(JSON.parse(failed.stdout)).toMatchObject({
      holds: false,
      reports: [{ rules: [{ holds: false, reason: "no held-out rows were given" }] }],
      error: { code: "E_CHECK_LIMIT" },
    });
  });

  it.each([
    ["overall", "E_USAGE_RULE"],
    ["=0.5", "E_USAGE_RULE"],
    ["overall=", "E_USAGE_RULE"],
    ["overall=high", "E_USAGE_RULE"],
    ["overall=Infinity", "E_USAGE_RULE"],
  ])("refuses --min %s", async (text, code) => {
    const result = await check(good, "--min", text);
    expect(result).toMatchObject({ code: 2, stdout: "" });
    expect(result.stderr).toMatch(new RegExp(`^error ${code}: `));
  });

  it("refuses to check nothing", async () => {
    expect((await check(good)).stderr).toMatch(/^error E_USAGE_RULE: there is no limit/);
  });

  it.each([
    ["no JSON", "{", "E_REPORT_JSON"],
    ["another JSON file", '{"version":2}', "E_REPORT_FOREIGN"],
    ["a list", "[]", "E_REPORT_FOREIGN"],
    ["an older version", '{"version":1,"fidelity":{},"privacy":{}}', "E_REPORT_VERSION"],
    ["a newer version", '{"version":99,"fidelity":{},"privacy":{}}', "E_REPORT_VERSION"],
    ["a damaged report", '{"version":2,"fidelity":{},"privacy":{}}', "E_REPORT_DAMAGED"],
  ])("tells %s from a report", async (name, text, code) => {
    const result = await check(write(`${name}.json`, text), "--min", "overall=0.9");
    expect(result).toMatchObject({ code: 4, stdout: "" });
    expect(result.stderr).toMatch(new RegExp(`^error ${code}: `));
    expect(result.stderr).toMatch(/\nhint: /);
  });

  it("says that a file is missing", async () => {
    expect(await check(join(folder, "nowhere.json"), "--min", "overall=0.9")).toMatchObject({
      code: 4,
      stderr: expect.stringContaining("E_FILE_NOT_FOUND"),
    });
  });

  it("reads reports that a later version of synth has added keys to", async () => {
    const later = JSON.parse(serializeReport(makeReport()));
    later.fidelity.novelty = { value: 0.7 };
    later.fidelity.overall.method = "new";
    const path = write("later.json", JSON.stringify(later));
    expect((await check(path, "--min", "overall=0.9", "--min", "novelty=0.5")).code).toBe(0);
  });
});
