import { describe, expect, it } from "vitest";
import type { PolicyRule, ReleasePolicy } from "../../../src/evaluate/contract/policy-schema.js";
import { DEFAULT_POLICY } from "../../../src/evaluate/privacy/default-policy.js";
import { releasePolicy } from "../../../src/evaluate/privacy/release-policy.js";
import { validatePolicy } from "../../../src/evaluate/privacy/validate-policy.js";
import { type Figure, type Guarantee, type Report, reportSchema } from "../../../src/evaluate/report-schema.js";
import { makeReportGuarantee } from "../../report/fixture-guarantee.js";

type Privacy = Report["privacy"];

const figure = (value: number, low: number): Figure => ({ value, low, high: low + 0.2, status: "ok" });
const attack = (low: number, worst = "income") => ({ risk: figure(0.3, low), worst });

const group = (level: string, low: number) => ({
  kind: "category" as const,
  column: "city",
  level,
  trainRows: 100,
  syntheticRows: 90,
  dcrShare: figure(0.6, low),
});

const secret = (name: string, low: number) => ({
  name,
  lDiversity: { value: 2 },
  sameSecret: { value: 0.1 },
  attribution: { risk: figure(0.2, low) },
});

/** Every figure of the default policy is at its limit. */
const harmless: Privacy = {
  dcr: { median: figure(0.02, 0.01), fifthPercentile: figure(0.01, 0.01) },
  dcrShare: figure(0.53, 0.52),
  nearestDecileShare: figure(0.58, 0.55),
  euclidean: {
    dcr: { median: figure(0.02, 0.01), fifthPercentile: figure(0.01, 0.01) },
    dcrShare: figure(0.53, 0.52),
    nearestDecileShare: figure(0.58, 0.55),
    nndr: figure(0.8, 0.7),
  },
  groups: [group("Rome", 0.55), group("Oslo", 0.4)],
  nndr: figure(0.8, 0.7),
  identicalMatchShare: figure(0.2, 0.1),
  identicalMatchExcess: figure(0.001, 0),
  membership: {
    risk: figure(0.12, 0.1),
    attack: figure(0.56, 0.55),
    truePositives: { at1Percent: figure(0.04, 0.03), at01Percent: figure(0.006, 0.005) },
  },
  singlingOut: attack(0.05, "univariate"),
  linkability: attack(0.05, "split 1"),
  inference: attack(0.05),
  disclosure: {
    quasiIdentifiers: { columns: ["age", "city"], chosen: "given" },
    kAnonymity: { value: 1 },
    smallClasses: { value: 0.1 },
    kMap: { value: 1 },
    smallMap: { value: 0.1 },
    matches: { value: 0.1 },
    uniqueInBoth: attack(0.05),
    secrets: [secret("income", 0.05), secret("job", 0)],
  },
  outlierProximity: attack(0.05),
  holdoutOverlap: { rows: 5, excess: { value: 0.06, low: 0.05, high: 0.07 } },
};

const positives = (change: object): Privacy["membership"] => ({
  ...harmless.membership,
  truePositives: { ...harmless.membership.truePositives!, ...change },
});

/** Of every rule of the default policy a report in which that figure alone is above its limit. */
const beyond: Readonly<Record<string, Partial<Privacy>>> = {
  "privacy.dcrShare": { dcrShare: figure(0.55, 0.5201) },
  "privacy.nearestDecileShare": { nearestDecileShare: figure(0.6, 0.5501) },
  "privacy.groups[].dcrShare": { groups: [group("Rome", 0.5), group("Oslo", 0.5501)] },
  "privacy.euclidean.dcrShare": { euclidean: { ...harmless.euclidean!, dcrShare: figure(0.55, 0.5201) } },
  "privacy.euclidean.nearestDecileShare": {
    euclidean: { ...harmless.euclidean!, nearestDecileShare: figure(0.6, 0.5501) },
  },
  "privacy.identicalMatchExcess": { identicalMatchExcess: figure(0.01, 0.0001) },
  "privacy.membership.attack": { membership: { ...harmless.membership, attack: figure(0.6, 0.5501) } },
  "privacy.membership.truePositives.at1Percent": { membership: positives({ at1Percent: figure(0.05, 0.0301) }) },
  "privacy.membership.truePositives.at01Percent": { membership: positives({ at01Percent: figure(0.02, 0.0051) }) },
  "privacy.singlingOut.risk": { singlingOut: attack(0.0501) },
  "privacy.linkability.risk": { linkability: attack(0.0501) },
  "privacy.inference.risk": { inference: attack(0.0501) },
  "privacy.disclosure.uniqueInBoth.risk": { disclosure: { ...harmless.disclosure!, uniqueInBoth: attack(0.0501) } },
  "privacy.disclosure.secrets[].attribution.risk": {
    disclosure: { ...harmless.disclosure!, secrets: [secret("income", 0), secret("job", 0.0501)] },
  },
  "privacy.outlierProximity.risk": { outlierProximity: attack(0.0501) },
  "privacy.holdoutOverlap.excess": { holdoutOverlap: { rows: 6, excess: { value: 0.06, low: 0.0501, high: 0.07 } } },
};

const judge = (change: Partial<Privacy>, policy?: ReleasePolicy) =>
  releasePolicy({ privacy: { ...harmless, ...change } }, policy);

const rule = (change: Partial<PolicyRule>): ReleasePolicy => ({
  version: 1,
  name: "one rule",
  requires: {},
  rules: [{ figure: "privacy.dcrShare", end: "low", notComputed: "passes", why: "so", ...change }],
});

describe("releasePolicy with the default policy", () => {
  it("judges by an interval's lower end: at the limit is allowed, however high the value", () => {
    const release = judge({});
    expect(release).toMatchObject({ shareable: true, policy: "default", failures: [] });
    expect(release.rules?.map(({ outcome }) => outcome)).toEqual(DEFAULT_POLICY.rules.map(() => "holds"));
    expect(reportSchema.shape.release.parse(release)).toEqual(release);
  });

  it.each(DEFAULT_POLICY.rules.map((one) => [one.figure, one] as const))(
    "fails by %s alone where only that figure is above its limit",
    (path, { code, advice }) => {
      const release = judge(beyond[path]!);
      expect(release.shareable).toBe(false);
      expect(release.failures).toHaveLength(1);
      expect(release.failures[0]).toMatchObject({ code, figure: path, advice });
      expect(release.failures[0]?.message).toMatch(/^[A-Z0-9][^{}]*\.$/);
      expect(release.rules?.filter(({ outcome }) => outcome === "fails").map(({ figure: of }) => of)).toEqual([path]);
      expect(reportSchema.shape.release.parse(release)).toEqual(release);
    },
  );

  it("says why and what to try in every rule", () => {
    for (const { why, advice, code } of DEFAULT_POLICY.rules) {
      expect(why.length).toBeGreaterThan(20);
      expect(advice).toMatch(/\.$/);
      expect(code).toMatch(/^E_RELEASE_/);
    }
  });

  it("passes over figures that a compared audit could not compute, and says so", () => {
    const { disclosure, groups, euclidean, outlierProximity, holdoutOverlap, ...rest } = harmless;
    const release = releasePolicy({ privacy: rest });
    expect(release.shareable).toBe(true);
    const missing = release.rules?.filter(({ outcome }) => outcome === "not computed");
    expect(missing?.map(({ figure: of }) => of)).toEqual([
      "privacy.groups[].dcrShare",
      "privacy.euclidean.dcrShare",
      "privacy.euclidean.nearestDecileShare",
      "privacy.disclosure.uniqueInBoth.risk",
      "privacy.disclosure.secrets[].attribution.risk",
      "privacy.outlierProximity.risk",
      "privacy.holdoutOverlap.excess",
    ]);
    expect(missing?.[0]?.reason).toBe("the report has no such figure");
  });

  it("names the column whose values can be guessed, and the figures", () => {
    const variant = (name: string, low: number) => ({ name, risk: figure(0.3, low), attack: figure(0.5, 0.4) });
    const variants = [variant("age", 0.06), variant("job", 0.01), variant("income", 0.123), variant("city", 0.08)];
    const [failure] = judge({ inference: { risk: figure(0.314, 0.123), worst: "income", variants } }).failures;
    expect(failure?.message).toMatch(/"income".*31\.4 %.*12\.3 %.*5\.0 % is allowed/);
    expect(failure?.columns).toEqual(["income", "city", "age"]);
  });

  it("names what a linkability attack knows as its columns", () => {
    const variants = [{ name: "split 1", known: ["age", "job"], risk: figure(0.3, 0.1), attack: figure(0.5, 0.4) }];
    const [failure] = judge({ linkability: { risk: figure(0.3, 0.1), worst: "split 1", variants } }).failures;
    expect(failure?.columns).toEqual(["age", "job"]);
  });

  it("names the groups that lean to training beside a share of all rows, the worst first", () => {
    const groups = [group("Rome", 0.52), group("Oslo", 0.4), { ...group("", 0.54), kind: "outliers" as const }];
    const [failure] = judge({ dcrShare: figure(0.55, 0.53), groups }).failures;
    expect(failure?.groups).toEqual(["rows whose values are rare together", '"city" is "Rome"']);
  });

  it("refuses what could not be compared, with the reason", () => {
    const unavailable: Figure = { status: "unavailable", reason: "needs held-out rows" };
    expect(judge({ dcrShare: unavailable })).toMatchObject({
      shareable: false,
      failures: [{ code: "E_RELEASE_NOT_COMPARED", message: expect.stringContaining("needs held-out rows") }],
    });
  });

  it("refuses an audit of too few rows to tell anything, such as a share of .5 within .3 and .7", () => {
    const vague: Figure = { value: 0.5, low: 0.3, high: 0.7, status: "ok" };
    expect(judge({ dcrShare: vague })).toMatchObject({
      shareable: false,
      failures: [{ code: "E_RELEASE_TOO_FEW_ROWS", message: expect.stringContaining("within 30.0 % and 70.0 %") }],
    });
  });

  it("asks for 40 rows of each table", () => {
    const withRows = (holdout: number) =>
      releasePolicy({
        privacy: harmless,
        tables: { train: { rows: 100 }, synthetic: { rows: 100 }, holdout: { rows: holdout } },
      });
    expect(withRows(40).shareable).toBe(true);
    expect(withRows(39).failures).toMatchObject([
      { code: "E_RELEASE_TOO_FEW_ROWS", message: expect.stringContaining("39 held-out rows; the policy asks for 40") },
    ]);
  });
});

describe("releasePolicy with a written policy", () => {
  it("takes other limits", () => {
    const strict = {
      ...DEFAULT_POLICY,
      name: "strict",
      rules: DEFAULT_POLICY.rules.map((one) => ({ ...one, atMost: 0.01 })),
    };
    const release = judge({}, strict);
    expect(release.policy).toBe("strict");
    expect(release.failures).toHaveLength(DEFAULT_POLICY.rules.length - 2);
    expect(release.failures[0]?.message).toContain("1.0 % is allowed");
  });

  it.each([
    ["low", 0.52],
    ["value", 0.53],
    ["high", 0.72],
  ] as const)("holds the %s end against the limit", (end, at) => {
    expect(judge({}, rule({ end, atMost: at })).shareable).toBe(true);
    expect(judge({}, rule({ end, atMost: at - 0.001 })).shareable).toBe(false);
    expect(judge({}, rule({ end, atLeast: at })).shareable).toBe(true);
    expect(judge({}, rule({ end, atLeast: at + 0.001 })).shareable).toBe(false);
  });

  it("says what a rule without words wants", () => {
    expect(judge({}, rule({ atMost: 0.5 })).failures).toEqual([
      {
        code: "E_RELEASE_LIMIT",
        message: "The figure privacy.dcrShare is 53.0 % (52.0 % to 72.0 %); its low end must be at most 50.0 %.",
        figure: "privacy.dcrShare",
        groups: ['"city" is "Rome"'],
      },
    ]);
    const kAnonymity = rule({ figure: "privacy.disclosure.kAnonymity", end: "value", atLeast: 5, unit: "number" });
    expect(judge({}, kAnonymity).failures[0]?.message).toMatch(/kAnonymity is 1; it must be at least 5\./);
  });

  it("fails by what could not be computed where the policy asks for it, and by it alone", () => {
    const asked = rule({ figure: "privacy.membership.control", atMost: 1, notComputed: "fails" });
    const release = judge({}, asked);
    expect(release.failures).toMatchObject([{ code: "E_RELEASE_LIMIT", figure: "privacy.membership.control" }]);
    expect(release.rules).toMatchObject([{ outcome: "fails", reason: "the report has no such figure" }]);
  });

  it("asks for a guarantee where the policy does, and fails where one was asked for that does not hold", () => {
    const rule = {
      figure: "guarantee.epsilon",
      end: "value",
      atMost: 1,
      notComputed: "fails",
      unit: "number",
      why: "our board promised it",
    } as const;
    const asking: ReleasePolicy = validatePolicy({ version: 1, name: "ours", requires: {}, rules: [rule] });
    const codes = (guarantee?: Guarantee, policy = asking) =>
      releasePolicy({ privacy: harmless, ...(guarantee && { guarantee }) }, policy).failures.map(({ code }) => code);
    expect(codes(makeReportGuarantee())).toEqual([]);
    expect(codes(makeReportGuarantee({ epsilon: 1.1 }))).toEqual(["E_RELEASE_LIMIT"]);
    expect(codes()).toEqual(["E_RELEASE_LIMIT"]);
    const seeded = makeReportGuarantee({ noise: "seeded" });
    expect(codes(seeded)).toEqual(["E_RELEASE_NOT_PRIVATE", "E_RELEASE_LIMIT"]);
    expect(codes(seeded, { ...asking, rules: [] })).toEqual(["E_RELEASE_NOT_PRIVATE"]);
  });

  it("judges a list by its worst element, and one element by its name", () => {
    const list = judge({}, rule({ figure: "privacy.disclosure.secrets[].attribution.risk", atMost: 0.01 }));
    expect(list.rules).toMatchObject([{ outcome: "fails", low: 0.05, place: '"income"' }]);
    expect(list.failures).toMatchObject([{ columns: ["income"] }]);
    expect(judge({}, rule({ figure: "privacy.disclosure.secrets:job.attribution.risk", atMost: 0.01 })).shareable).toBe(
      true,
    );
  });

  it("holds where nothing is asked", () => {
    expect(releasePolicy({ privacy: harmless }, { version: 1, name: "none", requires: {}, rules: [] })).toEqual({
      shareable: true,
      policy: "none",
      failures: [],
      rules: [],
    });
  });
});
