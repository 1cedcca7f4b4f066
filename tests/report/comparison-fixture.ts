import { compareReports } from "../../src/evaluate/compare-reports.js";
import type { Comparison } from "../../src/evaluate/contract/comparison-schema.js";
import { makeReport } from "./fixture.js";

/** Three tables, the second clearly better overall; the first column differs most; the last table is shorter. */
export function makeComparison(): Comparison {
  const names = ["ctgan", "javascript:alert(1)", "a b"];
  return compareReports(
    names.map((name, at) => {
      const report = makeReport();
      const overall = at === 1 ? 0.97 : 0.91;
      report.fidelity.overall = { value: overall, low: overall - 0.01, high: overall + 0.01, status: "ok" };
      report.fidelity.columns[0]!.score = {
        value: 0.5 + at / 10,
        low: 0.48 + at / 10,
        high: 0.52 + at / 10,
        status: "ok",
      };
      if (at === 2) report.tables.synthetic.rows = 500;
      return { name, folder: name, reports: [report] };
    }),
  );
}
