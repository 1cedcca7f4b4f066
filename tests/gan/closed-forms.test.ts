import { describe, expect, it } from "vitest";
import type { Field } from "../../src/encode/field.js";
import { gumbelNoise, normalNoise } from "../../src/gan/networks/ctgan-generator.js";
import { activateFields } from "../../src/gan/networks/field-activation.js";
import { batchNormRelu } from "../../src/gan/networks/layers.js";
import { columns, places, productOfParts } from "../../src/gan/networks/parts.js";
import { conditionCrossEntropy } from "../../src/gan/objectives/condition-cross-entropy.js";
import { maskedCrossEntropy } from "../../src/gan/objectives/masked-cross-entropy.js";
import { makeLevelMap } from "../../src/gan/techniques/level-map.js";
import type { ProgramSpec } from "../../src/runtime/program.js";
import { tf } from "../../src/runtime/tf.js";
import { random, runOn } from "../runtime/program-helpers.js";
import { expectSame } from "./expect-same.js";

/** A category, the mode of a number, the number, a category. */
const fields: readonly Field[] = [
  { kind: "discrete", name: "color", levels: 3 },
  { kind: "discrete", name: "mode of size", levels: 2 },
  { kind: "scalar", name: "size" },
  { kind: "discrete", name: "shape", levels: 2 },
];
const ROWS = 6;
const WIDTH = 8;

describe("closed forms compute what plain operations compute, and their gradients", () => {
  it("batch normalization with ReLU", () =>
    expectSame({
      parameters: { x: { shape: [ROWS, 5] }, gain: { shape: [5] }, shift: { shape: [5] } },
      fast: ({ x, gain, shift }) => {
        const centred = tf.sub(x!, tf.mean(x!, 0)) as tf.Tensor2D;
        return batchNormRelu(centred, tf.mean(tf.square(centred), 0), gain!, shift!);
      },
      plain: ({ x, gain, shift }) => {
        const centred = tf.sub(x!, tf.mean(x!, 0));
        const spread = tf.rsqrt(tf.add(tf.mean(tf.square(centred), 0), 1e-5));
        return tf.relu(tf.add(tf.mul(tf.mul(centred, spread), gain!), shift!));
      },
    }));

  it("activations of all fields", () =>
    expectSame({
      parameters: { raw: { shape: [ROWS, WIDTH] } },
      inputs: { gumbel: { shape: [ROWS, WIDTH] } },
      fast: ({ raw }, { gumbel }) => activateFields(raw as tf.Tensor2D, gumbel as tf.Tensor2D, fields, 0.2),
      plain: ({ raw }, { gumbel }) => {
        const noisy = tf.split(tf.div(tf.add(raw!, gumbel!), 0.2), [3, 2, 1, 2], 1);
        const size = tf.split(raw!, [3, 2, 1, 2], 1)[2]!;
        return tf.concat([tf.softmax(noisy[0]!), tf.softmax(noisy[1]!), tf.tanh(size), tf.softmax(noisy[3]!)], 1);
      },
    }));

  it("cross-entropy of the conditioned column", () =>
    expectSame({
      parameters: { raw: { shape: [ROWS, WIDTH] } },
      inputs: { condition: { shape: [ROWS], type: "int32" } },
      fast: ({ raw }, { condition }) => conditionCrossEntropy(raw as tf.Tensor2D, condition as tf.Tensor1D, fields),
      plain: ({ raw }, { condition }) => {
        const [color, , , shape] = tf.split(raw!, [3, 2, 1, 2], 1);
        const logs = tf.concat([tf.logSoftmax(color!), tf.logSoftmax(shape!)], 1);
        const target = tf.oneHot(condition!, 5, 1, 0, "float32");
        return tf.neg(tf.mean(tf.sum(tf.mul(logs, target), 1)));
      },
    }));

  it("masked cross-entropy of all fields", () => {
    const map = makeLevelMap(fields.filter((field) => field.kind === "discrete"));
    return expectSame({
      parameters: { logits: { shape: [ROWS, 7] } },
      inputs: { target: { shape: [ROWS, 7] }, weights: { shape: [ROWS, 3] } },
      fast: ({ logits }, { target, weights }) =>
        maskedCrossEntropy(logits as tf.Tensor2D, target as tf.Tensor2D, weights as tf.Tensor2D, map),
      plain: ({ logits }, { target, weights }) => {
        const sums = tf.split(logits!, [3, 2, 2], 1).map((part) => tf.logSumExp(part, 1, true));
        const normalizer = tf.sum(tf.mul(tf.concat(sums, 1), weights!));
        return tf.div(tf.sub(normalizer, tf.sum(tf.mul(logits!, target!))), ROWS);
      },
    });
  });

  it("a product of parts, one-hot rows by their places", () =>
    expectSame({
      parameters: { x: { shape: [ROWS, 2] }, y: { shape: [ROWS, 3] }, w: { shape: [10, 4] }, b: { shape: [4] } },
      inputs: { at: { shape: [ROWS], type: "int32" } },
      fast: ({ x, y, w, b }, { at }) => {
        const parts = [columns(x as tf.Tensor2D), places(at as tf.Tensor1D, 5), columns(y as tf.Tensor2D)];
        return productOfParts(parts, w as tf.Tensor2D, b!);
      },
      plain: ({ x, y, w, b }, { at }) => {
        const joined = tf.concat([x!, tf.oneHot(at!, 5, 1, 0, "float32"), y!], 1) as tf.Tensor2D;
        return tf.add(tf.matMul(joined, w as tf.Tensor2D), b!);
      },
    }));
});

describe("normal noise", () => {
  it("of 20,000 uniforms has mean 0, variance 1, 5 % beyond 1.96 and no correlation of its halves", async () => {
    const u = new Float32Array(20_000);
    random("uniforms").fillUniform(u);
    const spec: ProgramSpec = {
      name: "normals",
      parameters: {},
      inputs: { u: { shape: [10_000, 2] } },
      run: (_, inputs) => ({ outputs: { y: normalNoise(inputs.u as tf.Tensor2D) } }),
    };
    const { outputs } = await runOn("onnx", spec, {}, { u }, false);
    const y = outputs.y!;
    const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
    // Four standard errors each.
    expect(Math.abs(mean(y))).toBeLessThan(0.03);
    expect(Math.abs(mean(y.map((value) => value ** 2)) - 1)).toBeLessThan(0.04);
    expect(Math.abs(mean(y.map((value) => (Math.abs(value) > 1.959964 ? 1 : 0))) - 0.05)).toBeLessThan(0.007);
    expect(Math.abs(mean(y.filter((_, i) => i % 2 === 0).map((value, i) => value * y[2 * i + 1]!)))).toBeLessThan(0.04);
  });
});

describe("Gumbel noise", () => {
  it("is -log(-log u): the median is -log(log 2)", async () => {
    const spec: ProgramSpec = {
      name: "gumbel",
      parameters: {},
      inputs: { u: { shape: [1, 1] } },
      run: (_, { u }) => ({ outputs: { y: gumbelNoise(u as tf.Tensor2D) } }),
    };
    const { outputs } = await runOn("onnx", spec, {}, { u: Float32Array.of(0.5) }, false);
    expect(outputs.y![0]).toBeCloseTo(-Math.log(Math.log(2)), 6);
  });
});
