import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { figurePaths } from "../../../src/evaluate/contract/figure-paths.js";
import { DEFAULT_POLICY } from "../../../src/evaluate/privacy/default-policy.js";
import { validatePolicy } from "../../../src/evaluate/privacy/validate-policy.js";

const rule = { figure: "privacy.dcrShare", end: "low", atMost: 0.5, notComputed: "passes", why: "so" };
const policy = (change: object, more: object = {}) => ({
  version: 1,
  name: "mine",
  requires: {},
  rules: [rule, { ...rule, ...change }],
  ...more,
});

describe("validatePolicy", () => {
  it("takes the default policy, and examples/policy.json is the default policy", () => {
    expect(validatePolicy(DEFAULT_POLICY)).toEqual(DEFAULT_POLICY);
    const example = JSON.parse(readFileSync(new URL("../../../examples/policy.json", import.meta.url), "utf8"));
    expect(validatePolicy(example)).toEqual({ $schema: "../schemas/policy.schema.json", ...DEFAULT_POLICY });
  });

  it.each([
    ["an unknown figure", policy({ figure: "privacy.dcrshares" }), "E_POLICY_FIGURE", "policy.rules[1].figure"],
    ["a rule without a limit", policy({ atMost: undefined }), "E_POLICY_INVALID", "policy.rules[1]"],
    ["a limit that is no number", policy({ atMost: "0.5" }), "E_POLICY_INVALID", "policy.rules[1].atMost"],
    ["an unknown key of a rule", policy({ atmost: 0.5 }), "E_POLICY_INVALID", "policy.rules[1]"],
    ["an unknown end", policy({ end: "middle" }), "E_POLICY_INVALID", "policy.rules[1].end"],
    ["a foreign code", policy({ code: "E_OTHER" }), "E_POLICY_INVALID", "policy.rules[1].code"],
    [
      "a share beyond 1",
      policy({}, { requires: { widestInterval: 2 } }),
      "E_POLICY_INVALID",
      "policy.requires.widestInterval",
    ],
    ["a later version", policy({}, { version: 2 }), "E_POLICY_VERSION", "policy.version"],
    ["no object", "default", "E_POLICY_INVALID", "policy"],
  ])("refuses %s with its place", (_, json, code, where) => {
    expect(() => validatePolicy(json)).toThrowError(expect.objectContaining({ code, where, kind: "usage" }));
  });

  it("names the nearest figure and the nearest key", () => {
    const near = (json: unknown, hint: string) =>
      expect(() => validatePolicy(json)).toThrowError(expect.objectContaining({ hint }));
    near(policy({ figure: "privacy.dcrshares" }), 'did you mean "privacy.dcrShare"?');
    near(policy({ atmost: 0.5 }), 'did you mean "atMost"?');
    near(policy({}, { requires: { row: 5 } }), 'did you mean "rows"?');
  });

  it("takes lists as a whole and by the name of an element", () => {
    for (const figure of ["privacy.groups[].dcrShare", "fidelity.columns:a.b c.score", "fidelity.pairs:a,b.score"]) {
      expect(validatePolicy(policy({ figure })).rules[1]?.figure).toBe(figure);
    }
    expect(() => validatePolicy(policy({ figure: "privacy.groups.dcrShare" }))).toThrowError(/no figure/);
  });

  it("knows every figure of the privacy audit's rules, and no figure of the release itself", () => {
    const paths = figurePaths();
    expect(new Set(paths).size).toBe(paths.length);
    for (const { figure } of DEFAULT_POLICY.rules) expect(paths).toContain(figure);
    expect(paths).toContain("fidelity.columns[].score");
    expect(paths.filter((path) => path.startsWith("release") || path === "version")).toEqual([]);
  });
});
