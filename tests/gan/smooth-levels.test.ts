import { describe, expect, it } from "vitest";
import { makeRandom } from "../../src/core/random.js";
import type { Field } from "../../src/encode/field.js";
import { completionLogits, completionParameters } from "../../src/gan/networks/completion-network.js";
import {
  foldSmoothLevels,
  smoothFieldsOf,
  smoothParameters,
  withSmoothLevels,
} from "../../src/gan/networks/smooth-levels.js";
import { makeLevelMap } from "../../src/gan/techniques/level-map.js";
import { compile } from "../../src/runtime/compile.js";
import { makeParameters } from "../../src/runtime/parameters.js";
import type { tf } from "../../src/runtime/tf.js";

const fields: readonly Field[] = [
  { kind: "discrete", name: "a", levels: 2 },
  { kind: "discrete", name: "number", levels: 4 },
  { kind: "discrete", name: "b", levels: 3 },
  { kind: "discrete", name: "last", levels: 5 },
];
const map = makeLevelMap(fields);
const shape = { fields: map.fields, levels: map.levels, width: 6, blocks: 1, latent: 2 };
const random = makeRandom(3);
const normals = (count: number) => {
  const values = new Float32Array(count);
  random.fillNormal(values);
  return values;
};
const smooth = smoothFieldsOf(map, [undefined, normals(4 * 3), undefined, normals(5 * 3)]);
const plain = completionParameters(shape);
const specs = { ...plain, ...smoothParameters(smooth, shape) };

async function logitsOf(engine: "cpu" | "onnx", isFolded: boolean): Promise<number[]> {
  const parameters = makeParameters(specs);
  parameters.flat.set(normalsOf(parameters.flat.length, 5));
  const x = normalsOf(7 * (map.levels + map.fields), 6);
  const program = await compile(
    {
      name: "test",
      parameters: isFolded ? plain : specs,
      inputs: { x: { shape: [7, map.levels + map.fields] } },
      run: (weights, inputs) => {
        const used = isFolded ? weights : withSmoothLevels(weights, smooth, shape);
        return { outputs: { logits: completionLogits(used, inputs.x as tf.Tensor2D, shape.blocks) } };
      },
    },
    { engine },
  );
  const views = isFolded ? foldSmoothLevels(parameters, smooth, shape, plain).views : parameters.views;
  const { logits } = await program.run(views, { x });
  await program.dispose();
  return [...logits!];
}

function normalsOf(count: number, seed: number): Float32Array {
  const values = new Float32Array(count);
  makeRandom(seed).fillNormal(values);
  return values;
}

describe("smooth levels", () => {
  it("are placed among all levels: fields without features have none", () => {
    expect(smooth.map(({ start, levels, width }) => [start, levels, width])).toEqual([
      [2, 4, 3],
      [9, 5, 3],
    ]);
  });

  it.each(["cpu", "onnx"] as const)("fold into a plain network with the same logits (%s)", async (engine) => {
    const trained = await logitsOf(engine, false);
    const folded = await logitsOf(engine, true);
    expect(trained.some((value) => Math.abs(value) > 0.5)).toBe(true);
    folded.forEach((value, index) => {
      expect(value).toBeCloseTo(trained[index]!, 3);
    });
  });
});
