import { describe, expect, it } from "vitest";
import { renderTraining } from "../../../src/report/training/render-training.js";
import type { TrainingRecord } from "../../../src/report/training/training-record.js";
import { judgeTraining } from "../../../src/report/training/training-words.js";
import { HOSTILE_NAMES } from "../fixture.js";
import { makeTraining } from "./training-fixture.js";

const META = { title: "birds", preset: "wgan", rows: 1000, seed: 7 };
const page = (record: TrainingRecord, title = "birds") => renderTraining(record, { ...META, title });
const EMPTY: TrainingRecord = { entries: [], notes: [] };

describe("the page of a training", () => {
  const text = page(makeTraining());

  it("says first how it ended and what was found", () => {
    expect(text).toContain('<h2 id="verdict">Found while training: mode collapse, non-convergence</h2>');
    expect(text).toContain(
      "Generator against critic ended after 2,000 of 4,000 steps: the diagnostics saw no use in going on. The weights of step 1,200 were kept.",
    );
    expect(text).toContain("Completion of rows took all of its 800 steps.");
    expect(text).toContain("<dt>Steps</dt><dd>2,800</dd>");
    expect(text.indexOf('id="verdict"')).toBeLessThan(text.indexOf('id="findings"'));
  });

  it("numbers the findings, with evidence and answer, and marks them and the kept step on every curve of their phase", () => {
    expect(text).toContain("<p>46\u00A0% of the drawn rows are duplicates, more than 20\u00A0% above real ones</p>");
    expect(text).toContain("<b>Answer:</b> The critic now sees the rows in packs; training went back to step 1200.");
    expect(text).toContain("Evidence: duplicateShare 0.46, coverage 0.21");
    const [, gan = "", completion = ""] = text.split('<section id="phase-');
    const curves = gan.match(/class="chart line-chart"/g)?.length;
    expect(gan.match(/class="line-mark finding"/g)).toHaveLength(2 * curves!);
    expect(gan.match(/class="line-mark kept"/g)).toHaveLength(curves!);
    expect(gan).toContain("<title>finding 1, step 1,500: Mode collapse</title>");
    expect(completion.split('<section id="overlays')[0]).not.toContain('class="line-mark finding"');
  });

  it("has a chart of each measure that was recorded, with what a healthy one looks like, and no other", () => {
    const cards = text.split('<article class="card curve-card">').slice(1);
    expect(cards.map((card) => /<h3>(.*?)<\/h3>/.exec(card)?.[1])).toEqual([
      "Columns: how far drawn rows are off",
      "Pairs of columns: how far drawn rows are off",
      "Detection: are drawn rows told from real ones",
      "Variety of drawn rows",
      "Entropy of drawn rows over that of real ones",
      "Losses of the two players",
      "The critic: does it tell real from drawn",
      "The critic&#39;s scores",
      "Gradient norms",
      "Nearness to training rows",
      "Learning rates",
      "Gradient norms of the generator&#39;s layers",
      "Loss of completing rows",
      "Learned by heart",
    ]);
    for (const card of cards) expect(card).toMatch(/<p class="fine">(Healthy|As planned): .+?<\/p>/);
  });

  it("draws six of eight layers, the first and the last among them, and says so", () => {
    const card = text.split("generator&#39;s layers</h3>")[1]!.split("</article>")[0]!;
    expect([...card.matchAll(/<\/svg><span>(W\d)<\/span>/g)].map((match) => match[1])).toEqual([
      "W0",
      "W1",
      "W3",
      "W4",
      "W6",
      "W7",
    ]);
    expect(card).toContain("6 of 8 weights are drawn.");
  });

  it("leaves a gap where a measure was no number, and says so in the table", () => {
    const losses = text.split("<h3>Losses of the two players</h3>")[1]!.split("</article>")[0]!;
    expect(losses).toContain("<title>generator, step 1,900");
    expect(losses).not.toContain("<title>generator, step 2,000");
    expect(text).toContain("<td>not a number</td>");
    expect(text.split("<script>")[0]).not.toMatch(/NaN|Infinity|undefined/);
  });

  it("shows drawn and real shares of a field at looks from the first to the last, with how far they are off", () => {
    const real = [0.5, 0.3, 0.2, 0];
    const looks = [
      { step: 10, shares: [0, 0, 0, 1] },
      { step: 20, shares: real },
    ];
    const one = page({ ...EMPTY, overlays: [{ field: "kind", phase: "gan", real, looks }] });
    expect(one.match(/class="chart overlay-chart"/g)).toHaveLength(2);
    expect(one).toContain("step 10<span>100\u00A0% off</span>");
    expect(one).toContain("step 20<span>0\u00A0% off</span>");
    // Four groups of 39 units each; the top is twice the largest real share, so .5 is half of the 76 units and 1 lies beyond.
    expect(one).toContain('<path class="real-area" d="M2 80V42H41V57.2H80V64.8H119V80H158V80"/>');
    expect(one).toContain('<path class="synthetic-line" d="M2 80V80H41V80H80V80H119V4H158V80"/>');
  });

  it("shows the look that was kept among five of many, and the fields first that were farthest off at it", () => {
    const looks = (far: number) =>
      Array.from({ length: 30 }, (_, i) => ({ step: 10 * i, shares: i === 11 ? [far, 1 - far] : [0.5, 0.5] }));
    const overlay = { phase: "gan", real: [0.5, 0.5] };
    const one = page({
      ...EMPTY,
      ends: [{ phase: "gan", steps: 300, budget: 300, because: "budget", kept: 110 }],
      overlays: [
        { ...overlay, field: "near", looks: looks(0.4) },
        { ...overlay, field: "far", looks: looks(0.1) },
      ],
    });
    const captions = [...one.matchAll(/<figcaption>(.*?)<span>/g)].map((match) => match[1]);
    const shown = ["step 0", "step 30", "step 110 <b>kept</b>", "step 180", "step 290"];
    expect(captions).toEqual([...shown, ...shown]);
    expect([...one.matchAll(/overlay"><h3><bdi>(.*?)<\/bdi>/g)].map((match) => match[1])).toEqual(["far", "near"]);
  });

  it("says so where nothing was recorded", () => {
    const empty = page(EMPTY);
    expect(empty).toContain("Nothing was recorded of this training");
    expect(empty).toContain("Nothing was found.");
    expect(empty).not.toContain('<svg class="chart');
  });

  it("escapes names, sentences and titles", () => {
    const hostile = "<img src=x onerror=alert(1)>";
    const found = {
      failure: hostile,
      phase: hostile,
      step: 1,
      message: hostile,
      evidence: { [hostile]: 1 },
      answer: hostile,
    };
    const record: TrainingRecord = {
      ...makeTraining({ names: HOSTILE_NAMES }),
      notes: [hostile],
      findings: [found],
    };
    expect(page(record, hostile)).not.toContain("<img");
  });

  it("is the same text for the same log", () => {
    expect(page(makeTraining())).toBe(text);
  });
});

describe("how a training went", () => {
  const level = (record: Partial<TrainingRecord>) => judgeTraining({ ...makeTraining(), ...record }).level;
  const end = { phase: "gan", steps: 1, budget: 2 } as const;

  it("is bad where a loss was no number, caution where something was found, good where nothing was", () => {
    expect(level({ ends: [{ ...end, because: "diverged" }] })).toBe("bad");
    expect(level({})).toBe("caution");
    expect(level({ findings: [] })).toBe("good");
  });

  it("is unknown where nothing says", () => {
    expect(judgeTraining(EMPTY).level).toBe("unknown");
    expect(judgeTraining({ entries: makeTraining().entries, notes: ["ended"] }).level).toBe("unknown");
  });
});
