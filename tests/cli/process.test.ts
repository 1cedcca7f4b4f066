import { execFileSync, spawn, spawnSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { listAll, makeTemporaryFolder } from "./temporary-folder.js";

const root = resolve(import.meta.dirname, "../..");
const main = join(root, "dist/cli/main.js");
const penguins = join(root, "examples/penguins.csv");
const folder = makeTemporaryFolder();

beforeAll(() => {
  expect(existsSync(main), "run `npm run build` first").toBe(true);
});

describe("the program as a process", () => {
  it("answers --help in less than 150 ms of processor time beyond what node itself needs", () => {
    // processor time, the best of several: a machine that is busy with other tests must not decide
    const probe =
      'data:text/javascript,process.on("exit",()=>{const{user,system}=process.cpuUsage();console.error("us "+(user+system))})';
    const best = (argv: readonly string[]) => {
      const times = Array.from({ length: 7 }, () => {
        const { stderr } = spawnSync(process.execPath, ["--import", probe, ...argv], { encoding: "utf8" });
        return Number(/us (\d+)/.exec(stderr)![1]) / 1000;
      });
      return Math.min(...times);
    };
    const extra = best([main, "--help"]) - best(["-e", "0"]);
    expect(extra).toBeGreaterThan(0);
    expect(extra).toBeLessThan(150);
  });

  it("loads no engine, no parser and no zip for --help", () => {
    const loader = join(folder, "list-imports.mjs");
    const list = JSON.stringify(join(folder, "urls"));
    writeFileSync(
      loader,
      `import { appendFileSync } from "node:fs";
       export function load(url, context, next) { appendFileSync(${list}, url + "\\n"); return next(url, context); }`,
    );
    const register = `data:text/javascript,import{register}from"node:module";register(${JSON.stringify(`file://${loader}`)})`;
    execFileSync(process.execPath, ["--import", register, main, "--help"]);
    const urls = readFileSync(join(folder, "urls"), "utf8")
      .split("\n")
      .filter((url) => url.startsWith("file:"));
    expect(urls.some((url) => url.endsWith("/dist/cli/run-synth.js"))).toBe(true);
    const packages = new Set(urls.map((url) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(url)?.[1]));
    expect([...packages].filter((name) => name !== undefined).sort()).toEqual(["commander", "picocolors"]);
  });

  it("gives the shell the exit code of each kind of error", () => {
    const codeOf = (...argv: string[]) => spawnSync(process.execPath, [main, ...argv], { cwd: folder }).status;
    writeFileSync(join(folder, "ragged.csv"), "a,b\n1,2,3\n");
    expect(codeOf("schema", penguins, "--json")).toBe(0);
    expect(codeOf("fit", "--nonsense")).toBe(2);
    expect(codeOf("fit", "ragged.csv")).toBe(3);
    expect(codeOf("fit", "nowhere.csv")).toBe(4);
    expect(codeOf("inspect", penguins)).toBe(4);
  });

  it("ends by itself after refusing rows amid sampling", () => {
    const run = (...argv: string[]) => spawnSync(process.execPath, [main, ...argv], { cwd: folder, timeout: 60_000 });
    expect(run("fit", penguins, "-o", "refused.synth", "--steps", "4").status).toBe(0);
    const tables = ["--train", penguins, "--holdout", penguins];
    const { status, stderr } = run("sample", "refused.synth", "--no-copies", ...tables, "-o", "none.csv");
    expect(String(stderr)).toContain("E_FILTER_");
    expect(status).toBe(3);
  });

  it("stops at Ctrl-C with exit code 130 and leaves no half file", async () => {
    const before = listAll(folder);
    const argv = [main, "share", penguins, "-o", join(folder, "stopped"), "--epochs", "100000"];
    const child = spawn(process.execPath, [...argv, "--set", "model.completion.maxSteps=1000000"], { cwd: folder });
    let stderr = "";
    let interrupted = false;
    child.stderr.on("data", (chunk) => {
      stderr += chunk;
      if (!interrupted && stderr.includes("training on")) {
        interrupted = true;
        child.kill("SIGINT");
      }
    });
    const code = await new Promise((done) => child.on("exit", done));
    expect(code).toBe(130);
    expect(stderr).toMatch(/error E_INTERRUPTED: interrupted; no unfinished file was left behind.*\nhint: to go on/);
    expect(listAll(folder).filter((name) => name !== "stopped.checkpoint")).toEqual(before);
  });

  it("ends quietly when its reader goes away", () => {
    execFileSync(process.execPath, [main, "fit", penguins, "-o", "m.synth", "--quiet", "--steps", "4"], {
      cwd: folder,
    });
    const shell = `"${process.execPath}" "${main}" sample m.synth -n 20000 -o - --rounds 2 --quiet | head -n 1`;
    const { stdout, stderr } = spawnSync("sh", ["-c", shell], { cwd: folder, encoding: "utf8" });
    expect(stdout).toMatch(/^Species,Island/);
    expect(stderr).toBe("");
  });
});
