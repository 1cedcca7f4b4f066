import { describe, expect, it } from "vitest";
import { RELEASE_POLICY, releasePolicy } from "../../../src/evaluate/privacy/release-policy.js";
import type { Figure, Report } from "../../../src/evaluate/report-schema.js";

const figure = (value: number, low: number): Figure => ({ value, low, high: low + 0.2, status: "ok" });

const harmless: Report["privacy"] = {
  dcr: { median: figure(0.02, 0.01), fifthPercentile: figure(0.01, 0.01) },
  dcrShare: figure(0.53, 0.52),
  nearestDecileShare: figure(0.58, 0.55),
  nndr: figure(0.8, 0.7),
  identicalMatchShare: figure(0.2, 0.1),
  identicalMatchExcess: figure(0.001, 0),
  membership: {
    risk: figure(0.12, 0.1),
    attack: figure(0.56, 0.55),
    truePositives: { at1Percent: figure(0.04, 0.03), at01Percent: figure(0.004, 0.003) },
  },
  singlingOut: { risk: figure(0.3, 0.05) },
  linkability: { risk: figure(0.3, 0.05) },
  inference: { risk: figure(0.3, 0.05), worst: "income" },
};

describe("releasePolicy", () => {
  it("judges by an interval's lower end: at the limit is allowed, however high the value", () => {
    expect(releasePolicy(harmless)).toEqual({ shareable: true, failures: [] });
  });

  it.each([
    ["E_RELEASE_DCR_SHARE", { dcrShare: figure(0.55, 0.5201) }],
    ["E_RELEASE_NEAREST_DECILE", { nearestDecileShare: figure(0.6, 0.5501) }],
    ["E_RELEASE_IDENTICAL_MATCHES", { identicalMatchExcess: figure(0.01, 0.0001) }],
    ["E_RELEASE_MEMBERSHIP", { membership: { ...harmless.membership, attack: figure(0.6, 0.5501) } }],
    [
      "E_RELEASE_MEMBERSHIP_CERTAIN",
      {
        membership: {
          ...harmless.membership,
          truePositives: { at1Percent: figure(0.05, 0.0301), at01Percent: figure(0, 0) },
        },
      },
    ],
    ["E_RELEASE_SINGLING_OUT", { singlingOut: { risk: figure(0.1, 0.0501) } }],
    ["E_RELEASE_LINKABILITY", { linkability: { risk: figure(0.1, 0.0501) } }],
    ["E_RELEASE_INFERENCE", { inference: { risk: figure(0.1, 0.0501), worst: "income" } }],
  ])("fails with %s alone where only that figure is above its limit", (code, change) => {
    const release = releasePolicy({ ...harmless, ...change });
    expect(release.shareable).toBe(false);
    expect(release.failures.map((failure) => failure.code)).toEqual([code]);
    expect(release.failures[0]?.message).toMatch(/^[A-Z0-9].*\.$/);
  });

  it("names the column whose values can be guessed, and the figures", () => {
    const release = releasePolicy({ ...harmless, inference: { risk: figure(0.314, 0.123), worst: "income" } });
    expect(release.failures[0]?.message).toMatch(/"income".*31\.4 %.*12\.3 %.*5\.0 % is allowed/);
  });

  it("refuses what could not be compared, with the reason", () => {
    const unavailable: Figure = { status: "unavailable", reason: "needs held-out rows" };
    expect(releasePolicy({ ...harmless, dcrShare: unavailable })).toMatchObject({
      shareable: false,
      failures: [{ code: "E_RELEASE_NOT_COMPARED", message: expect.stringContaining("needs held-out rows") }],
    });
  });

  it("refuses an audit of too few rows to tell anything, such as a share of .5 within .3 and .7", () => {
    const vague: Figure = { value: 0.5, low: 0.3, high: 0.7, status: "ok" };
    expect(releasePolicy({ ...harmless, dcrShare: vague })).toMatchObject({
      shareable: false,
      failures: [{ code: "E_RELEASE_TOO_FEW_ROWS", message: expect.stringContaining("within 30.0 % and 70.0 %") }],
    });
  });

  it("takes another policy", () => {
    const strict = { ...RELEASE_POLICY, dcrShare: 0.51, attackRisk: 0.01 };
    expect(releasePolicy(harmless, strict).failures.map((failure) => failure.code)).toEqual([
      "E_RELEASE_DCR_SHARE",
      "E_RELEASE_SINGLING_OUT",
      "E_RELEASE_LINKABILITY",
      "E_RELEASE_INFERENCE",
    ]);
  });
});
