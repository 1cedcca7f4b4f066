import { describe, expect, it } from "vitest";
import { compareReports } from "../../src/evaluate/compare-reports.js";
import { comparisonSchema } from "../../src/evaluate/contract/comparison-schema.js";
import type { Figure, Report } from "../../src/evaluate/report-schema.js";
import { makeReport } from "../report/fixture.js";

const figure = (value: number, half: number): Figure => ({
  value,
  low: value - half,
  high: value + half,
  status: "ok",
});

function compare(change: (report: Report, at: number) => void, count = 3) {
  const tables = Array.from({ length: count }, (_, at) => {
    const report = makeReport();
    change(report, at);
    return { name: `table-${at}`, reports: [report] };
  });
  return compareReports(tables);
}

function bestAt(path: string, figures: readonly Figure[], place: (report: Report, figure: Figure) => void) {
  const comparison = compare((report, at) => place(report, figures[at]!), figures.length);
  return comparison.figures.find((one) => one.path === path)?.best;
}

const overall = (...figures: Figure[]) =>
  bestAt("fidelity.overall", figures, (report, one) => {
    report.fidelity.overall = one;
  });
const detection = (...figures: Figure[]) =>
  bestAt("fidelity.c2st.holdout", figures, (report, one) => {
    report.fidelity.c2st.holdout = one;
  });

describe("compareReports", () => {
  it("marks what is better only where intervals do not overlap", () => {
    expect(overall(figure(0.95, 0.01), figure(0.9, 0.01))).toEqual([0]);
    expect(overall(figure(0.95, 0.03), figure(0.9, 0.03))).toEqual([]);
    expect(overall(figure(0.9, 0.01), figure(0.9, 0.01))).toEqual([]);
  });

  it("marks several that are better than another and not worse than any", () => {
    expect(overall(figure(0.95, 0.01), figure(0.955, 0.01), figure(0.9, 0.01))).toEqual([0, 1]);
    // the middle one is better than none: its interval meets both
    expect(overall(figure(0.95, 0.01), figure(0.92, 0.025), figure(0.9, 0.01))).toEqual([0]);
  });

  it("marks nothing without intervals, and never what is unavailable", () => {
    expect(overall({ value: 0.99 }, { value: 0.5 })).toEqual([]);
    expect(overall({ status: "unavailable", reason: "x" }, figure(0.5, 0.01))).toEqual([]);
  });

  it("counts an AUC as better the nearer it is to .5, from either side", () => {
    expect(detection(figure(0.51, 0.005), figure(0.6, 0.005))).toEqual([0]);
    expect(detection(figure(0.4, 0.005), figure(0.52, 0.005))).toEqual([1]);
    expect(detection(figure(0.48, 0.005), figure(0.52, 0.005))).toEqual([]);
  });

  it("counts a lower risk as better", () => {
    const best = bestAt("privacy.inference.risk", [figure(0.2, 0.01), figure(0.02, 0.01)], (report, risk) => {
      report.privacy.inference = { ...report.privacy.inference, risk };
    });
    expect(best).toEqual([1]);
  });

  it("names the nearest table of each column and pair, and what a table lacks", () => {
    const comparison = compare((report, at) => {
      report.fidelity.columns[0]!.score = figure(0.9 + at / 100, 0.001);
      report.fidelity.pairs[0]!.score = figure(0.9 - at / 100, 0.001);
      if (at === 2) report.fidelity.columns.splice(1, 1);
    });
    expect(comparison.columns[0]).toMatchObject({ name: "age", nearest: 2, best: [2] });
    expect(comparison.pairs[0]).toMatchObject({ nearest: 0, best: [0] });
    expect(comparison.columns[1]!.values[2]).toEqual({
      status: "unavailable",
      reason: "the table does not have this column",
    });
  });

  it("names none as nearest where tables are equal", () => {
    const { columns, pairs } = compare(() => {}, 2);
    for (const { nearest } of [...columns, ...pairs]) expect(nearest).toBeNull();
  });

  it("leaves out figures that no report has, and fits its schema", () => {
    const comparison = compare((report) => {
      delete report.fidelity.coverage;
    });
    expect(comparison.figures.filter(({ path }) => path.includes("coverage"))).toEqual([]);
    expect(comparisonSchema.parse(comparison)).toEqual(comparison);
  });
});
