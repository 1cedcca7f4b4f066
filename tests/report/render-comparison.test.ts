import { describe, expect, it } from "vitest";
import { compareReports } from "../../src/evaluate/compare-reports.js";
import type { Figure } from "../../src/evaluate/report-schema.js";
import { renderComparison } from "../../src/report/render-comparison.js";
import { renderComparisonMarkdown } from "../../src/report/render-comparison-markdown.js";
import { serializeComparison } from "../../src/report/report-json.js";
import { makeComparison, makePresetComparison } from "./comparison-fixture.js";
import { HOSTILE_NAMES, makeReport } from "./fixture.js";

describe("renderComparison", () => {
  const comparison = makeComparison();
  const page = renderComparison(comparison);

  it("links to each table's report within its own folder, whatever it is called", () => {
    expect([...page.matchAll(/<a href="(\.[^"]*)"/g)].map((match) => match[1])).toEqual([
      "./ctgan/report.html",
      "./javascript%3Aalert(1)/report.html",
      "./a%20b/report.html",
    ]);
  });

  it("marks what is clearly better, in words too", () => {
    const count = comparison.figures.reduce((sum, { best }) => sum + best.length, 0);
    expect(count).toBeGreaterThan(0);
    const figures = page.slice(page.indexOf('<section id="figures"'), page.indexOf('<section id="columns"'));
    expect(figures.match(/clearly better<\/span>/g)).toHaveLength(count);
  });

  it("has a drawing with an accessible name for each row, and says every value beside it", () => {
    const known = (list: readonly { readonly values: readonly Figure[] }[]) =>
      list.filter(({ values }) => values.some(({ value }) => value !== undefined)).length;
    const rows = known(comparison.columns) + known(comparison.figures) + Math.min(60, known(comparison.pairs));
    expect(page.match(/<svg class="chart dot-strip"[^>]* role="img" aria-label="[^"]+: ctgan [^"]+"/g)).toHaveLength(
      rows,
    );
  });

  it("puts the columns in which the tables differ most first", () => {
    const columns = page.slice(page.indexOf('<section id="columns"'), page.indexOf('<section id="pairs"'));
    expect(columns.indexOf("<bdi>age</bdi>")).toBeLessThan(columns.indexOf("<bdi>workclass</bdi>"));
  });

  it("loads nothing and shows no number that is none", () => {
    const text = page.replaceAll("http://www.w3.org/2000/svg", "").replace(/<script>[\s\S]*<\/script>/, "");
    expect(text).not.toMatch(/https?:\/\/|url\(|@import| style="/);
    expect(text).not.toMatch(/undefined|NaN|Infinity/);
  });

  it("says that tables of different sizes are not alike", () => {
    expect(page).toContain("different numbers of rows");
    const alike = compareReports([0, 1].map((at) => ({ name: `${at}`, reports: [makeReport()] })));
    expect(renderComparison(alike)).not.toContain("different numbers of rows");
  });

  it("lets no hostile name become markup", () => {
    const hostile = compareReports(
      HOSTILE_NAMES.map((name) => ({
        name,
        folder: name,
        reports: [makeReport({ names: HOSTILE_NAMES, columns: 4 })],
      })),
    );
    const drawn = renderComparison(hostile);
    expect(drawn.match(/<script/g)).toHaveLength(1);
    expect(drawn).not.toMatch(/<img|<svg onload/);
    const text = renderComparisonMarkdown(hostile).replace(/(`+)(?!`)[^\n]*?[^`]\1(?!`)/g, "");
    expect(text).not.toMatch(/(?<!\\)<[a-z]/);
  });

  it("shows what is unavailable without a 0", () => {
    const without = compareReports([0, 1].map((at) => ({ name: `${at}`, reports: [makeReport({ holdout: false })] })));
    expect(renderComparison(without)).toContain("unavailable: no held-out rows were given");
    expect(serializeComparison(without)).toContain('"reason": "no held-out rows were given"');
  });
});

describe("the comparison of presets", () => {
  const page = renderComparison(makePresetComparison());
  const rows = [...page.slice(page.indexOf('id="presets"')).matchAll(/<tr><th scope="row">[\s\S]*?<\/tr>/g)].map(
    ([row]) => row,
  );

  it("has a row for real rows and one for each preset, the one that failed with its reason and no figure", () => {
    expect(page).toContain("<h1>3 presets compared</h1>");
    expect(rows[0]).toContain("Held-out real rows");
    expect(rows[3]).toContain("vanilla");
    expect(rows[3]).toContain("seed 2 failed: E_TRAIN_DIVERGED: a loss was not a number at step 7");
    expect(rows[3]!.match(/<td class="figures">—<\/td>/g)).toHaveLength(8);
  });

  it("links to the report of every run and says what each took", () => {
    expect([...rows[2]!.matchAll(/<a href="([^"]+)"/g)].map((match) => match[1])).toEqual([
      "./wgan/seed-1/report.html",
      "./wgan/seed-2/report.html",
    ]);
    expect(rows[2]).toMatch(/100<\/td><td class="figures">18\.8<small>CPU 15\.0<\/small>/);
  });

  it("draws the curves of all presets on the same axes, by step and by time, beside what real rows have", () => {
    const charts = [...page.matchAll(/<svg class="chart line-chart"[\s\S]*?<\/svg>/g)].map(([chart]) => chart);
    expect(charts).toHaveLength(4);
    const axis = (chart: string) => [...chart.matchAll(/<text [^>]*>([^<]*)<\/text>/g)].map((match) => match[1]);
    expect(axis(charts[0]!)).toEqual(axis(charts[2]!));
    expect(axis(charts[1]!)).toEqual(axis(charts[3]!));
    expect(charts[0]).toContain("line reference");
    expect(page).toContain("Nothing was measured.");
  });

  it("tells what the diagnostics found, where, and what was done", () => {
    expect(page).toMatch(
      /<b><bdi>wgan<\/bdi><\/b>, seed 1, gan, step 50: Levels were lost\. <span[^>]*>Back to step 0\./,
    );
    expect(page).not.toContain("found nothing wrong");
  });
});

describe("renderComparisonMarkdown", () => {
  it("has a column for each table and bold type for what is clearly better", () => {
    const text = renderComparisonMarkdown(makeComparison());
    expect(text).toContain("|  | `ctgan` | `javascript:alert(1)` | `a b` |");
    expect(text).toMatch(/^\| Overall \([^|]+\) \| [\d.]+\u00A0% \([^|]+\) \| \*\*/m);
    expect(text).toMatch(/^\| May be shared \| /m);
    expect(text.match(/^### /gm)).toHaveLength(2);
  });
});
