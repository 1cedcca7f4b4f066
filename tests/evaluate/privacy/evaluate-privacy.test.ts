import { beforeAll, describe, expect, it } from "vitest";
import { makeRandom } from "../../../src/core/random.js";
import { evaluatePrivacy } from "../../../src/evaluate/privacy/evaluate-privacy.js";
import { releasePolicy } from "../../../src/evaluate/privacy/release-policy.js";
import { type Report, reportSchema } from "../../../src/evaluate/report-schema.js";
import { makeTable, type Table, takeRows } from "../../../src/table/table.js";
import { drawPeople, numbers, PEOPLE_COLUMNS, perturb, stack } from "./tables.js";

const ROWS = 1500;
const train = drawPeople(ROWS, makeRandom(1));
const holdout = drawPeople(ROWS, makeRandom(2));
const independent = drawPeople(ROWS, makeRandom(3));

const range = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i);

function audit(synthetic: Table, seed = 1, held: Table | null = holdout): Promise<Report["privacy"]> {
  const tables = held === null ? { train, synthetic } : { train, synthetic, holdout: held };
  return evaluatePrivacy({ ...tables, columns: PEOPLE_COLUMNS, random: makeRandom(seed) });
}

const codesOf = (privacy: Report["privacy"]) => releasePolicy({ privacy }).failures.map((failure) => failure.code);

describe("an audit of rows that copy nothing", () => {
  let privacy: Report["privacy"];
  beforeAll(async () => {
    privacy = await audit(independent);
  });

  it("finds no memorisation by any figure", () => {
    expect(privacy.dcrShare.low).toBeLessThan(0.5);
    expect(privacy.dcrShare.high).toBeGreaterThan(0.5);
    expect(privacy.nearestDecileShare?.low).toBeLessThan(0.5);
    expect(privacy.identicalMatchShare.value).toBe(0);
    expect(privacy.identicalMatchExcess?.low).toBeLessThanOrEqual(0);
    expect(privacy.uniqueValueExcess?.low).toBeLessThan(0);
    expect(privacy.membership.attack?.low).toBeLessThan(0.5);
    expect(privacy.membership.risk.low).toBe(0);
    for (const attack of [privacy.singlingOut, privacy.linkability, privacy.inference]) {
      expect(attack.risk.low).toBeLessThan(0.02);
    }
  });

  it("puts the distances at those of held-out rows", () => {
    for (const figure of [privacy.dcr.median, privacy.dcr.fifthPercentile, privacy.nndr]) {
      expect(Math.abs(figure.value! / figure.ceiling! - 1)).toBeLessThan(0.12);
    }
    expect(privacy.dcr.curve?.train).toHaveLength(101);
    expect(privacy.dcr.curve?.reference?.[50]).toBeCloseTo(privacy.dcr.median.ceiling!, 10);
  });

  it("guesses a secret that hangs on nothing no better than at random: the secret itself is not among what is known", () => {
    const joined = privacy.inference.variants?.find((variant) => variant.name === "joined");
    // within 40 days of 4,000, skewed: about 3 % by chance
    expect(joined?.attack.value).toBeLessThan(0.06);
    expect(joined?.baseline?.value).toBeGreaterThan(0.01);
  });

  it("may be shared", () => {
    expect(releasePolicy({ privacy })).toMatchObject({ shareable: true, failures: [] });
  });

  it("is what the report's schema describes", () => {
    expect(reportSchema.shape.privacy.parse(privacy)).toEqual(privacy);
  });

  it("gives the same figures for the same seed, and other ones for another", async () => {
    expect(await audit(independent)).toEqual(privacy);
    expect(await audit(independent, 2)).not.toEqual(privacy);
  });
});

describe("an audit of a table of which half the rows are training rows", () => {
  let privacy: Report["privacy"];
  beforeAll(async () => {
    privacy = await audit(stack(takeRows(train, range(0, ROWS / 2)), takeRows(independent, range(0, ROWS / 2))));
  });

  it("sees it in every figure", () => {
    expect(privacy.dcrShare.low).toBeGreaterThan(0.6);
    expect(privacy.nearestDecileShare?.low).toBeGreaterThan(0.9);
    expect(privacy.dcr.fifthPercentile.high).toBe(0);
    expect(privacy.dcr.fifthPercentile.ceiling).toBeGreaterThan(0);
    expect(privacy.nndr.high).toBeLessThan(privacy.nndr.ceiling!);
    expect(privacy.identicalMatchShare.value).toBe(0.5);
    expect(privacy.identicalMatchShare.ceiling).toBe(0);
    expect(privacy.identicalMatchExcess?.low).toBeGreaterThan(0.4);
    expect(privacy.uniqueValueShare?.low).toBeGreaterThan(privacy.uniqueValueShare?.ceiling ?? 1);
    expect(privacy.uniqueValueExcess?.low).toBeGreaterThan(0.05);
    expect(privacy.membership.attack?.low).toBeGreaterThan(0.65);
    expect(privacy.membership.truePositives?.at1Percent.low).toBeGreaterThan(0.3);
    expect(privacy.singlingOut.risk.low).toBeGreaterThan(0.05);
    expect(privacy.linkability.risk.low).toBeGreaterThan(0.05);
    expect(privacy.inference.risk.low).toBeGreaterThan(0.2);
  });

  it("recognises members by both scores", () => {
    expect(privacy.membership.variants?.map((variant) => variant.name)).toEqual(["distance", "density ratio"]);
    for (const variant of privacy.membership.variants ?? []) expect(variant.attack.low).toBeGreaterThan(0.6);
  });

  it("must not be shared, for every reason that the policy knows", () => {
    expect(codesOf(privacy)).toEqual([
      "E_RELEASE_DCR_SHARE",
      "E_RELEASE_NEAREST_DECILE",
      "E_RELEASE_GROUP",
      // in the Euclidean space
      "E_RELEASE_DCR_SHARE",
      "E_RELEASE_NEAREST_DECILE",
      "E_RELEASE_IDENTICAL_MATCHES",
      "E_RELEASE_MEMBERSHIP",
      "E_RELEASE_MEMBERSHIP_CERTAIN",
      "E_RELEASE_SINGLING_OUT",
      "E_RELEASE_LINKABILITY",
      "E_RELEASE_INFERENCE",
      "E_RELEASE_UNIQUE_IN_BOTH",
      "E_RELEASE_ATTRIBUTION",
      "E_RELEASE_OUTLIERS",
    ]);
  });
});

describe("an audit of training rows whose numbers are moved by .3 % of their range", () => {
  let privacy: Report["privacy"];
  beforeAll(async () => {
    privacy = await audit(perturb(train, 0.003, makeRandom(4)));
  });

  it("finds no identical match and yet every sign of memorisation", () => {
    expect(privacy.identicalMatchShare.value).toBe(0);
    expect(privacy.dcrShare.low).toBeGreaterThan(0.9);
    expect(privacy.nearestDecileShare?.low).toBeGreaterThan(0.9);
    expect(privacy.dcr.median.high).toBeLessThan(privacy.dcr.median.ceiling! / 2);
    expect(privacy.nndr.high).toBeLessThan(privacy.nndr.ceiling! / 2);
    expect(privacy.membership.attack?.low).toBeGreaterThan(0.9);
    expect(privacy.membership.truePositives?.at1Percent.low).toBeGreaterThan(0.5);
    expect(privacy.linkability.risk.low).toBeGreaterThan(0.1);
    expect(privacy.inference.risk.low).toBeGreaterThan(0.3);
  });

  it("must not be shared", () => {
    expect(codesOf(privacy)).toContain("E_RELEASE_DCR_SHARE");
    expect(codesOf(privacy)).toContain("E_RELEASE_MEMBERSHIP");
  });
});

describe("an audit of a table with 5 % copies", () => {
  it("must not be shared though the share of the whole is near .5", async () => {
    const privacy = await audit(stack(takeRows(train, range(0, 75)), takeRows(independent, range(75, ROWS))));
    expect(privacy.dcrShare.low).toBeLessThan(0.52);
    expect(codesOf(privacy)).toContain("E_RELEASE_NEAREST_DECILE");
    expect(codesOf(privacy)).toContain("E_RELEASE_IDENTICAL_MATCHES");
  });
});

describe("an audit without held-out rows", () => {
  it("still measures distances, but compares nothing and may not be shared", async () => {
    for (const held of [null, takeRows(holdout, [])]) {
      const privacy = await audit(independent, 1, held);
      expect(privacy.dcr.median.value).toBeGreaterThan(0);
      expect(privacy.dcr.median.ceiling).toBeUndefined();
      expect(privacy.identicalMatchShare.value).toBe(0);
      const { dcrShare, membership, singlingOut, linkability, inference } = privacy;
      for (const figure of [dcrShare, membership.risk, singlingOut.risk, linkability.risk, inference.risk]) {
        expect(figure).toMatchObject({ status: "unavailable", reason: expect.stringContaining("held-out rows") });
        expect(figure.value).toBeUndefined();
      }
      expect(releasePolicy({ privacy })).toMatchObject({
        shareable: false,
        failures: [{ code: "E_RELEASE_NOT_COMPARED", message: expect.stringContaining("needs held-out rows") }],
      });
    }
  });
});

describe("an audit of odd tables", () => {
  const odd = (columns: string[], synthetic: Table) =>
    evaluatePrivacy({ train, synthetic, holdout, columns, random: makeRandom(1) });

  it("of one column has no linkability and no inference", async () => {
    const privacy = await odd(["age"], independent);
    expect(privacy.linkability.risk.reason).toMatch(/two columns/);
    expect(privacy.inference.risk.reason).toMatch(/two columns/);
    expect(privacy.dcrShare.value).toBeGreaterThan(0.4);
  });

  it("without columns or rows is unavailable with the reason", async () => {
    expect((await odd([], independent)).dcrShare.reason).toMatch(/no column/);
    expect((await odd(["age"], takeRows(independent, []))).dcrShare.reason).toMatch(/no rows/);
  });

  it("of 30 rows may not be shared: nothing could be told apart", async () => {
    const [few, held, other] = [train, holdout, independent].map((table) => takeRows(table, range(0, 30)));
    const tables = { train: few!, holdout: held!, synthetic: other! };
    const privacy = await evaluatePrivacy({ ...tables, columns: PEOPLE_COLUMNS, random: makeRandom(1) });
    expect(codesOf(privacy)).toContain("E_RELEASE_TOO_FEW_ROWS");
  });

  it("of single rows has figures or reasons, never NaN", async () => {
    const one = makeTable([numbers("x", [1]), numbers("y", [2])]);
    const columns = ["x", "y"];
    const privacy = await evaluatePrivacy({ train: one, synthetic: one, holdout: one, columns, random: makeRandom(1) });
    expect(JSON.stringify(privacy)).not.toMatch(/null/);
    expect(reportSchema.shape.privacy.parse(privacy)).toEqual(privacy);
    expect(privacy.membership.risk.status).toBe("unavailable");
  });

  it("stops once the signal is aborted and tells its progress", async () => {
    const stages: string[] = [];
    const tables = { train, synthetic: independent, holdout, columns: ["age"], random: makeRandom(1) };
    const aborted = evaluatePrivacy({ ...tables, signal: AbortSignal.abort() });
    await expect(aborted).rejects.toMatchObject({ code: "E_INTERRUPTED" });
    await evaluatePrivacy({
      ...tables,
      onProgress: (event) => stages.push(`${event.kind} ${"done" in event ? event.done : ""}`),
    });
    expect(stages).toEqual(["stage ", ...[0, 1, 2, 3, 4, 5].map((done) => `progress ${done}`)]);
  });
});
