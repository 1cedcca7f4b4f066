import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import { runCli } from "./run-cli.js";
import { listAll, makeTemporaryFolder } from "./temporary-folder.js";

const folder = makeTemporaryFolder();
const table = join(folder, "table.csv");
const small = join(folder, "small.json");
const game = join(folder, "game.json");
const refused = join(folder, "refused.json");

const rows = Array.from({ length: 120 }, (_, row) => `${(row * 7) % 11},${row % 3 === 0 ? "a" : "b"},${(row * 5) % 4}`);
writeFileSync(table, `size,kind,floor\n${rows.join("\n")}\n`);
writeFileSync(small, JSON.stringify({ model: { network: { width: 16 }, adversarial: { enabled: false } } }));
const networks = { latent: 8, generatorWidths: [16], criticWidths: [16] };
writeFileSync(game, JSON.stringify({ preset: "vanilla", model: networks }));
writeFileSync(refused, JSON.stringify({ preset: "vanilla", model: { condition: { columns: ["nowhere"] } } }));

const OPTIONS = ["--steps", "3", "--attacks", "20", "--threads", "1"];

describe("synth compare", () => {
  it("leaves a page, a comparison that fits its schema, and each run's report, rows and model; the failed one says why", async () => {
    const output = join(folder, "compared");
    const presets = ["--presets", `${refused},${small},${game}`];
    const { code, stderr } = await runCli(["compare", table, ...presets, ...OPTIONS, "-o", output]);
    expect(code).toBe(0);
    expect(listAll(output)).toEqual(
      [
        ...["comparison.json", "index.html", "game", "small"],
        ...["game", "small"].flatMap((name) =>
          ["model.synth", "report.html", "report.json", "synthetic.csv"].map((file) => `${name}/${file}`),
        ),
      ].toSorted(),
    );
    const comparison = JSON.parse(readFileSync(join(output, "comparison.json"), "utf8"));
    const schema = JSON.parse(readFileSync(new URL("../../schemas/comparison.schema.json", import.meta.url), "utf8"));
    const fits = new Ajv2020({ strict: false }).compile(schema);
    expect(fits(comparison), JSON.stringify(fits.errors)).toBe(true);
    expect(comparison.training).toMatchObject({ budget: { steps: 3 }, seeds: [1], planned: 3 });
    expect(readFileSync(join(output, "small/synthetic.csv"), "utf8").trim().split("\n")).toHaveLength(97);
    expect(readFileSync(join(output, "index.html"), "utf8")).toContain("<h1>3 presets compared</h1>");
    expect(stderr).toMatch(/refused, seed 1, failed: E_CONFIG_COMBINATION/);
    expect(stderr).toMatch(/run 3 of 3: game, seed 1 \(all runs: .* left\)/);
    expect(stderr).toMatch(/\n {2}small|\nsmall +[\d.]+/);
    expect(stderr.match(/\n.*Shapes +Trends +/g)).toHaveLength(1);
  });

  it("gives the same as one object, a folder for each seed", async () => {
    const output = join(folder, "seeds");
    const argv = ["compare", table, "--presets", `${small},${game}`, "--seeds", "2", "--seed", "4", ...OPTIONS];
    const { code, stdout, stderr } = await runCli([...argv, "-o", output, "--json"]);
    expect([code, stderr]).toEqual([0, ""]);
    const { comparison } = JSON.parse(stdout);
    expect(comparison).toEqual(JSON.parse(readFileSync(join(output, "comparison.json"), "utf8")));
    expect(comparison.training.seeds).toEqual([4, 5]);
    expect(existsSync(join(output, "small/seed-5/model.synth"))).toBe(true);
    expect(comparison.training.presets[1].runs[1]).toMatchObject({ seed: 5, outcome: "finished", steps: 3 });
  });

  it("keeps what had ended when it is interrupted, and says so", async () => {
    const output = join(folder, "stopped");
    const stop = new AbortController();
    const watch = setInterval(() => {
      if (existsSync(join(output, "index.html"))) stop.abort();
    }, 5);
    const argv = ["compare", table, "--presets", `${small},${game}`, "--seeds", "3", ...OPTIONS, "-o", output];
    const { code, stderr } = await runCli(argv, { signal: stop.signal });
    clearInterval(watch);
    expect([code, stderr]).toEqual([130, expect.stringContaining("the trainings that had ended stand in the folder")]);
    const { training } = JSON.parse(readFileSync(join(output, "comparison.json"), "utf8"));
    expect(training.planned).toBe(6);
    expect(existsSync(join(output, "small/seed-1/report.html"))).toBe(true);
  });

  it.each([
    [["--presets", "balanced"], "E_USAGE_PRESETS"],
    [["--presets", "balanced,wgn"], "E_CONFIG_PRESET"],
    [[], "E_USAGE"],
  ])("refuses %j before any work", async (argv, problem) => {
    const output = join(folder, "never");
    const { code, stderr } = await runCli(["compare", table, ...argv, "-o", output]);
    expect([code, stderr]).toEqual([2, expect.stringContaining(problem)]);
    expect(existsSync(join(output, "comparison.json"))).toBe(false);
  });
});
