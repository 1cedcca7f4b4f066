import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { unzipSync } from "fflate";
import { beforeAll, describe, expect, it } from "vitest";
import { SHARED_FILES } from "../../src/facade/shared-files.js";
import { runCli, TINY } from "./run-cli.js";
import { listAll, makeTemporaryFolder } from "./temporary-folder.js";

const folder = makeTemporaryFolder();
const table = join(folder, "table.csv");
const model = join(folder, "table.synth");
const header = "size,colour,weight,kept";

/** 160 rows whose columns hang together; every category is frequent. */
function makeRows(): string[] {
  return Array.from({ length: 160 }, (_, row) => {
    const size = (row * 7) % 5;
    return `${size},${["red", "green", "blue"][row % 3]},${(size * 1.5 + (row % 4) / 10).toFixed(1)},${row % 2 ? "yes" : "no"}`;
  });
}

beforeAll(async () => {
  writeFileSync(table, `${header}\n${makeRows().join("\n")}\n`);
  expect(await runCli(["fit", table, "-o", model, ...TINY])).toMatchObject({ code: 0, stdout: "" });
});

describe("help", () => {
  const commands = ["share", "fit", "sample", "impute", "report", "schema", "inspect", "bench"];

  it("lists every command", async () => {
    const { stdout, code } = await runCli(["--help"]);
    expect(code).toBe(0);
    for (const command of commands) expect(stdout).toMatch(new RegExp(`^  ${command} `, "m"));
  });

  it.each(commands)("%s --help has an example and the common options", async (command) => {
    const { stdout, stderr, code } = await runCli([command, "--help"]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toMatch(new RegExp(`Examples?:\\n  synth ${command} \\S`));
    for (const option of ["--json", "--quiet", "--verbose"]) expect(stdout).toContain(option);
  });

  it("prints the version of package.json", async () => {
    const { version } = JSON.parse(readFileSync(join(import.meta.dirname, "../../package.json"), "utf8"));
    expect((await runCli(["--version"])).stdout).toBe(`${version}\n`);
  });
});

describe("usage errors exit with 2 and suggest", () => {
  const cases: [argv: string[], code: string, hint: string][] = [
    [["fti", "a"], "E_USAGE_UNKNOWN_COMMAND", "did you mean fit?"],
    [["fit", table, "--sed", "1"], "E_USAGE_UNKNOWN_OPTION", "--seed"],
    [["fit"], "E_USAGE_MISSING_ARGUMENT", "synth fit --help"],
    [["fit", table, "more.csv"], "E_USAGE_EXCESS_ARGUMENT", "synth fit --help"],
    [["fit", table, "--seed"], "E_USAGE_MISSING_VALUE", "synth fit --help"],
    [["fit", table, "--seed", "-1"], "E_USAGE_NUMBER", ""],
    [["fit", table, "--holdout-share", "1"], "E_USAGE_NUMBER", ""],
    [["fit", table, "--backend", "gpu"], "E_USAGE_VALUE", ""],
    [["fit", table, "--preset", "balance"], "E_CONFIG_PRESET", "did you mean balanced?"],
    [
      ["fit", table, "--set", "model.completion.batchsize=9"],
      "E_CONFIG_PATH",
      "did you mean model.completion.batchSize?",
    ],
    [["fit", table, "--set", "seed"], "E_USAGE_SET", "--set model.completion.batchSize=250"],
    [["inspect", model, "--quiet", "--verbose"], "E_USAGE_CONFLICT", ""],
    [["report", "--train", table], "E_USAGE_MISSING_OPTION", "synth report --help"],
    [["report", "--train", table, "--synthetic", table, "--target", "colr"], "E_EVALUATE_TARGET", "colour"],
  ];

  it.each(cases)("%j", async (argv, errorCode, hint) => {
    const before = listAll(folder);
    const result = await runCli(argv);
    const errorLine = result.stderr.split("\n").find((line) => line.startsWith("error "));
    expect(errorLine).toMatch(new RegExp(`^error ${errorCode}: `));
    expect(result).toMatchObject({ code: 2 });
    if (hint !== "") expect(result.stderr).toMatch(new RegExp(`\nhint: .*${hint.replaceAll(/[.?]/g, "\\$&")}`));
    expect(listAll(folder)).toEqual(before);
  });

  it("refuses rows and JSON on the same stdout, in JSON", async () => {
    const { code, stdout, stderr } = await runCli(["sample", model, "-o", "-", "--json"]);
    expect({ code, stderr }).toEqual({ code: 2, stderr: "" });
    expect(JSON.parse(stdout).error.code).toBe("E_USAGE_CONFLICT");
  });

  it("names the full path of a wrong setting and what it got", async () => {
    const { stderr } = await runCli(["fit", table, "--set", "model.completion.batchSize=0"]);
    expect(stderr).toContain("error E_CONFIG_VALUE: model.completion.batchSize must be more than 0; got 0\n");
  });
});

describe("fit and sample", () => {
  it("gives identical model and rows for the same seed, others for another", async () => {
    const again = join(folder, "again.synth");
    const other = join(folder, "other.synth");
    await runCli(["fit", table, "-o", again, "--quiet", ...TINY]);
    await runCli(["fit", table, "-o", other, "--quiet", "--seed", "2", ...TINY]);
    expect(readFileSync(again).equals(readFileSync(model))).toBe(true);
    expect(readFileSync(other).equals(readFileSync(model))).toBe(false);
    const rows = async (path: string, ...more: string[]) =>
      (await runCli(["sample", path, "-n", "40", "-o", "-", "--quiet", ...more])).stdout;
    expect(await rows(again)).toBe(await rows(model));
    expect(await rows(model, "--seed", "2")).not.toBe(await rows(model));
  });

  it("writes as many rows as the model was trained on, or as asked, to a file or to stdout", async () => {
    const output = join(folder, "rows.csv");
    const { code, stdout, stderr } = await runCli(["sample", model, "-o", output]);
    expect({ code, stdout }).toEqual({ code: 0, stdout: "" });
    expect(stderr).toContain("160 rows, seed 1");
    const lines = readFileSync(output, "utf8").trimEnd().split("\n");
    expect(lines[0]).toBe(header);
    expect(lines).toHaveLength(161);
    const piped = await runCli(["sample", model, "-n", "3", "-o", "-", "--rounds", "2"]);
    expect(piped.stdout.split("\n")).toHaveLength(5);
    for (const line of piped.stdout.trimEnd().split("\n").slice(1)) {
      expect(line).toMatch(/^\d+,(red|green|blue),\d+\.\d,(yes|no)$/);
    }
  });

  it("prints one JSON object on stdout and nothing else with --json", async () => {
    const fitted = await runCli(["fit", table, "-o", join(folder, "j.synth"), "--json", ...TINY]);
    expect(fitted.stderr).toBe("");
    expect(JSON.parse(fitted.stdout)).toMatchObject({ model: join(folder, "j.synth"), seed: 1, rows: 160 });
    const sampled = await runCli(["sample", model, "-n", "7", "-o", join(folder, "j.csv"), "--json"]);
    expect(JSON.parse(sampled.stdout)).toMatchObject({ output: join(folder, "j.csv"), rows: 7, columns: 4 });
  });

  it("takes the configuration from a file, overridden by --set", async () => {
    const config = join(folder, "config.json");
    writeFileSync(config, JSON.stringify({ model: { network: { width: 24, blocks: 1 } } }));
    const output = join(folder, "configured.synth");
    await runCli(["fit", table, "-o", output, "--config", config, "--min-category-count", "3", ...TINY]);
    const inspected = JSON.parse((await runCli(["inspect", output, "--json"])).stdout);
    expect(inspected.config.model.network).toMatchObject({ width: 16, blocks: 1 });
    expect(inspected.config.encoding.minCategoryCount).toBe(3);
  });

  it("follows an edited schema", async () => {
    const path = join(folder, "schema.json");
    expect(await runCli(["schema", table, "-o", path])).toMatchObject({ code: 0, stdout: "" });
    const schema = JSON.parse(readFileSync(path, "utf8"));
    schema.columns[0].type = "category";
    writeFileSync(path, JSON.stringify(schema));
    const output = join(folder, "edited.synth");
    expect(await runCli(["fit", table, "-o", output, "--schema", path, ...TINY])).toMatchObject({ code: 0 });
    const inspected = JSON.parse((await runCli(["inspect", output, "--json"])).stdout);
    expect(inspected.schema.columns[0]).toMatchObject({ name: "size", type: "category" });
    writeFileSync(path, JSON.stringify({ ...schema, columns: [{ ...schema.columns[0], name: "sizes" }] }));
    const wrong = await runCli(["fit", table, "-o", output, "--schema", path, ...TINY]);
    expect(wrong.code).toBe(2);
    expect(wrong.stderr).toContain('did you mean "size"?');
  });

  it("writes --log as JSON lines that end with the training log", async () => {
    const log = join(folder, "log.jsonl");
    await runCli(["fit", table, "-o", join(folder, "l.synth"), "--log", log, "--quiet", ...TINY]);
    const lines = readFileSync(log, "utf8")
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(lines[0]).toMatchObject({ kind: "stage", elapsedMs: expect.any(Number) });
    expect(lines.at(-1)).toMatchObject({ kind: "note", note: expect.stringContaining("completion") });
  });
});

describe("inspect", () => {
  it("prints schema, configuration, training log and privacy", async () => {
    const { stdout, stderr } = await runCli(["inspect", model]);
    expect(stderr).toBe("");
    for (const title of ["Model", "Columns", "Configuration", "Training", "Privacy"]) {
      expect(stdout).toMatch(new RegExp(`^${title}$`, "m"));
    }
    expect(stdout).toMatch(/model\.network\.width +16/);
    expect(stdout).toMatch(/^ {2}colour +category +3$/m);
    expect(stdout).toMatch(/^ {2}[a-z ]*validation.* .*[▁▂▃▄▅▆▇█]/m);
  });

  it("writes the page of the training", async () => {
    const page = join(folder, "training.html");
    const { stdout, stderr } = await runCli(["inspect", model, "--html", page]);
    expect([stdout, stderr]).toEqual(["", `wrote ${page}\n`]);
    expect(readFileSync(page, "utf8")).toContain("How the model was trained");
    const refused = await runCli(["inspect", model, "--html", join(folder, "nowhere", "training.html")]);
    expect(refused.code).toBe(4);
  });
});

describe("report", () => {
  it("audits tables without a model and writes a folder", async () => {
    const output = join(folder, "audit");
    const argv = ["report", "--train", table, "--synthetic", table, "--holdout", table];
    const printed = await runCli(argv);
    expect(printed.code).toBe(0);
    expect(printed.stdout).toMatch(/column shapes +100\s%/);
    const written = await runCli([...argv, "-o", output, "--json"]);
    expect(JSON.parse(written.stdout).report.fidelity.columnShapes.value).toBe(1);
    expect(readdirSync(output).sort()).toEqual(["report.html", "report.json"]);
  });

  it("gives each of several tables a folder", async () => {
    const second = join(folder, "second.csv");
    writeFileSync(second, `${header}\n${makeRows().reverse().join("\n")}\n`);
    const output = join(folder, "audits");
    await runCli(["report", "--train", table, "--synthetic", table, second, "-o", output, "--quiet"]);
    expect(readdirSync(output).sort()).toEqual(["comparison.json", "index.html", "second", "table"]);
  });
});

describe("sample --no-copies", () => {
  const tables = ["--train", table, "--holdout", table];

  it("wants both tables, and no other way to choose rows", async () => {
    const refused = async (argv: readonly string[], code: string) => {
      const result = await runCli(["sample", model, ...argv, "-o", join(folder, "filtered.csv")]);
      expect([result.code, result.stderr]).toEqual([2, expect.stringContaining(`error ${code}: `)]);
    };
    await refused(["--no-copies"], "E_USAGE_FILTER");
    await refused(["--no-copies", "--train", table], "E_USAGE_FILTER");
    await refused(tables, "E_USAGE_FILTER");
    await refused(["--no-copies", ...tables, "--where", "size > 1"], "E_USAGE_CONFLICT");
    await refused(["--min-distance", "0", ...tables, "--shard", "1/2"], "E_USAGE_CONFLICT");
    await refused(["--min-distance", "1", ...tables], "E_USAGE_NUMBER");
  });

  it("refuses a table of few categories and writes nothing", async () => {
    const output = join(folder, "filtered.csv");
    const result = await runCli(["sample", model, "--no-copies", ...tables, "-o", output]);
    expect([result.code, result.stderr]).toEqual([
      3,
      expect.stringContaining("error E_FILTER_LEAKS: 100.0 % of the held-out"),
    ]);
    expect(existsSync(output)).toBe(false);
  });
});

describe("share", () => {
  const lenient = join(folder, "lenient.json");
  beforeAll(() => {
    writeFileSync(lenient, JSON.stringify({ version: 1, name: "lenient", requires: {}, rules: [] }));
  });

  it("leaves all its files where the policy is met, and says what to open", async () => {
    const output = join(folder, "made", "shared");
    const argv = ["share", table, "-o", output, "--policy", lenient, ...TINY];
    const result = await runCli(argv);
    expect(result.code).toBe(0);
    expect(readdirSync(output).sort()).toEqual([...SHARED_FILES].sort());
    expect(readdirSync(join(folder, "made"))).toEqual(["shared"]);
    const report = JSON.parse(readFileSync(join(output, "report.json"), "utf8"));
    expect(report.release).toEqual({ shareable: true, policy: "lenient", failures: [], rules: [] });
    expect(report.tables).toMatchObject({ train: { rows: 128 }, synthetic: { rows: 160 }, holdout: { rows: 32 } });
    expect(readFileSync(join(output, "synthetic.csv"), "utf8").trimEnd().split("\n")).toHaveLength(161);
    expect(result.stderr).toContain(`open ${output}/report.html`);
    const readme = readFileSync(join(output, "README.md"), "utf8");
    expect(readme).toContain("set model.network.width=16");
    expect(readme).toContain("drawn from `model.synth` without end");
    expect(readme).not.toContain(folder);
    const again = await runCli([...argv, "--json"]);
    expect(JSON.parse(again.stdout)).toMatchObject({ folder: output, shareable: true, failures: [] });
    expect(JSON.parse(again.stdout).report).toEqual(report);
    expect(readdirSync(join(folder, "made"))).toEqual(["shared"]);
  });

  it("exits with 1 and names the folder NOT-SHAREABLE when the policy is not met", async () => {
    // held-out rows from elsewhere: whatever is sampled lies nearer to the training rows, as copies would
    const elsewhere = join(folder, "elsewhere.csv");
    const far = makeRows().map((row) => row.replace(/^(.),(\w+),/, "9$1,violet,7"));
    writeFileSync(elsewhere, `${header}\n${far.join("\n")}\n`);
    const output = join(folder, "leaking");
    const written = `${output}-NOT-SHAREABLE`;
    const argv = ["share", table, "--holdout", elsewhere, "-o", output, ...TINY];
    const result = await runCli(argv);
    expect(result.code).toBe(1);
    expect(result.stderr).toMatch(/^error E_CHECK_RELEASE: these rows should not be shared: .*nearer/m);
    expect(result.stderr).toContain("NOT-SHAREABLE.md in the folder says more");
    expect(existsSync(output)).toBe(false);
    expect(readdirSync(written).sort()).toEqual([...SHARED_FILES, "NOT-SHAREABLE.md"].sort());
    expect(readFileSync(join(written, "README.md"), "utf8").split("\n")[2]).toMatch(/^\*\*NOT SHAREABLE\.\*\*/);
    const why = readFileSync(join(written, "NOT-SHAREABLE.md"), "utf8");
    expect(why).toContain("`E_RELEASE_DCR_SHARE`");
    expect(why).toMatch(
      /Figure: `privacy\.dcrShare` is [.\d]+ \([.\d]+ to [.\d]+\); its low end must be at most 0\.52/,
    );
    const machine = JSON.parse((await runCli([...argv, "--json"])).stdout);
    expect(machine).toMatchObject({ folder: written, shareable: false, error: { code: "E_CHECK_RELEASE" } });
    expect(machine.failures).toEqual(machine.report.release.failures);
    expect(machine.files).toContain(join(written, "NOT-SHAREABLE.md"));
  });

  it("refuses a policy that names an unknown figure before it reads the table", async () => {
    const path = join(folder, "policy.json");
    const rule = { figure: "privacy.dcrshare", end: "low", atMost: 0.5, notComputed: "passes", why: "so" };
    writeFileSync(path, JSON.stringify({ version: 1, name: "mine", requires: {}, rules: [rule] }));
    const audit = ["report", "--train", "nowhere.csv", "--synthetic", "nowhere.csv"];
    for (const argv of [["share", "nowhere.csv"], audit]) {
      const result = await runCli([...argv, "--policy", path]);
      expect(result.code).toBe(2);
      expect(result.stderr).toMatch(
        /error E_POLICY_FIGURE: .*policy\.rules\[0\]\.figure.*\nhint: did you mean "privacy\.dcrShare"\?/,
      );
    }
  });

  it("leaves out free text, makes identifiers anew, and says so", async () => {
    const words = "the quick brown fox jumps over a lazy dog while it rains".split(" ");
    const text = (row: number) =>
      Array.from({ length: 9 }, (_, at) => words[(row * (at + 2) + at * at) % 12]).join(" ");
    const lines = makeRows().map((line, row) => `user-${10_000 + row},${text(row)} ${row},${line}`);
    const path = join(folder, "people.csv");
    writeFileSync(path, `id,comment,${header}\n${lines.join("\n")}\n`);
    const output = join(folder, "people");
    const result = await runCli(["share", path, "-o", output, "--policy", lenient, ...TINY]);
    expect(result.stderr).toContain('note: column "comment" is left out: free text');
    const [first, ...rows] = readFileSync(join(output, "synthetic.csv"), "utf8").trimEnd().split("\n");
    expect(first).toBe(`id,${header}`);
    expect(new Set(rows.map((row) => row.split(",")[0])).size).toBe(160);
    expect(readFileSync(join(output, "README.md"), "utf8")).toContain("- `comment`: ");
  });

  it("--force writes among other files and leaves them alone", async () => {
    const output = join(folder, "mixed");
    mkdirSync(output);
    writeFileSync(join(output, "thesis.txt"), "mine");
    await runCli(["share", table, "-o", output, "--force", "--quiet", "--policy", lenient, ...TINY]);
    expect(readdirSync(output).sort()).toEqual([...SHARED_FILES, "thesis.txt"].sort());
    expect(readFileSync(join(output, "thesis.txt"), "utf8")).toBe("mine");
  });
});

describe("output for people", () => {
  it("has no colour when piped or with NO_COLOR, and colour on a terminal", async () => {
    const colour = "\u001b[3";
    expect((await runCli(["sample", model, "-n", "0"])).stderr).not.toContain(colour);
    expect((await runCli(["sample", model, "-n", "0"], { isTTY: true })).stderr).toContain(colour);
    const plain = await runCli(["sample", model, "-n", "0"], { isTTY: true, env: { NO_COLOR: "1" } });
    expect(plain.stderr).not.toContain(colour);
  });

  it("--verbose adds the stack of an error and more of the training", async () => {
    const argv = ["inspect", join(folder, "nowhere.synth")];
    expect((await runCli(argv)).stderr).not.toMatch(/^ +at /m);
    expect((await runCli([...argv, "--verbose"])).stderr).toMatch(/^hint: .*\n +at /m);
    const entries = ({ stdout }: { stdout: string }) => stdout.match(/^ {2}completion, step/gm)?.length ?? 0;
    const [brief, whole] = [await runCli(["inspect", model]), await runCli(["inspect", model, "--verbose"])];
    expect(entries(brief)).toBe(0);
    expect(entries(whole)).toBeGreaterThan(1);
  });

  it("--quiet prints nothing when all is well", async () => {
    const quiet = await runCli(["sample", model, "-n", "2", "-o", join(folder, "q.csv"), "--quiet"]);
    expect(quiet).toEqual({ code: 0, stdout: "", stderr: "" });
  });
});

describe("interruption", () => {
  it("exits with 130, leaves nothing and says how to go on", async () => {
    const before = listAll(folder);
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 300);
    const argv = ["share", table, "-o", join(folder, "stopped", "deep"), "--set", "model.completion.maxSteps=100000"];
    const result = await runCli([...argv, "--epochs", "100000"], { signal: controller.signal });
    expect(result.code).toBe(130);
    expect(result.stderr).toMatch(/error E_INTERRUPTED: interrupted; no unfinished file.*\nhint: to go on/);
    const left = listAll(folder).filter((name) => !before.includes(name));
    expect(left.filter((name) => !/^stopped([\\/]deep\.checkpoint)?$/.test(name))).toEqual([]);
  });
});

describe("the model file", () => {
  it("holds the manifest, an ONNX graph and the weights", () => {
    expect(Object.keys(unzipSync(readFileSync(model)))).toEqual([
      "manifest.json",
      "generator.onnx",
      "weights.safetensors",
    ]);
  });
});
