import { strToU8, unzipSync, zipSync } from "fflate";
import { beforeAll, describe, expect, it } from "vitest";
import { deserializeModel } from "../../src/artifact/load-model.js";
import { type Manifest, manifestSchema } from "../../src/artifact/manifest.js";
import type { SynthModel } from "../../src/artifact/model.js";
import { serializeModel } from "../../src/artifact/save-model.js";
import { makeRandom } from "../../src/core/random.js";
import { fit } from "../../src/facade/fit.js";
import { sample } from "../../src/facade/sample.js";
import type { TrainingLog } from "../../src/gan/trained-generator.js";
import { inferSchema } from "../../src/schema/infer-schema.js";
import type { Column } from "../../src/table/column.js";
import { makeTable, type Table } from "../../src/table/table.js";

const ROWS = 600;
const MARKERS = 200;
const random = makeRandom(2026).fork("markers");

/** A text that stands nowhere else: 12 random letters. */
function markerText(): string {
  return Array.from({ length: 12 }, () => String.fromCharCode(97 + random.integer(26))).join("");
}

function textColumn(name: string, values: readonly string[]): Column {
  const dictionary = [...new Set(values)];
  const index = new Map(dictionary.map((value, code) => [value, code]));
  return { kind: "text", name, missingText: "", dictionary, codes: Int32Array.from(values, (v) => index.get(v)!) };
}

function numberColumn(name: string, decimals: number, values: readonly number[]): Column {
  return { kind: "number", name, missingText: "", format: { decimals }, values: Float64Array.from(values) };
}

const rows = Array.from({ length: ROWS }, (_, row) => row);
const identifiers = rows.map(() => `K${markerText()}`);
const categories = rows.map((row) => (row < MARKERS ? markerText() : ["north", "south", "east"][row % 3]!));
const decimals = rows.map(() => Math.round(random.uniform() * 9e9) / 1e4 + 1e5);
const integers = rows.map(() => 1e8 + random.integer(9e8));
const dates = rows.map(() => Date.UTC(1950, 0, 1) + 1000 * random.integer(2e9));
/** Mostly one value, the markers beside it: the encoding of spikes. */
const spiked = rows.map((row) => (row < MARKERS ? 5e6 + random.integer(4e6) : 7));

const table: Table = makeTable([
  textColumn("key", identifiers),
  textColumn("rare", categories),
  numberColumn("decimal", 4, decimals),
  numberColumn("integer", 0, integers),
  { kind: "date", name: "date", missingText: "", format: "YYYY-MM-DDTHH:mm:ss", values: Float64Array.from(dates) },
  numberColumn("spiked", 0, spiked),
]);

/** Where in the unpacked model a value's bytes stand: as text, as float64 or as float32. */
function findBytes(haystack: Buffer, value: string | number): string[] {
  const found = haystack.includes(Buffer.from(String(value))) ? [`text ${value}`] : [];
  if (typeof value === "string") return found;
  const double = Buffer.alloc(8);
  double.writeDoubleLE(value);
  const single = Buffer.alloc(4);
  single.writeFloatLE(value);
  if (haystack.includes(double)) found.push(`float64 ${value}`);
  if (haystack.includes(single)) found.push(`float32 ${value}`);
  return found;
}

function unpack(bytes: Uint8Array): Buffer {
  return Buffer.concat(Object.values(unzipSync(bytes)));
}

/** Asked to be a category, which a column of so many rare values is not taken for by itself. */
const schema = inferSchema(table, { overrides: { rare: "category" } });

const tiny = {
  schema,
  engine: "cpu",
  maxSteps: 2,
  settings: [
    ["model.network.width", 8],
    ["model.network.blocks", 1],
  ],
} as const;

describe.each(["quantile-bins", "mode-specific"])(
  "a model of 200 planted markers a column, numbers as %s",
  (numbers) => {
    let model: SynthModel;
    let haystack: Buffer;

    beforeAll(async () => {
      const preset =
        numbers === "quantile-bins"
          ? { ...tiny, settings: [...tiny.settings, ["model.adversarial.enabled", false]] as const }
          : {
              ...tiny,
              preset: "ctgan",
              settings: [
                ["model.generatorWidths", [8]],
                ["model.criticWidths", [8]],
              ] as const,
            };
      model = await fit(table, preset);
      haystack = unpack(serializeModel(model));
    });

    it("finds what does stand in the file", () => {
      expect(findBytes(haystack, "north")).toEqual(["text north"]);
      const weight = Object.values(model.generator.weights)
        .flatMap(({ data }) => [...data])
        .find((value) => value !== 0)!;
      expect(findBytes(haystack, weight)).toContain(`float32 ${weight}`);
    });

    it.each([
      ["identifiers", identifiers],
      ["rare categories", categories.slice(0, MARKERS)],
      ["decimals", decimals],
      ["integers", integers],
      ["dates, as milliseconds", dates],
      ["dates, as written", dates.map((date) => new Date(date).toISOString().slice(0, 19))],
      ["dates, in seconds", dates.map((date) => date / 1000)],
      ["rare numbers beside a spike", spiked.slice(0, MARKERS)],
    ])("holds none of the %s", (_, values: readonly (string | number)[]) => {
      expect(values.length).toBeGreaterThanOrEqual(MARKERS);
      expect(values.flatMap((value) => findBytes(haystack, value))).toEqual([]);
    });

    it("samples none of the identifiers and rare categories", async () => {
      const drawn = await sample(model, { rows: 200, engine: "cpu" });
      const texts = new Set(drawn.columns.flatMap((column) => ("dictionary" in column ? [...column.dictionary] : [])));
      expect([...identifiers, ...categories.slice(0, MARKERS)].filter((text) => texts.has(text))).toEqual([]);
    });
  },
);

describe("a model of numbers that follow each other", () => {
  it("has copy levels, and samples the same rows after loading, none missing", async () => {
    const source = makeRandom(5);
    const bills = rows.map(() => 100 + source.integer(90_000));
    const payments = bills.map((bill) => (source.uniform() < 0.4 ? bill : source.integer(90_000)));
    const related = makeTable([numberColumn("bill", 0, bills), numberColumn("payment", 0, payments)]);
    const model = await fit(related, { ...tiny, schema: undefined });
    const loaded = deserializeModel(serializeModel(model));
    expect(loaded.generator.fields.some((field) => field.kind === "discrete" && field.copies !== undefined)).toBe(true);
    expect(loaded.generator.fields).toEqual(model.generator.fields);
    const drawn = await sample(loaded, { rows: 2000, seed: 3 });
    expect(drawn).toEqual(await sample(model, { rows: 2000, seed: 3 }));
    for (const column of drawn.columns) {
      if (column.kind === "number") expect(column.values.some(Number.isNaN)).toBe(false);
    }
  });
});

describe("model file", () => {
  let model: SynthModel;
  let bytes: Uint8Array;

  beforeAll(async () => {
    model = await fit(table, { ...tiny, settings: [...tiny.settings, ["model.adversarial.enabled", false]] });
    bytes = serializeModel(model);
  });

  const read = () => unzipSync(bytes);
  const manifest = (): Manifest => JSON.parse(new TextDecoder().decode(read()["manifest.json"]));
  const withManifest = (changed: object) =>
    zipSync({ ...read(), "manifest.json": strToU8(JSON.stringify({ ...manifest(), ...changed })) });

  it("loads to the model that was saved", () => {
    const loaded = deserializeModel(bytes);
    expect(loaded).toEqual(model);
    expect(serializeModel(loaded)).toEqual(bytes);
  });

  it("samples the same rows after loading as before saving", async () => {
    const before = await sample(model, { rows: 20, engine: "cpu" });
    expect(await sample(deserializeModel(bytes), { rows: 20, engine: "cpu" })).toEqual(before);
  });

  it("has a manifest that fits its schema, without a clock time", () => {
    expect(manifestSchema.parse(manifest())).toEqual(manifest());
    expect(JSON.stringify(manifest())).not.toContain(String(new Date().getUTCFullYear()));
  });

  it("keeps measures that are not finite as null and reads them as NaN", () => {
    const entries = [{ phase: "completion", step: 1, loss: Number.NaN }];
    const odd = { ...model, generator: { ...model.generator, log: { entries, notes: [] } } };
    const loaded = deserializeModel(serializeModel(odd));
    expect(loaded.generator.log.entries).toEqual(entries);
  });

  it("keeps how phases ended, findings and overlays; evidence that is no number is left out", () => {
    const finding = { failure: "non-convergence", phase: "gan", step: 9, message: "m", answer: "a" } as const;
    const log: TrainingLog = {
      entries: [],
      notes: ["n"],
      ends: [
        { phase: "gan", steps: 9, budget: 10, because: "answer", kept: 5 },
        { phase: "x", steps: 1, budget: 1, because: "time" },
      ],
      findings: [{ ...finding, evidence: { coverage: 0.5, criticLoss: Number.NaN } }],
      overlays: [{ field: "f", phase: "gan", real: [1, 0], looks: [{ step: 5, shares: [0.5, 0.5] }] }],
      diverged: { phase: "completion", step: 9 },
    };
    const loaded = deserializeModel(serializeModel({ ...model, generator: { ...model.generator, log } }));
    expect(loaded.generator.log).toEqual({ ...log, findings: [{ ...finding, evidence: { coverage: 0.5 } }] });
  });

  const code = (name: string) => expect.objectContaining({ code: name, kind: "file" });

  it("refuses a missing, cut or exchanged part", () => {
    const { "generator.onnx": onnx, ...without } = read();
    expect(() => deserializeModel(zipSync(without))).toThrow(code("E_FILE_MODEL_TRUNCATED"));
    const cut = { ...read(), "generator.onnx": onnx!.subarray(1) };
    expect(() => deserializeModel(zipSync(cut))).toThrow(code("E_FILE_MODEL_TRUNCATED"));
    const weights = Uint8Array.from(read()["weights.safetensors"]!);
    weights[weights.length - 1]! ^= 1;
    const exchanged = { ...read(), "weights.safetensors": weights };
    expect(() => deserializeModel(zipSync(exchanged))).toThrow(code("E_FILE_MODEL_TRUNCATED"));
  });

  it("refuses other formats, newer versions and manifests that do not fit", () => {
    expect(() => deserializeModel(withManifest({ format: "other" }))).toThrow(code("E_FILE_MODEL_FOREIGN"));
    expect(() => deserializeModel(withManifest({ version: 2 }))).toThrow(code("E_FILE_MODEL_NEWER"));
    expect(() => deserializeModel(withManifest({ seed: "1" }))).toThrow(code("E_FILE_MODEL_MANIFEST"));
    expect(() => deserializeModel(withManifest({ rows: [] }))).toThrow(code("E_FILE_MODEL_MANIFEST"));
    expect(() => deserializeModel(zipSync({ "manifest.json": strToU8("{") }))).toThrow(code("E_FILE_MODEL_FOREIGN"));
  });
});
