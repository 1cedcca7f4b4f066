import { describe, expect, it } from "vitest";
import { describeTraining } from "../../src/cli/describe-training.js";
import { sparkline } from "../../src/cli/sparkline.js";
import { TRAINING_CHARTS } from "../../src/report/training/training-charts.js";
import { measureName } from "../../src/report/training/training-words.js";

const LOG = {
  entries: [
    { phase: "gan", step: 100, criticLoss: 2, pairError: 0.5 },
    { phase: "gan", step: 200, criticLoss: 1, pairError: 0.25, "generatorGradient.W1": 1 },
    { phase: "gan", step: 300, criticLoss: Number.NaN, pairError: 0.75 },
    { phase: "other", step: 1, words: "none" },
  ],
  notes: ["gan: the diagnostics ended it at step 300 of 900; kept step 200, pair error 0.25"],
  ends: [{ phase: "gan", steps: 300, budget: 900, kept: 200, because: "answer" }],
  findings: [
    {
      failure: "non-convergence",
      phase: "gan",
      step: 300,
      message: "A loss was not a number.",
      evidence: { criticLoss: 9 },
      answer: "Training ended; the best weights were kept.",
    },
  ],
} as const;

describe("a training in lines", () => {
  it("says how it ended, what was found, and how the key measures went", () => {
    expect(describeTraining(LOG, { allEntries: false }).join("\n")).toBe(
      `\
Found while training: non-convergence.
Generator against critic ended after 300 of 900 steps: the diagnostics saw no use in going on. The
weights of step 200 were kept.
Finding 1, non-convergence (Generator against critic, step 300): A loss was not a number. Answer:
Training ended; the best weights were kept.
log: gan: the diagnostics ended it at step 300 of 900; kept step 200, pair error 0.25

Generator against critic, 3 looks   first    kept       last  over the looks
pairs of columns off               50.0 %  25.0 %     75.0 %  ▅▁█
critic loss                             2       1  no number  █▁ `.trimEnd(),
    );
  });

  it("has words for every measure that a chart draws", () => {
    const measures = TRAINING_CHARTS.flatMap(({ lines }) => lines.map(({ measure }) => measure));
    expect(measures.filter((measure) => measureName(measure) === measure)).toEqual([]);
    expect(new Set(measures.map(measureName)).size).toBe(measures.length);
  });

  it("lists every entry where asked", () => {
    const lines = describeTraining(LOG, { allEntries: true });
    expect(lines).toContain("gan, step 200: criticLoss 1, pairError 0.25, generatorGradient.W1 1");
    expect(lines.at(-1)).toBe("other, step 1: words none");
  });

  it("says so where nothing was recorded, and where the log does not say how it ended", () => {
    expect(describeTraining({ entries: [], notes: [] }, { allEntries: false })).toEqual([
      "Nothing was recorded of this training.",
    ]);
    const { ends: _, findings: __, ...old } = LOG;
    expect(describeTraining(old, { allEntries: false })[0]).toBe("The log does not say how this training ended.");
  });
});

describe("a sparkline", () => {
  it("goes from the least to the greatest value, with blanks for what is no number", () => {
    expect(sparkline([0, 1, 7, Number.NaN, undefined, 3.4])).toBe("▁▂█  ▄");
    expect(sparkline([5, 5])).toBe("▄▄");
    expect(sparkline([])).toBe("");
  });

  it("chooses evenly where there are more values than places, the ends among them", () => {
    expect(sparkline([0, 100, 50, 100, 7], 3)).toBe("▁█▂");
  });
});
