import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readProfile } from "../../src/cli/read-profile.js";
import { runCli } from "./run-cli.js";

describe("synth bench", () => {
  it("prints step times, their parts and the bound as one object, with the profile's shares", async () => {
    const { stdout, code } = await runCli(["bench", "--rounds", "1", "--threads", "1", "--profile", "--json"]);
    expect(code).toBe(0);
    const printed = JSON.parse(stdout);
    expect(printed).toMatchObject({ threads: 1, rounds: 1 });
    for (const step of ["completion", "ctgan"]) {
      const { stepMs, batchMs, updateMs, productsMs, ratio } = printed[step];
      expect(ratio).toBeCloseTo(stepMs / productsMs, 6);
      expect(stepMs).toBeGreaterThan(batchMs + updateMs);
      const shares = printed.profile[step].map(({ share }: { share: number }) => share);
      expect(shares.reduce((sum: number, share: number) => sum + share, 0)).toBeCloseTo(1, 6);
      expect(printed.profile[step][0].operator).toBe("Gemm");
    }
  });
});

describe("an operator profile", () => {
  it("takes the median over the runs of every node and adds up nodes of one kind, over several files", async () => {
    const folder = await mkdtemp(join(tmpdir(), "profile-"));
    const node = (name: string, dur: number) => ({
      cat: "Node",
      name: `${name}_kernel_time`,
      dur,
      args: { op_name: name.split("_")[0] },
    });
    const runs = [node("Gemm_1", 9000), node("Gemm_1", 2000), node("Gemm_1", 1000), node("Gemm_2", 4000)];
    await writeFile(join(folder, "step_1.json"), JSON.stringify([{ cat: "Session", name: "run", dur: 1 }, ...runs]));
    await writeFile(join(folder, "step_2.json"), JSON.stringify([node("Mul_1", 2000)]));
    await writeFile(join(folder, "other_1.json"), JSON.stringify([node("Mul_1", 2000)]));
    expect(await readProfile(folder, ["step"])).toEqual([
      { operator: "Gemm", ms: 6, share: 0.75, count: 2 },
      { operator: "Mul", ms: 2, share: 0.25, count: 1 },
    ]);
    await rm(folder, { recursive: true });
  });
});
