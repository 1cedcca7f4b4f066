import { InferenceSession, Tensor } from "onnxruntime-node";
import { describe, expect, it } from "vitest";
import { deserializeModel } from "../../../src/artifact/load-model.js";
import { serializeModel } from "../../../src/artifact/save-model.js";
import { makeRandom } from "../../../src/core/random.js";
import { fit } from "../../../src/facade/fit.js";
import { sample } from "../../../src/facade/sample.js";
import { exportGenerator } from "../../../src/gan/export-generator.js";
import { ganForwardSpec } from "../../../src/gan/inference/gan-rows.js";
import { networksOf } from "../../../src/gan/trained-networks.js";
import { makeTable } from "../../../src/table/table.js";
import { runOn } from "../../runtime/program-helpers.js";

const random = makeRandom(7);
const rows = Array.from({ length: 300 }, () => random.integer(3));
const dictionary = ["north", "south", "east"];
const table = makeTable([
  { kind: "text", name: "region", missingText: "", dictionary, codes: Int32Array.from(rows) },
  {
    kind: "number",
    name: "size",
    missingText: "",
    format: { decimals: 0 },
    values: Float64Array.from(rows, (region) => 10 * region + random.integer(8)),
  },
  {
    kind: "text",
    name: "road",
    missingText: "",
    dictionary: ["a", "b"],
    codes: Int32Array.from(rows, () => random.integer(2)),
  },
]);

/** Presets whose generators have conditions, statistics, noise, controls. */
const settings = [
  ["model.generatorWidths", [8, 8]],
  ["model.criticWidths", [8, 8]],
  ["model.latent", 5],
  ["model.training.batchSize", 50],
  ["model.training.looks", 1],
] as const;
const known = [...settings, ["model.condition.columns", ["region"]]] as const;

describe.each([
  ["conditional", known],
  ["ctgan", settings],
  ["stylegan", settings],
] as const)("a model of preset %s", (preset, chosen) => {
  const fitted = fit(table, { preset, settings: chosen, maxSteps: 3, threads: 1, findConstraints: false });

  it("is the same after it was saved and loaded, and so are its rows", async () => {
    const bytes = serializeModel(await fitted);
    const loaded = deserializeModel(bytes);
    expect(serializeModel(loaded)).toEqual(bytes);
    expect(await sample(loaded, { rows: 50 })).toEqual(await sample(await fitted, { rows: 50 }));
  });

  it("is exported as a graph that computes what the program does, for any number of rows", async () => {
    const { generator } = await fitted;
    const networks = networksOf(generator);
    if (networks.kind !== "gan") return expect.unreachable();
    const spec = ganForwardSpec(networks.gan.networks);
    const [given, feeds]: [Record<string, Float32Array>, Record<string, Tensor>] = [{}, {}];
    for (const [name, { shape }] of Object.entries(spec.inputs)) {
      const sizes = [11, ...shape.slice(1)];
      given[name] = new Float32Array(sizes.reduce((size, length) => size * length));
      if (name === "z") random.fillNormal(given[name]);
      else random.fillUniform(given[name]);
      feeds[name] = new Tensor("float32", given[name], sizes);
    }
    const session = await InferenceSession.create(exportGenerator(generator));
    const { raw } = await session.run(feeds);
    const { outputs } = await runOn("cpu", spec, networks.gan.views, given, false);
    expect(raw!.dims).toEqual([11, networks.gan.networks.shape.width]);
    (raw!.data as Float32Array).forEach((value, i) => {
      expect(Math.abs(value - outputs.raw![i]!)).toBeLessThan(1e-4);
    });
    await session.release();
  });
});
