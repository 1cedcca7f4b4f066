import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { PRESET_DESCRIPTIONS } from "../../src/gan/preset-descriptions.js";
import { PRESETS } from "../../src/gan/presets.js";
import { listSettings, resolveConfig } from "../../src/gan/resolve-config.js";
import { runCli } from "./run-cli.js";
import { makeTemporaryFolder } from "./temporary-folder.js";

const folder = makeTemporaryFolder();

describe("synth presets", () => {
  it("lists every preset with what it is, what it is for and its source, the default first and marked", async () => {
    const { code, stdout } = await runCli(["presets"]);
    expect(code).toBe(0);
    const blocks = stdout.trim().split("\n\n");
    expect(blocks[0]).toMatch(/^balanced \(default\)\n/);
    expect(
      blocks
        .slice(0, -1)
        .map((block) => block.split(/[ \n]/)[0]!)
        .toSorted(),
    ).toEqual(Object.keys(PRESETS).toSorted());
    for (const block of blocks.slice(0, -1))
      expect(block).toMatch(/\n {2}for: .+\n {2}after .+ \d{4}, arXiv:\d{4}\.\d{4,5}/s);
    expect(stdout.match(/\(default\)/g)).toHaveLength(1);
    expect(Math.max(...stdout.split("\n").map((line) => line.length))).toBeLessThanOrEqual(100);
  });

  it("gives the same as one object", async () => {
    const { presets } = JSON.parse((await runCli(["presets", "--json"])).stdout);
    expect(presets.map(({ name }: { name: string }) => name)).toEqual(Object.keys(PRESET_DESCRIPTIONS));
    expect(presets[0]).toMatchObject({ name: "balanced", default: true, sources: [{ arxiv: "2110.02037" }, {}] });
  });

  it("prints a whole configuration that --config takes as it stands", async () => {
    const { stdout } = await runCli(["presets", "wgan"]);
    const config = JSON.parse(stdout);
    expect(config).toEqual(resolveConfig({ preset: "wgan" }));
    expect(resolveConfig({ config })).toEqual(config);
    expect(listSettings(config)).toContainEqual(["model.objective", "wgan"]);
    const file = join(folder, "mine.json");
    await writeFile(file, stdout);
    const { code, stderr } = await runCli(["fit", "missing.csv", "--config", file, "-o", join(folder, "m.synth")]);
    expect([code, stderr]).toEqual([4, expect.stringContaining("missing.csv")]);
  });

  it("is what an unknown preset points to, here and in fit", async () => {
    for (const argv of [
      ["presets", "wgn"],
      ["fit", "missing.csv", "--preset", "wgn"],
    ]) {
      const { code, stderr } = await runCli(argv);
      expect(code).toBe(2);
      expect(stderr).toContain("did you mean wgan?");
      expect(stderr).toContain("`synth presets`");
    }
  });
});
