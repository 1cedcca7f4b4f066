import { describe, expect, it } from "vitest";
import { SynthError } from "../../src/core/errors.js";
import type { Field } from "../../src/encode/field.js";
import { foreseeMemory, requireMemory } from "../../src/gan/plan/foresee-memory.js";
import { planEncoding } from "../../src/gan/plan/plan-encoding.js";
import { planTraining, stepOperations } from "../../src/gan/plan/plan-training.js";
import { validationShare } from "../../src/gan/plan/validation-share.js";
import { PRESETS } from "../../src/gan/presets.js";
import { completionSteps } from "../../src/gan/training/complete-rows.js";

const { encoding, model } = PRESETS.balanced;

describe("the plan of an encoding", () => {
  it("leaves a table like adult as configured", () => {
    expect(planEncoding(encoding, { rows: 32_561, columns: 15 })).toEqual(encoding);
  });

  it("gives numbers of 500 columns 16 bins, so that all levels together stay below 8000", () => {
    const planned = planEncoding(encoding, { rows: 50_000, columns: 500 });
    expect([planned.bins, planned.levelsPerNumber]).toEqual([16, 16]);
  });

  it("asks for 60 rows a level in small tables, and never for fewer than 12 levels", () => {
    expect(planEncoding(encoding, { rows: 2400, columns: 15 })).toMatchObject({ bins: 40, levelsPerNumber: 40 });
    expect(planEncoding(encoding, { rows: 200, columns: 15 }).bins).toBe(12);
  });
});

describe("the rows set aside for early stop", () => {
  it("are at least 125 where a quarter of the table has as many, 8 % of larger tables, at most 20,000", () => {
    const rows = (total: number) => Math.round(total * validationShare(model, total));
    expect([200, 1000, 10_000, 1_000_000].map(rows)).toEqual([50, 125, 800, 20_000]);
  });

  it("are none for a model that does not stop early", () => {
    expect(validationShare(PRESETS.ctgan.model, 1000)).toBe(0);
  });
});

describe("the plan of a training", () => {
  const adult = { rows: 30_000, fields: 15, levels: 577 };

  it("counts the operations of a step as its matrix products have them", () => {
    // 2 x 500 x (input 2 x 592 x 256 + output 3 x 577 x 256 + two blocks of two 256 x 256 products, three times each)
    expect(stepOperations(model, adult)).toBe(1000 * (2 * 592 * 256 + 3 * 577 * 256 + 12 * 256 * 256));
  });

  it("leaves adult's budget alone, without dropout, with an adversarial phase", () => {
    const { config, notes } = planTraining(model, adult);
    expect(notes).toEqual([]);
    expect(config.completion).toEqual({ ...model.completion, dropout: 0, memorizingWeight: 1 / 6 });
    expect(config.adversarial).toMatchObject({ enabled: true, batchSize: model.adversarial.batchSize });
    expect(config.adversarial.maxSteps).toBeGreaterThan(1797); // what adult's 30 epochs come to
  });

  it("is short where the rows were drawn from a known mixture, and guards against nothing that is learned by heart", () => {
    const { completion, adversarial } = planTraining(model, { ...adult, rows: 800, components: 512 }).config;
    expect(completion).toMatchObject({
      maxSteps: 1000,
      learningRate: 0.004,
      dropout: 0,
      memorizingWeight: 0,
      looks: 8,
      patience: 8,
    });
    expect(adversarial.maxSteps).toBeLessThanOrEqual(120);
  });

  it("has no adversarial phase for two columns, whose two rounds are exact", () => {
    expect(planTraining(model, { ...adult, fields: 2 }).config.adversarial.enabled).toBe(false);
    expect(planTraining(model, { ...adult, fields: 3 }).config.adversarial.enabled).toBe(true);
  });

  it("leaves out fewer hidden units the more rows there are", () => {
    const dropout = (rows: number) => planTraining(model, { ...adult, rows }).config.completion.dropout;
    expect([500, 2000, 5000, 15_000, 15_001].map(dropout)).toEqual([0.5, 0.5, 0.3, 0.1, 0]);
  });

  it("learns fewer rows in fewer steps, and weighs what is learned by heart more", () => {
    const plan = (rows: number) => planTraining(model, { ...adult, rows }).config.completion;
    expect([500, 1000, 2000].map((rows) => plan(rows).minSteps)).toEqual([240, 450, 900]);
    expect([500, 1000, 5000, 10_000].map((rows) => plan(rows).memorizingWeight)).toEqual([2.4, 1.2, 1, 0.5]);
  });

  it("passes over wider rows more often, at most twice as often, and as often as asked where that is said", () => {
    const steps = (fields: number, epochs: number | "auto" = "auto") =>
      completionSteps({ ...model.completion, epochs }, 50_000, fields);
    expect([2, 15, 24, 30, 60].map((fields) => steps(fields))).toEqual([4000, 4000, 6400, 8000, 8000]);
    expect(steps(24, 10)).toBe(1000);
  });

  it("bounds the steps of wide tables and says that they get no adversarial phase", () => {
    const wide = { rows: 50_000, fields: 500, levels: 8000 };
    const { config, notes } = planTraining(model, wide);
    expect(config.adversarial.enabled).toBe(false);
    expect(config.completion.maxSteps * stepOperations(model, wide)).toBeLessThanOrEqual(2.5e13);
    expect(notes).toHaveLength(2);
  });
});

describe("foreseen memory", () => {
  const fields: Field[] = [
    { kind: "discrete", name: "city", levels: 5000 },
    { kind: "discrete", name: "sex", levels: 2 },
    { kind: "scalar", name: "alpha" },
  ];

  it("grows with the rows by 6 bytes a field and with the levels of the tables of pairs", () => {
    const size = { rows: 1000, fields: 10, levels: 500 };
    const grown = foreseeMemory(model, { ...size, rows: 2000 }) - foreseeMemory(model, size);
    expect(grown).toBe(1000 * 10 * 6);
    const plain = { ...model, adversarial: { ...model.adversarial, enabled: false } };
    expect(foreseeMemory(model, size) - foreseeMemory(plain, size)).toBeGreaterThan(6 * 500 ** 2 * 4);
  });

  it("is refused where it is not there, with the columns that cost most first", () => {
    expect(() => requireMemory(2e9, 3e9, fields)).not.toThrow();
    const refused = () => requireMemory(14.24e9, 8e9, fields);
    expect(refused).toThrow(SynthError);
    expect(refused).toThrow(/14\.2 GB.*8\.0 GB.*"city" \(5000 levels\), "sex" \(2 levels\)$/);
  });
});
