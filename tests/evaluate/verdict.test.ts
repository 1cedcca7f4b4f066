import { describe, expect, it } from "vitest";
import type { Figure, Report, TellTales } from "../../src/evaluate/report-schema.js";
import { makeVerdict } from "../../src/evaluate/verdict.js";

type Body = Omit<Report, "verdict">;

const missing: Figure = { status: "unavailable", reason: "there are no held-out rows" };
const attack = { risk: missing };

/** What a test plants in a good report. */
interface Parts {
  readonly shapes?: Figure;
  readonly trends?: Figure;
  readonly c2st?: Partial<Report["fidelity"]["c2st"]>;
  readonly utility?: Partial<Report["utility"]>;
  readonly dcrShare?: Figure;
  readonly failures?: Report["release"]["failures"];
  readonly missingSynthetic?: number;
  readonly tables?: Partial<Report["tables"]>;
}

/** A report of a good table with the planted parts. */
function report(parts: Parts): Body {
  const score = (value: number): Figure => ({ value, ceiling: 0.994 });
  const distribution = { kind: "categories" as const, labels: [], real: [], synthetic: [] };
  const column = (name: string, value: number, synthetic: number) => ({
    name,
    type: "category",
    metric: "TVComplement" as const,
    score: score(value),
    missing: { real: 0.1, synthetic },
    distribution,
  });
  const pair = (columns: [string, string], value: number) => ({
    columns,
    metric: "ContingencySimilarity" as const,
    score: score(value),
    association: { real: 0.3, synthetic: 0.3 },
  });
  return {
    version: 2,
    tables: { train: { rows: 2000 }, synthetic: { rows: 2000 }, columns: 2, omitted: [], ...parts.tables },
    fidelity: {
      columnShapes: parts.shapes ?? { value: 0.995, ceiling: 0.994 },
      pairTrends: parts.trends ?? { value: 0.989, ceiling: 0.9843 },
      overall: score(0.99),
      c2st: { train: { value: 0.51, ceiling: 0.502 }, holdout: { value: 0.52, ceiling: 0.502 }, ...parts.c2st },
      accuracy: { univariate: score(0.99), bivariate: score(0.98), trivariate: score(0.97) },
      diagnostic: { boundaryAdherence: score(1), categoryAdherence: score(1), structure: score(1) },
      columns: [column("age", 0.98, 0.1), column("job", 0.91, parts.missingSynthetic ?? 0.11)],
      pairs: [pair(["age", "job"], 0.9), pair(["job", "age"], 0.95)],
    },
    utility: {
      target: "income",
      metric: "AUC",
      synthetic: { value: 0.921 },
      real: { value: 0.927 },
      baseline: { value: 0.5 },
      ...parts.utility,
    },
    privacy: {
      dcr: { median: score(0.1), fifthPercentile: score(0.01) },
      dcrShare: parts.dcrShare ?? { value: 0.507, low: 0.495, high: 0.519 },
      nndr: score(0.8),
      identicalMatchShare: score(0),
      membership: attack,
      singlingOut: attack,
      linkability: attack,
      inference: attack,
    },
    release: { shareable: (parts.failures ?? []).length === 0, failures: parts.failures ?? [] },
    method: {},
  };
}

describe("makeVerdict", () => {
  it("says of a good table what matches how well, each beside what held-out rows reach", () => {
    expect(makeVerdict(report({}))).toEqual({
      level: "good",
      sentences: [
        "Single columns match the real ones within 0.50 %; held-out real rows match within 0.60 %.",
        "Relations between pairs of columns match the real ones within 1.10 %; held-out real rows match within 1.57 %.",
        "Shown a synthetic row and a real row it has not been made from, a program trained for it picks the synthetic one in 52.0 % of cases; guessing is 50 %; for two real tables it is 50.2 %.",
        'A model trained on the synthetic rows predicts "income" in real rows nearly as well as one trained on real rows (AUC 0.921 instead of 0.927, knowing nothing gives 0.5).',
        "No sign of copied records: 50.7 % of the synthetic rows are nearer to a training row than to a held-out one, where copying nothing gives 50 %.",
      ],
    });
  });

  it("compares with the ceiling what has as many rows", () => {
    const shapes = { value: 0.9, ceiling: 0.9, matched: 0.86 };
    const { level, sentences } = makeVerdict(report({ shapes }));
    expect(level).toBe("caution");
    expect(sentences[0]).toBe(
      'Single columns match the real ones within 10.0 %; held-out real rows match within 10.0 %, as many synthetic rows within 14.0 %; furthest off is "job".',
    );
  });

  it.each([
    ["bad", { shapes: { value: 0.88, ceiling: 0.994 } }, /furthest off is "job"/],
    ["caution", { trends: { value: 0.95, ceiling: 0.984 } }, /furthest off is "age" with "job"/],
    ["bad", { trends: { value: 0.85, ceiling: 0.984 } }, /within 15\.0 %/],
    ["bad", { c2st: { holdout: { value: 0.995 } } }, /in 99\.5 % of cases/],
    ["caution", { c2st: { holdout: { value: 0.7 } } }, /in 70\.0 % of cases/],
    ["caution", { c2st: { train: { value: 0.2 } } }, /worse than guessing.*copies/],
    ["bad", { utility: { synthetic: { value: 0.6 } } }, /much less well than/],
    ["caution", { utility: { synthetic: { value: 0.85 } } }, /less well than/],
    ["caution", { missingSynthetic: 0.15 }, /"job" lacks 15\.0 % of its values, in the training table 10\.0 %/],
    ["bad", { missingSynthetic: 0 }, /"job" lacks 0\.00 %/],
    ["bad", { failures: [{ code: "E_RELEASE_DCR_SHARE", message: "Copies." }] }, /Do not share this table\. Copies\.$/],
    ["caution", { dcrShare: missing }, /not known: there are no held-out rows/],
    ["caution", { dcrShare: { value: 0.1, high: 0.11 } }, /made from the held-out rows/],
  ] satisfies [string, Parts, RegExp][])("is %s for a planted defect (%#)", (level, parts, sentence) => {
    const verdict = makeVerdict(report(parts));
    expect(verdict.level).toBe(level);
    expect(verdict.sentences.join("\n")).toMatch(new RegExp(sentence, "m"));
  });

  it("takes the distances from 1 and the training table where there are no held-out rows", () => {
    const none = { synthetic: missing, real: missing, baseline: missing };
    const { level, sentences } = makeVerdict(
      report({
        shapes: { value: 0.99 },
        trends: { value: 0.985 },
        c2st: { holdout: missing },
        utility: none,
        dcrShare: missing,
      }),
    );
    expect(level).toBe("caution");
    expect(sentences).toHaveLength(4);
    expect(sentences[0]).toBe("Single columns match the real ones within 1.00 %.");
    expect(sentences[2]).toMatch(/^Shown a synthetic row and a training row/);
  });

  it("says where ceilings were estimated, and what came closer than chance brings other rows", () => {
    const shapes = { value: 0.999, ceiling: 0.99, aboveCeiling: "beyond noise" } as const;
    const { sentences } = makeVerdict(report({ shapes, tables: { ceilings: "split" } }));
    expect(sentences[0]).toBe(
      "Single columns match the real ones within 0.10 %; one half of the real rows matches the other within 1.00 %; closer than chance brings other real rows.",
    );
    expect(sentences[2]).toContain("for two halves of the real table it is 50.2 %");
  });

  it("takes a model that does better than real rows for a sign of copies where the rows tested on are training rows", () => {
    const utility = { synthetic: { value: 0.95, low: 0.94 }, real: { value: 0.9, high: 0.91 } };
    const split = makeVerdict(report({ utility, tables: { ceilings: "split" } }));
    expect(split.level).toBe("caution");
    expect(split.sentences[3]).toContain("as copies of the rows tested on would make it");
    expect(makeVerdict(report({ utility, tables: { ceilings: "holdout" } })).level).toBe("good");
  });

  it("names the columns that could not be compared, but not those that are only one side's", () => {
    const difference = (name: string, problem: "other kind" | "only in synthetic") => ({ name, problem, message: "" });
    const lost = ["a", "b", "c", "d"].map((name) => difference(name, "other kind"));
    const differences = [...lost, difference("e", "only in synthetic")];
    const { level, sentences } = makeVerdict(report({ tables: { differences } }));
    expect(level).toBe("caution");
    expect(sentences[0]).toBe(
      '4 columns could not be compared, since a table lacks them or has values of another kind: "a", "b", "c" and 1 more.',
    );
    expect(makeVerdict(report({ tables: { differences: differences.slice(4) } })).level).toBe("good");
  });

  it("names the most telling column where rows are told apart, not where they are not", () => {
    const byChance = { value: 0.1, low: -0.1 };
    const columns = [
      { name: "job", importance: byChance, alone: byChance },
      { name: "pay", importance: byChance, alone: { value: 0.6, low: 0.55 } },
    ];
    const tellTales: TellTales = { against: "holdout", columns, cells: [], patterns: [] };
    const sentenceOf = (value: number) => makeVerdict(report({ c2st: { holdout: { value }, tellTales } })).sentences[2];
    expect(sentenceOf(0.8)).toContain('the column "pay" tells most');
    expect(sentenceOf(0.52)).not.toContain("pay");
  });

  it("does not take too few rows for copies", () => {
    const train = { value: 0.4, low: 0.25, high: 0.55 };
    expect(makeVerdict(report({ c2st: { train } })).level).toBe("good");
    expect(makeVerdict(report({ c2st: { train: { ...train, high: 0.45 } } })).level).toBe("caution");
  });

  it("takes a difference in missing values for noise where the tables are small", () => {
    const small = report({ missingSynthetic: 0.15 });
    const tables = { ...small.tables, train: { rows: 100 }, synthetic: { rows: 100 } };
    expect(makeVerdict({ ...small, tables }).level).toBe("good");
  });

  it("does not blame the synthetic rows for a target that nothing predicts", () => {
    const utility = { synthetic: { value: 0.49 }, real: { value: 0.51, high: 0.53 } };
    const verdict = makeVerdict(report({ utility }));
    expect(verdict.level).toBe("good");
    expect(verdict.sentences.join()).toMatch(/can hardly be predicted/);
  });
});
