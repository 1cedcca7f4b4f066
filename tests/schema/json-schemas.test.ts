import { readdirSync, readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import { beforeAll, describe, expect, it } from "vitest";
import type { z } from "zod";
import { makeRandom } from "../../src/core/random.js";
import { fitTableEncoding } from "../../src/encode/table-encoding.js";
import { compareReports } from "../../src/evaluate/compare-reports.js";
import { evaluate } from "../../src/facade/evaluate.js";
import { PRESETS } from "../../src/gan/presets.js";
import { serializeReport } from "../../src/report/report-json.js";
import { inferSchema } from "../../src/schema/infer-schema.js";
import { jsonSchemas } from "../../src/schema/json-schemas.js";
import { makeTable } from "../../src/table/table.js";
import { numberColumn, textColumn } from "../encode/columns.js";
import { makeReport } from "../report/fixture.js";
import { makeReportGuarantee } from "../report/fixture-guarantee.js";

interface SchemaFile {
  readonly fileName: string;
  readonly title: string;
  readonly module: string;
  readonly name: string;
  readonly open?: boolean;
  readonly written?: boolean;
}

const files: readonly SchemaFile[] = JSON.parse(
  readFileSync(new URL("../../bench/schema-files.json", import.meta.url), "utf8"),
);
const folder = new URL("../../schemas/", import.meta.url);
let emitted: Record<string, object>;

beforeAll(async () => {
  const named = await Promise.all(
    files.map(async ({ fileName, title, module, name, open, written }) => {
      const exported = (await import(
        /* @vite-ignore */ new URL(`../../src/${module}.ts`, import.meta.url).href
      )) as Record<string, z.ZodType>;
      return { fileName, title, schema: exported[name]!, open, written };
    }),
  );
  emitted = jsonSchemas(named);
});

const table = makeTable([
  textColumn("job", ["clerk", "clerk", "cook", "cook", null, "clerk", "cook", "clerk", "cook", "clerk"]),
  numberColumn("age", [20, 30, 20, 30, 20, 30, 20, 30, 20, 30]),
]);

function validatorOf(fileName: string) {
  return new Ajv2020({ strict: true, strictTuples: false, allowUnionTypes: true }).compile(emitted[fileName]!);
}

describe("schemas/*.json", () => {
  it("are what the zod schemas give now (else: npm run build && node bench/emit-schemas.mjs)", () => {
    const written = readdirSync(folder).filter((name) => name.endsWith(".json"));
    expect(written.sort()).toEqual(Object.keys(emitted).sort());
    for (const fileName of written) {
      expect(JSON.parse(readFileSync(new URL(fileName, folder), "utf8")), fileName).toEqual(
        JSON.parse(JSON.stringify(emitted[fileName])),
      );
    }
  });

  it("are valid JSON Schemas of draft 2020-12 that name themselves", () => {
    for (const { fileName, title } of files) {
      expect(emitted[fileName]).toMatchObject({
        $schema: "https://json-schema.org/draft/2020-12/schema",
        $id: fileName,
        title,
      });
      expect(() => validatorOf(fileName), fileName).not.toThrow();
    }
  });

  it("accept an inferred table schema, and refuse it with an unknown type, key or version", () => {
    const validate = validatorOf("table-schema.schema.json");
    const schema = inferSchema(table);
    expect(validate(schema), JSON.stringify(validate.errors)).toBe(true);
    expect(validate({ ...schema, version: 2 })).toBe(false);
    expect(validate({ ...schema, extra: 1 })).toBe(false);
    expect(validate({ ...schema, columns: [{ ...schema.columns[0], type: "categorical" }] })).toBe(false);
    expect(validate({ ...schema, columns: [{ ...schema.columns[0], missingShare: 1.5 }] })).toBe(false);
  });

  it("accept every preset as a configuration, and refuse a batch size of 0", () => {
    const validate = validatorOf("config.schema.json");
    for (const preset of Object.values(PRESETS)) {
      expect(validate(preset), JSON.stringify(validate.errors)).toBe(true);
      expect(validate({ ...preset, encoding: { ...preset.encoding, bins: 0 } })).toBe(false);
    }
  });

  it("accept a table encoding, and refuse one of an unknown kind", () => {
    const validate = validatorOf("table-encoding.schema.json");
    const encoding = fitTableEncoding(table, inferSchema(table), PRESETS.balanced.encoding, makeRandom(1));
    expect(validate(encoding), JSON.stringify(validate.errors)).toBe(true);
    expect(validate({ version: 1, columns: [{ kind: "pickle", name: "job" }] })).toBe(false);
  });

  it("accept the reports of an audit and their comparison, with keys that a later version may add", async () => {
    const rows = await evaluate({ train: table, synthetic: table, holdout: table });
    const rich = makeReport();
    const validate = validatorOf("report.schema.json");
    const promised = { ...rich, guarantee: makeReportGuarantee() };
    for (const report of [rows, rich, makeReport({ holdout: false }), promised]) {
      expect(validate(JSON.parse(serializeReport(report))), JSON.stringify(validate.errors)).toBe(true);
    }
    const later = JSON.parse(serializeReport(rich));
    later.fidelity.novelty = { value: 0.5 };
    later.fidelity.overall.method = "new";
    expect(validate(later)).toBe(true);
    const compared = validatorOf("comparison.schema.json");
    const tables = [rows, rich].map((report, at) => ({ name: `${at}`, reports: [report] }));
    expect(compared({ ...compareReports(tables), later: 1 }), JSON.stringify(compared.errors)).toBe(true);
  });

  it("refuse a report without figures, of another version, and a figure that is no number", () => {
    const validate = validatorOf("report.schema.json");
    const report = makeReport();
    expect(validate({ version: 2 })).toBe(false);
    expect(validate({ ...report, version: 1 })).toBe(false);
    expect(validate({ ...report, fidelity: { ...report.fidelity, overall: { value: "0.9" } } })).toBe(false);
  });
});
