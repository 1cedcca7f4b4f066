import { describe, expect, it } from "vitest";
import { makeRandom } from "../../../src/core/random.js";
import { evaluatePrivacy } from "../../../src/evaluate/privacy/evaluate-privacy.js";
import { releasePolicy } from "../../../src/evaluate/privacy/release-policy.js";
import type { Table } from "../../../src/table/table.js";
import { drawPeople, PEOPLE_COLUMNS } from "./tables.js";

const SEEDS = 20;
const quasiIdentifiers = ["age", "city", "job"];

async function judge(tables: { train: Table; synthetic: Table; holdout: Table }, seed: number) {
  const options = { columns: PEOPLE_COLUMNS, quasiIdentifiers, random: makeRandom(seed) };
  return releasePolicy({ privacy: await evaluatePrivacy({ ...tables, ...options }) });
}

describe("the default policy", () => {
  it("calls an independent real sample shareable in 19 of 20 samples and more", async () => {
    const refused: string[] = [];
    for (let seed = 1; seed <= SEEDS; seed++) {
      const [train, synthetic, holdout] = [1, 2, 3].map((part) => drawPeople(250, makeRandom(10 * seed + part)));
      const { failures } = await judge({ train: train!, synthetic: synthetic!, holdout: holdout! }, seed);
      if (failures.length > 0) refused.push(`seed ${seed}: ${failures.map(({ code }) => code).join(", ")}`);
    }
    expect(refused.length, refused.join("\n")).toBeLessThanOrEqual(1);
  }, 120_000);

  it("is not calmed by a holdout that is the training table itself, though no figure tells the two apart", async () => {
    const train = drawPeople(400, makeRandom(1));
    const release = await judge({ train, synthetic: train, holdout: train }, 1);
    expect(release.failures.map(({ code }) => code)).toEqual(["E_RELEASE_HOLDOUT_OVERLAP"]);
  });
});
