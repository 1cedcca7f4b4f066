import { compareReports } from "../../src/evaluate/compare-reports.js";
import type { Comparison } from "../../src/evaluate/contract/comparison-schema.js";
import type { TrainedRun } from "../../src/evaluate/contract/trained-presets-schema.js";
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

/** Three presets of two seeds each, the last of which failed; what the diagnostics found in the second; curves of both. */
export function makePresetComparison(): Comparison {
  const reports = [0, 1].map(() => makeReport());
  const names = ["balanced", "wgan", "vanilla"];
  return compareReports(
    names.slice(0, 2).map((name) => ({ name, folder: `${name}/seed-1`, reports })),
    {
      budget: { steps: 100 },
      seeds: [1, 2],
      planned: 6,
      presets: names.map((name, at) => ({
        name,
        table: at < 2 ? at : null,
        runs: [1, 2].map((seed) => (at < 2 ? finishedRun(name, seed) : failedRun(seed))),
      })),
    },
  );
}

function finishedRun(name: string, seed: number): TrainedRun {
  return {
    seed,
    outcome: "finished",
    folder: `${name}/seed-${seed}`,
    steps: 100,
    seconds: 12.5 * seed,
    cpuSeconds: 10 * seed,
    curve: [0, 50, 100].map((step) => ({ step, seconds: step / 10, pairError: 0.5 / (1 + step), pairFloor: 0.02 })),
    findings:
      name === "wgan"
        ? [
            {
              failure: "mode-collapse",
              phase: "gan",
              step: 50,
              message: "Levels were lost.",
              answer: "Back to step 0.",
            },
          ]
        : [],
    notes: [],
  };
}

function failedRun(seed: number): TrainedRun {
  const reason = "E_TRAIN_DIVERGED: a loss was not a number at step 7";
  return { seed, outcome: "failed", reason, curve: [], findings: [], notes: [] };
}
