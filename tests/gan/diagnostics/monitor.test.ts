import { describe, expect, it } from "vitest";
import type { TrainingFinding, TrainingMeasures } from "../../../src/gan/diagnostics/training-measures.js";
import { makeTrainingMonitor } from "../../../src/gan/diagnostics/training-monitor.js";

/** A monitor and what it told. */
function watch(auto = true) {
  const findings: TrainingFinding[] = [];
  const notes: string[] = [];
  const monitor = makeTrainingMonitor({ auto, find: (it) => findings.push(it), note: (it) => notes.push(it) });
  const see = (...looks: readonly TrainingMeasures[]) =>
    looks.flatMap((look, at) => monitor.look("gan", 100 * (at + 1), look));
  return { monitor, findings, notes, see };
}

const healthy = {
  criticAuc: 0.7,
  criticMemory: 0.52,
  generatorGradientNorm: 1,
  criticGradientNorm: 1,
  shapeError: 0.1,
  pairError: 0.1,
  coverage: 0.95,
  realCoverage: 0.97,
  entropyRatio: 0.99,
  dcrShare: 0.52,
  dcrShareError: 0.03,
};

const SICK: Readonly<Record<string, TrainingMeasures>> = {
  "mode-collapse": { coverage: 0.5, entropyRatio: 0.8 },
  "vanishing-gradients": { criticAuc: 1, generatorGradientNorm: 0.01 },
  "critic-overfitting": { criticMemory: 0.75 },
  memorization: { dcrShare: 0.7 },
  "non-convergence": { shapeError: 0.4, pairError: 0.2 },
};

describe("a monitor of training", () => {
  it("finds nothing in healthy looks, however many, nor in one or two bad ones", () => {
    for (const sick of Object.values(SICK)) {
      const { findings, see } = watch();
      const bad = { ...healthy, ...sick };
      expect(see(...Array(5).fill(healthy), bad, bad, ...Array(5).fill(healthy))).toEqual([]);
      expect(findings).toEqual([]);
    }
  });

  it("does not judge the rows of a generator that has hardly begun", () => {
    const { monitor, findings } = watch();
    const bad = { ...healthy, ...SICK["mode-collapse"], shapeError: 0.9 };
    monitor.look("gan", 0, healthy);
    for (let step = 10; step < 100; step += 10) expect(monitor.look("gan", step, bad)).toEqual([]);
    expect(findings).toEqual([]);
  });

  it.each(Object.entries(SICK))("finds %s at the third look in a row, once, with what shows it", (failure, sick) => {
    const { findings, see } = watch(false);
    const bad = { ...healthy, ...sick };
    expect(see(...Array(5).fill(healthy), ...Array(6).fill(bad))).toEqual([]);
    expect(findings).toHaveLength(1);
    expect(findings[0]).toMatchObject({ failure, phase: "gan", step: 800 });
    expect(Object.values(findings[0]!.evidence).every(Number.isFinite)).toBe(true);
    expect(findings[0]!.message).toContain("sick");
    expect(findings[0]!.answer).not.toBe("");
  });

  it.each(Object.entries(SICK))("answers %s, and stops where nothing helped", (failure, sick) => {
    const { findings, notes, see } = watch();
    const bad = { ...healthy, ...sick };
    const answers = see(
      ...Array(12)
        .fill([...Array(3).fill(healthy), ...Array(3).fill(bad)])
        .flat(),
    );
    expect(findings.map((finding) => finding.failure)).toEqual([failure]);
    expect(answers.at(-1)).toEqual({ kind: "stop" });
    expect(answers.filter(({ kind }) => kind === "stop")).toHaveLength(1);
    expect(notes).toHaveLength(answers.filter(({ kind }) => kind === "restart").length);
  });

  it("finds a loss that is no number, a loss that rises, a gradient ten times as long at once", () => {
    expect(watch().see({ loss: 2 }, { loss: Number.NaN })).toEqual([{ kind: "restart", rates: 0.1 }]);
    const rising = [2, 1.5, 1.4, 1.3, 1.3, 1.3, 1.5, 1.6, 1.7].map((loss) => ({ loss }));
    expect(watch().see(...rising)).toEqual([{ kind: "restart", rates: 0.1 }]);
    const falling = [2, 1.5, 1.4, 1.35, 1.3, 1.5, 1.3, 1.31, 1.3].map((loss) => ({ loss }));
    expect(watch().see(...falling)).toEqual([]);
    expect(watch().see(...Array(6).fill(healthy), { ...healthy, criticGradientNorm: 11 })).toHaveLength(1);
  });

  it("finds what the kept weights of the completion phase know by heart", () => {
    const { findings, see } = watch();
    see({ validationLoss: 10, memorized: 0.5 }, { loss: 8 }, { validationLoss: 9, memorized: 1.2 });
    expect(findings.map(({ failure }) => failure)).toEqual(["memorization"]);
  });

  it("goes on from its state as if it had not been interrupted", () => {
    const bad = { ...healthy, ...SICK["mode-collapse"] };
    const [first, second] = [watch(), watch()];
    first.see(healthy, bad, bad);
    second.monitor.restore(JSON.parse(JSON.stringify(first.monitor.state())));
    expect(second.see(bad)).toEqual(first.see(bad));
    expect(second.findings).toEqual(first.findings);
    expect(second.findings).toHaveLength(1);
  });
});
