import { describe, expect, it } from "vitest";
import type { Report } from "../../src/evaluate/report-schema.js";
import { detectionSection } from "../../src/report/sections/detection.js";
import { GLOSSARY } from "../../src/report/sections/glossary-terms.js";
import { methodSection, reproduceCommand } from "../../src/report/sections/method.js";
import { usefulnessSection } from "../../src/report/sections/usefulness.js";
import { HOSTILE_NAMES, makeReport } from "./fixture.js";

const NO_NUMBER = /undefined|NaN|Infinity|\[object/;
const without = (...keys: (keyof Report["fidelity"]["c2st"] | keyof Report["utility"])[]) => {
  const report = makeReport();
  for (const key of keys) {
    delete (report.fidelity.c2st as Record<string, unknown>)[key];
    delete (report.utility as Record<string, unknown>)[key];
  }
  return report;
};

describe("the detection section", () => {
  const report = makeReport();
  const { text } = detectionSection(report);

  it("shows boosting and logistic regression on one axis, each with interval and ceiling in its name", () => {
    const chart = /<svg class="chart interval-rows"[^>]*aria-label="(AUC of telling[^"]+)"/.exec(text)![1]!;
    expect(chart).toMatch(/Boosting, held-out 0\.519 \(0\.512–0\.526\), ceiling 0\.502; Boosting, training 0\.512/);
    expect(chart).toMatch(/Logistic, held-out 0\.506 .*; Logistic, training 0\.503/);
  });

  it("names the most telling column, draws twelve at most and lists all in a table", () => {
    const columns = report.fidelity.c2st.tellTales!.columns;
    expect(text).toContain(
      "<bdi>age</bdi> tells them apart beyond chance: shuffled, it costs the classifier 0.012 of its AUC.",
    );
    const table = text.slice(text.indexOf('aria-label="Columns that tell synthetic rows'));
    expect(table.slice(0, table.indexOf("</table>")).match(/<tr><th scope="row"/g)).toHaveLength(columns.length);
    expect(text.match(/<rect class="synthetic-bar" x="[^"]+" y="[^"]+" width="[^"]+" height="12"/g)).toHaveLength(12);
  });

  it("says patterns as sentences, with their figures in a table", () => {
    expect(text).toContain(
      "Among synthetic rows 4.10\u00A0% have <b><bdi>age</bdi></b> up to <bdi>24</bdi>, <b><bdi>workclass</bdi></b> “<bdi>Private</bdi>”",
    );
    expect(text).toContain("; among real rows 0.30\u00A0%.");
    expect(text).toContain("+3.80 points");
  });

  it("lets no value of a pattern become markup", () => {
    const hostile = makeReport();
    hostile.fidelity.c2st.tellTales!.patterns[0]!.conditions[0] = {
      column: "<b>x</b>",
      relation: "is",
      values: ["<img src=x>"],
    };
    const drawn = detectionSection(hostile).text;
    expect(drawn).toContain("&lt;img src=x&gt;");
    expect(drawn).not.toContain("<img");
    expect(detectionSection(makeReport({ names: HOSTILE_NAMES })).text).not.toMatch(/<img|<script|<svg onload/);
  });

  it("says so where nothing tells them apart", () => {
    const calm = makeReport();
    const tellTales = calm.fidelity.c2st.tellTales!;
    for (const column of tellTales.columns) column.importance = { value: 0, low: -0.001, high: 0.001 };
    tellTales.patterns = [];
    tellTales.cells = [];
    const drawn = detectionSection(calm).text;
    expect(drawn).toContain("No column alone gives them away");
    expect(drawn).toContain("No rule was found");
    expect(drawn).not.toMatch(NO_NUMBER);
  });

  it("needs none of the optional parts", () => {
    for (const one of [without("logistic", "tellTales"), makeReport({ holdout: false }), makeReport({ columns: 1 })]) {
      expect(detectionSection(one).text).not.toMatch(NO_NUMBER);
    }
    expect(detectionSection(makeReport({ holdout: false })).text).toContain("unavailable: no held-out rows were given");
  });
});

describe("the usefulness section", () => {
  const { text } = usefulnessSection(makeReport());

  it("has every model and measure by what it was trained on, and says which way is better", () => {
    const table = text.slice(text.indexOf('aria-label="Models and measures'));
    expect(table.slice(0, table.indexOf("</table>")).match(/<tr><th scope="row"/g)).toHaveLength(10);
    expect(text).toContain("AUC: higher is better");
    expect(text).toContain("Brier: lower is better");
    expect(text).toMatch(/aria-label="Gradient boosting, AUC: Synthetic 0\.918, As many real rows 0\.926, /);
  });

  it("draws calibration and importances with an accessible name and their data beside", () => {
    expect(text).toMatch(/<svg class="chart calibration"[^>]*aria-label="Predicted chance and true share[^"]+"/);
    expect(text).toMatch(/<svg class="chart paired-bars"[^>]*aria-label="What the prediction loses[^"]+"/);
    for (const caption of ["Calibration", "Importance of columns"]) expect(text).toContain(`aria-label="${caption}"`);
  });

  it("has each column as the target, least kept first, what is unavailable with its reason last", () => {
    const table = text.slice(text.indexOf('aria-label="Each column as the target"'));
    const names = [...table.matchAll(/<th scope="row" data-by="([^"]*)"/g)].map((match) => match[1]);
    expect(names[0]).toBe("income");
    expect(names.at(-1)).toBe("education");
    expect(table).toContain("unavailable: one of its classes has no held-out row");
  });

  it("says whether the target was chosen", () => {
    expect(text).toContain("chosen by the audit; <code>--target</code> asks for another");
    const asked = makeReport();
    asked.utility.targetChosen = false;
    expect(usefulnessSection(asked).text).not.toContain("chosen by the audit");
  });

  it("needs none of the optional parts", () => {
    const bare = without("models", "calibration", "importance", "everyColumn", "targetChosen");
    for (const one of [bare, makeReport({ holdout: false }), makeReport({ columns: 1 }), makeReport({ columns: 0 })]) {
      expect(usefulnessSection(one).text).not.toMatch(NO_NUMBER);
    }
  });
});

describe("the method section", () => {
  const words = (ceilings: NonNullable<Report["tables"]["ceilings"]>) => {
    const report = makeReport({ holdout: ceilings === "holdout" });
    return methodSection({ ...report, tables: { ...report.tables, ceilings } }).text;
  };

  it("says where ceilings come from", () => {
    expect(words("holdout")).toContain("16,281 held-out real rows");
    expect(words("split")).toContain("one random half of the training table");
    expect(words("none")).toContain("There are no ceilings");
  });

  it("says the seed and gives the command that repeats the audit", () => {
    expect(words("holdout")).toContain("seed 1");
    expect(reproduceCommand(makeReport())).toContain("--target income --every-target --seed 1");
  });
});

describe("the glossary", () => {
  it("explains every figure's measure once, with sources that are links", () => {
    const terms = GLOSSARY.flatMap((group) => group.terms);
    const names = terms.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    for (const word of [
      "KSComplement",
      "Wasserstein",
      "Jensen-Shannon",
      "Brier",
      "ECE",
      "Spearman",
      "Alpha-precision",
    ]) {
      expect(
        names.some((name) => name.includes(word)),
        word,
      ).toBe(true);
    }
    for (const { source } of terms) if (source !== undefined) expect(source.url).toMatch(/^https:\/\//);
  });
});
