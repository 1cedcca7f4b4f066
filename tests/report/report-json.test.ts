import { describe, expect, it } from "vitest";
import { SynthError } from "../../src/core/errors.js";
import { reportSchema } from "../../src/evaluate/report-schema.js";
import { serializeReport } from "../../src/report/report-json.js";
import { HOSTILE_NAMES, makeReport } from "./fixture.js";

describe("serializeReport", () => {
  it("reads back as the same report, hostile names included", () => {
    for (const report of [makeReport(), makeReport({ holdout: false }), makeReport({ names: HOSTILE_NAMES })]) {
      expect(reportSchema.parse(JSON.parse(serializeReport(report)))).toEqual(report);
    }
  });

  it("writes the same bytes whatever order the keys came in", () => {
    const report = makeReport();
    const shuffled = Object.fromEntries(Object.entries(report).reverse()) as typeof report;
    shuffled.method = Object.fromEntries(Object.entries(report.method).reverse());
    shuffled.fidelity = Object.fromEntries(Object.entries(report.fidelity).reverse()) as typeof report.fidelity;
    expect(serializeReport(shuffled)).toBe(serializeReport(report));
  });

  it("starts with the version and ends with a line end", () => {
    const text = serializeReport(makeReport());
    expect(text.startsWith('{\n  "version": 2,\n  "tables"')).toBe(true);
    expect(text.endsWith("}\n")).toBe(true);
  });

  it("refuses a figure that is not a number and names its path", () => {
    const report = makeReport();
    report.privacy.dcrShare = { value: Number.NaN };
    expect(() => serializeReport(report)).toThrow(SynthError);
    expect(() => serializeReport(report)).toThrow(/privacy\.dcrShare\.value/);
  });

  it("refuses keys that the schema does not know", () => {
    const report = { ...makeReport(), extra: 1 };
    expect(() => serializeReport(report)).toThrow(/extra/);
  });
});
