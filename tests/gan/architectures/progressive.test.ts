import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Field } from "../../../src/encode/field.js";
import type { CriticPass, GanShape } from "../../../src/gan/architectures/architecture.js";
import { progressive } from "../../../src/gan/architectures/progressive.js";
import { columns } from "../../../src/gan/networks/parts.js";
import { fadesAt } from "../../../src/gan/networks/progressive-critic.js";
import { atResolution, makeHierarchy } from "../../../src/gan/techniques/resolution.js";
import type { Buffers, ProgramSpec } from "../../../src/runtime/program.js";
import { tf } from "../../../src/runtime/tf.js";
import { random, randomBuffers, runOn, worstDifference } from "../../runtime/program-helpers.js";
import {
  CONDITION,
  criticSpec,
  FIELDS,
  generatorSpec,
  inputsOf,
  smallShape,
  weightsOf,
  worstGradientError,
} from "./network-runs.js";
import { firstAndLastError, trainSmall } from "./small-training.js";

const PHI = new Float32Array(1);

/** An encoded table in which level `l` of a field is in `counts[l]` rows. */
function tableOf(counts: readonly (readonly number[])[], fields: readonly Field[]) {
  const columns = counts.map((own) =>
    Uint8Array.from(own.flatMap((count, level) => new Array<number>(count).fill(level))),
  );
  return { fields, train: { rowCount: columns[0]!.length, fields: columns } };
}

const shape = smallShape("progressive");
const plan = progressive.plan(
  {
    ...tableOf([[2, 2, 2, 2, 2, 2, 2, 2, 4], [9, 5, 3, 2, 1], []], FIELDS),
    features: [PHI, undefined, undefined],
  },
  shape.config,
  random("plan"),
);
const generator = progressive.makeGenerator(shape, plan);
const critic = progressive.makeCritic(shape, plan);

describe("the hierarchy of levels", () => {
  it("merges neighbouring levels of a number two by two; a missing one stays alone", () => {
    const fields: Field[] = [{ kind: "discrete", name: "age", levels: 8, missingLevel: 7 }];
    const table = { ...tableOf([[1, 1, 1, 1, 1, 1, 1, 1]], fields), features: [PHI] };
    expect(makeHierarchy(table, 4)).toEqual([
      [0, 0, 0, 0, 1, 1, 1, 2],
      [0, 0, 0, 0, 1, 1, 1, 2],
      [0, 0, 1, 1, 2, 2, 3, 4],
    ]);
  });

  it("merges the rarest levels of a category again and again, and keeps two groups", () => {
    const fields: Field[] = [
      { kind: "discrete", name: "job", levels: 5 },
      { kind: "discrete", name: "sex", levels: 2 },
    ];
    // 9 5 3 2 1 -> 1 + 2, then 3 + (3): three groups; then 5 + 6: two.
    const table = tableOf(
      [
        [1, 9, 3, 5, 2],
        [10, 10],
      ],
      fields,
    );
    expect(makeHierarchy(table, 3)).toEqual([
      [0, 1, 0, 0, 0, 2, 3],
      [0, 1, 0, 2, 0, 3, 4],
    ]);
  });

  it("has groups within fields, each made of groups of the next stage, and leaves scalars alone", () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(fc.nat(9), { minLength: 1, maxLength: 12 }), { minLength: 1, maxLength: 4 }),
        (counts) => {
          const fields = counts.map((own, i): Field => ({ kind: "discrete", name: String(i), levels: own.length }));
          const table = { ...tableOf(counts, fields), features: counts.map((_, i) => (i % 2 === 0 ? PHI : undefined)) };
          const stages = [...makeHierarchy(table, 4), counts.flat().map((_, column) => column)];
          const owners = counts.flatMap((own, field) => own.map(() => field));
          for (const [stage, groups] of stages.entries()) {
            for (let a = 0; a < groups.length; a++) {
              for (let b = 0; b < a; b++) {
                if (groups[a] === groups[b]) expect(owners[a]).toBe(owners[b]);
                if (stage > 0 && groups[a] === groups[b]) expect(stages[stage - 1]![a]).toBe(stages[stage - 1]![b]);
              }
            }
          }
        },
      ),
    );
    expect((plan.hierarchy as number[][])[0]!.filter((group, _, all) => group === all.at(-1))).toHaveLength(1);
  });
});

describe("rows at a resolution", () => {
  const hierarchy = [
    [0, 0, 0, 1],
    [0, 0, 1, 2],
  ];
  /** What rows x become at these fades: x times the identity's rows at the resolution. */
  async function coarse(x: readonly number[], fades: readonly number[]): Promise<number[]> {
    const { outputs } = await runOn(
      "onnx",
      {
        name: "coarse",
        parameters: { x: { shape: [1, 4] }, fades: { shape: [3] } },
        inputs: {},
        run: (p) => ({
          outputs: { y: tf.matMul(p.x as tf.Tensor2D, atResolution(tf.eye(4), hierarchy, p.fades!)) },
        }),
      },
      { x: Float32Array.from(x), fades: Float32Array.from(fades) },
      {},
      false,
    );
    return outputs.y!;
  }

  it("share a group's mass out over its levels at the first stage", async () => {
    const row = await coarse([0, 0.5, 0.1, 0.4], [1, 0, 0]);
    for (const [at, value] of [0.2, 0.2, 0.2, 0.4].entries()) expect(row[at]).toBeCloseTo(value, 6);
  });

  it("are halfway between two stages where one has half faded in", async () => {
    // First stage (.2 .2 .2 .4), second (.25 .25 .1 .4).
    const row = await coarse([0, 0.5, 0.1, 0.4], [1, 0.5, 0]);
    for (const [at, value] of [0.225, 0.225, 0.15, 0.4].entries()) expect(row[at]).toBeCloseTo(value, 6);
  });

  it("are unchanged at the last stage, to the bit, and never lose mass", async () => {
    expect(await coarse([0, 0.5, 0.1, 0.4], [1, 1, 1])).toEqual([0, 0.5, 0.1, 0.4].map(Math.fround));
    for (const fades of [
      [1, 0, 0],
      [1, 0.3, 0],
      [1, 1, 0.7],
    ]) {
      const row = await coarse([0.1, 0.2, 0.3, 0.4], fades);
      expect(row.reduce((sum, value) => sum + value)).toBeCloseTo(1, 6);
    }
  });
});

describe("the schedule", () => {
  it("trains each stage as long as the next one takes to fade in, and half of the training at full resolution", () => {
    // Three stages: an eighth of the training each for stage 1, fade 2, stage 2, fade 3.
    expect(fadesAt(0, 3)).toEqual([1, 0, 0]);
    expect(fadesAt(1 / 8, 3)).toEqual([1, 0, 0]);
    expect(fadesAt(3 / 16, 3)).toEqual([1, 0.5, 0]);
    expect(fadesAt(3 / 8, 3)).toEqual([1, 1, 0]);
    expect(fadesAt(1 / 2, 3)).toEqual([1, 1, 1]);
    expect(fadesAt(1, 3)).toEqual([1, 1, 1]);
    expect(fadesAt(0.2, 1)).toEqual([1]);
  });

  it("fills the input of both networks", () => {
    const buffers = { "schedule.fade": new Float32Array(3) };
    critic.schedule!.fill(0.3125, buffers);
    expect([...buffers["schedule.fade"]]).toEqual([1, 1, 0]);
    expect(critic.schedule!.specs).toEqual({ "schedule.fade": { shape: [3] } });
  });
});

const ROWS = 6;

function criticInputs(fades: readonly number[]): Buffers {
  const rows = new Float32Array(ROWS * shape.width);
  random("rows").fillUniform(rows);
  const condition = Int32Array.from({ length: ROWS }, (_, row) => row % 3);
  return { rows, condition, "schedule.fade": Float32Array.from(fades) };
}

async function generated(fades: readonly number[], weights: Buffers) {
  const inputs = { ...inputsOf(generator, shape, ROWS, "training"), "schedule.fade": Float32Array.from(fades) };
  return runOn("onnx", generatorSpec(generator, shape, ROWS, "training", critic.schedule!.specs), weights, inputs);
}

/** The shape with one block less, and a hierarchy without its last but one stage. */
const smaller: GanShape = {
  ...shape,
  config: { ...shape.config, generatorWidths: [6, 5], criticWidths: [6, 5] },
};

describe("the growing generator", () => {
  const weights = weightsOf(generator);

  it("with a stage that has not begun to fade in, is the smaller network", async () => {
    const { outputs } = await generated([1, 0.6, 0], weights);
    // The smaller network has the coarse resolution as its finest: its output's weight is that of the larger at stage 2.
    const [coarsest, finest] = plan.hierarchy as number[][];
    const small = progressive.makeGenerator(smaller, { hierarchy: [coarsest!] });
    const means = (name: string, columns: number): Float32Array => {
      const own = weights[name]!;
      return own.map((_, at) => {
        const group = finest!.flatMap((owner, row) => (owner === finest![Math.floor(at / columns)] ? [row] : []));
        return group.reduce((sum, row) => sum + own[row * columns + (at % columns)]!, 0) / group.length;
      });
    };
    const own = Object.fromEntries(Object.keys(small.specs).map((name) => [name, weights[name]!]));
    const changed = {
      "generator.output": means("generator.output", 6),
      "generator.outputBias": means("generator.outputBias", 1),
    };
    const inputs = { ...inputsOf(small, smaller, ROWS, "training"), "schedule.fade": Float32Array.of(1, 0.6) };
    const spec = generatorSpec(small, smaller, ROWS, "training", { "schedule.fade": { shape: [2] } });
    const expected = await runOn("onnx", spec, { ...own, ...changed }, inputs);
    expect(worstDifference({ raw: outputs.raw! }, { raw: expected.outputs.raw! })).toBeLessThan(1e-5);
  });

  it("gives the levels of a group one logit until the next stage begins", async () => {
    const raw = (await generated([1, 0, 0], weights)).outputs.raw!;
    const coarsest = (plan.hierarchy as number[][])[0]!;
    for (let row = 0; row < ROWS; row++) {
      for (const [column, group] of coarsest.entries()) {
        expect(raw[row * shape.width + column]).toBeCloseTo(raw[row * shape.width + coarsest.indexOf(group)]!, 5);
      }
    }
    const fine = (await generated([1, 1, 0.5], weights)).outputs.raw!;
    expect(Math.abs(fine[0]! - fine[1]!)).toBeGreaterThan(1e-3);
  });

  it("hands the fades to sampling, where it draws the row that training makes of the same z, whatever its neighbours", async () => {
    const { outputs } = await generated([1, 0.6, 0], weights);
    expect(outputs["statistics.fade"]).toEqual([1, 0.6, 0].map(Math.fround));
    const spec = generatorSpec(generator, shape, ROWS, "sampling");
    const parameters = { ...weights, "statistics.fade": Float32Array.of(1, 0.6, 0) };
    const inputs = inputsOf(generator, shape, ROWS, "sampling");
    const drawn = await runOn("onnx", spec, parameters, inputs, false);
    expect(worstDifference({ raw: drawn.outputs.raw! }, { raw: outputs.raw! })).toBeLessThan(1e-5);
    const two = { z: inputs.z!.slice(0, 8), condition: inputs.condition!.slice(0, 2) };
    const few = await runOn("onnx", spec, parameters, two, false);
    expect(few.outputs.raw).toEqual(drawn.outputs.raw!.slice(0, 2 * shape.width));
  });

  it("has the gradient that finite differences find, in every weight", async () => {
    const spec = generatorSpec(generator, shape, ROWS, "training", critic.schedule!.specs);
    const inputs = { ...inputsOf(generator, shape, ROWS, "training"), "schedule.fade": Float32Array.of(1, 0.8, 0.3) };
    expect(await worstGradientError(spec, weights, inputs)).toBeLessThan(0.02);
  });
});

describe("the growing critic", () => {
  const weights = weightsOf(critic);
  const squaredNorms = (pass: CriticPass) => pass.squaredGradientNorms!();

  it("cannot tell levels of a group apart until the next stage begins", async () => {
    const swapped = (fades: readonly number[]): Buffers => {
      const inputs = criticInputs(fades);
      const rows = (inputs.rows as Float32Array).slice();
      for (let at = 0; at < rows.length; at += shape.width) [rows[at], rows[at + 1]] = [rows[at + 1]!, rows[at]!];
      return { ...inputs, rows };
    };
    const score = async (inputs: Buffers) =>
      (await runOn("onnx", criticSpec(critic, shape, ROWS), weights, inputs, false)).outputs.score!;
    const difference = async (fades: readonly number[]) => {
      const [a, b] = [await score(criticInputs(fades)), await score(swapped(fades))];
      return Math.max(...a.map((value, at) => Math.abs(value - b[at]!)));
    };
    expect(await difference([1, 1, 0])).toBeLessThan(1e-6);
    expect(await difference([1, 1, 0.5])).toBeGreaterThan(1e-4);
  });

  it("with a stage that has not begun to fade in, is the smaller network on the coarser rows", async () => {
    const [coarsest, finest] = plan.hierarchy as number[][];
    const small = progressive.makeCritic(smaller, { hierarchy: [coarsest!] });
    const own = Object.fromEntries(Object.keys(small.specs).map((name) => [name, weights[name]!]));
    const inputs = criticInputs([1, 0.6, 0]);
    const large = await runOn("onnx", criticSpec(critic, shape, ROWS), weights, inputs, false);
    const rows = (inputs.rows as Float32Array).map((_, at, all) => {
      const start = at - (at % shape.width);
      const group = finest!.flatMap((owner, column) => (owner === finest![at - start] ? [column] : []));
      return group.reduce((sum, column) => sum + all[start + column]!, 0) / group.length;
    });
    const seen = { ...inputs, rows, "schedule.fade": Float32Array.of(1, 0.6) };
    const expected = await runOn("onnx", criticSpec(small, smaller, ROWS), own, seen, false);
    expect(worstDifference({ score: large.outputs.score! }, { score: expected.outputs.score! })).toBeLessThan(1e-5);
  });

  it("has the squared gradient norms that finite differences in the rows find", async () => {
    // The condition's part of the norm is left out by giving it no weight.
    const unconditional = { ...weights, "critic.condition": weights["critic.condition"]!.map(() => 0) };
    const inputs = criticInputs([1, 0.8, 0.3]);
    const { made } = (await runOn("onnx", criticSpec(critic, shape, ROWS, squaredNorms), unconditional, inputs))
      .outputs;
    const sums = new Array<number>(ROWS).fill(0);
    const spec = criticSpec(critic, shape, ROWS);
    for (let column = 0; column < shape.width; column++) {
      const sides: number[][] = [];
      for (const step of [1e-3, -1e-3]) {
        const rows = (inputs.rows as Float32Array).map((value, at) => value + (at % shape.width === column ? step : 0));
        sides.push((await runOn("onnx", spec, unconditional, { ...inputs, rows }, false)).outputs.score!);
      }
      for (let row = 0; row < ROWS; row++) sums[row]! += ((sides[0]![row]! - sides[1]![row]!) / 2e-3) ** 2;
    }
    for (let row = 0; row < ROWS; row++) expect(Math.abs(made![row]! / sums[row]! - 1)).toBeLessThan(0.01);
  });

  it("has the gradient that finite differences find, of the score and of the penalty, in every weight; with packs too", async () => {
    const inputs = criticInputs([1, 0.8, 0.3]);
    expect(await worstGradientError(criticSpec(critic, shape, ROWS), weights, inputs)).toBeLessThan(0.02);
    const pairs = smallShape("progressive", { pack: 2 });
    const packed = progressive.makeCritic(pairs, plan);
    const own = weightsOf(packed);
    const penalty = criticSpec(packed, pairs, ROWS, squaredNorms);
    const trainable = Object.keys(packed.specs).filter((name) => !/[bB]ias$/.test(name));
    expect(await worstGradientError({ ...penalty, trainable }, own, inputs)).toBeLessThan(0.02);
  });
});

it("the growing critic shares no mass out between the rows of a pack", async () => {
  const pairs = smallShape("progressive", { pack: 2 });
  const packed = progressive.makeCritic(pairs, plan);
  const own = weightsOf(packed);
  const inputs: Buffers = { ...criticInputs([1, 0, 0]), condition: new Int32Array(ROWS) };
  const rows = (inputs.rows as Float32Array).slice();
  for (let at = 0; at < rows.length; at += 2 * shape.width) {
    const [first, second] = [rows.slice(at, at + shape.width), rows.slice(at + shape.width, at + 2 * shape.width)];
    rows.set([...second, ...first], at);
  }
  const spec = criticSpec(packed, pairs, ROWS);
  const [before, after] = [
    (await runOn("onnx", spec, own, inputs, false)).outputs.score!,
    (await runOn("onnx", spec, own, { ...inputs, rows }, false)).outputs.score!,
  ];
  expect(Math.max(...before.map((score, at) => Math.abs(score - after[at]!)))).toBeGreaterThan(1e-3);
});

it("the growing critic judges generated, real and mixed packs in one pass as in three", async () => {
  const pairs = smallShape("progressive", { pack: 2 });
  const packed = progressive.makeCritic(pairs, plan);
  const one = { shape: [ROWS, pairs.width] };
  const spec = (inOne: boolean): ProgramSpec => ({
    name: "mixed",
    parameters: packed.specs,
    inputs: { fake: one, real: one, alpha: { shape: [ROWS / 2, 1] }, ...packed.schedule!.specs },
    run: (p, inputs) => {
      const { fake, real, alpha } = inputs as Record<string, tf.Tensor2D>;
      const condition = [columns(tf.ones([ROWS, CONDITION]))];
      const conditions = { fakeCondition: condition, realCondition: condition };
      if (inOne) {
        const pass = packed.runMixed!(p, { fake: fake!, real: real!, alpha: alpha!, ...conditions }, inputs);
        return { outputs: { fake: pass.fake, real: pass.real, norms: pass.squaredGradientNorms() } };
      }
      const each = tf.reshape(tf.tile(alpha!, [1, 2]), [ROWS, 1]); // both rows of a pack
      const rows = tf.add(fake!, tf.mul(tf.sub(real!, fake!), each)) as tf.Tensor2D;
      const [a, b, mixed] = [fake!, real!, rows].map((own) => packed.run(p, own, condition, inputs));
      return { outputs: { fake: a!.score, real: b!.score, norms: mixed!.squaredGradientNorms!() } };
    },
  });
  const inputs = { ...randomBuffers(spec(true).inputs, random("mixed")), "schedule.fade": Float32Array.of(1, 1, 0.4) };
  const own = weightsOf(packed);
  const [all, apart] = [
    await runOn("onnx", spec(true), own, inputs, false),
    await runOn("onnx", spec(false), own, inputs, false),
  ];
  expect(worstDifference(all.outputs, apart.outputs)).toBeLessThan(1e-4);
});

describe("what progressive growing refuses", () => {
  const refusals = (changes: object) => progressive.refuses({ ...shape.config, ...changes });

  it("says why", () => {
    expect(refusals({})).toEqual([]);
    expect(refusals({ criticWidths: [6, 6] })[0]).toContain("as many layers as generatorWidths (3)");
    expect(refusals({ condition: { ...shape.config.condition, columns: 2, critic: "projection" } })[0]).toContain(
      "concatenation",
    );
    expect(refusals({ techniques: { ...shape.config.techniques, dropout: 0.5 } })[0]).toContain("dropout");
    expect(refusals({ techniques: { ...shape.config.techniques, minibatchDiscrimination: 8 } })[0]).toContain("pack");
  });
});

it("learns a small table, to full resolution", async () => {
  const generator = await trainSmall("progressive", 300, 3);
  const [first, last] = firstAndLastError(generator);
  expect(last).toBeLessThan(0.7 * first);
  for (const fade of generator.weights["generator/statistics.fade"]!.data) expect(fade).toBeCloseTo(1, 5);
});
