import { describe, expect, it } from "vitest";
import { listFigures, pathOf } from "../../src/report/list-figures.js";
import { makeReport } from "./fixture.js";

describe("listFigures", () => {
  const report = makeReport();
  const figures = listFigures(report);
  const at = (path: string) => figures.find(({ ways }) => ways.some((way) => way.join(".") === path))?.figure;

  it("finds figures by their path, elements of lists by name, a column by its score", () => {
    expect(at("fidelity.overall")).toBe(report.fidelity.overall);
    expect(at("fidelity.columns:age.score")).toBe(report.fidelity.columns[0]!.score);
    expect(at("fidelity.columns:age")).toBe(report.fidelity.columns[0]!.score);
    expect(at("privacy.inference.variants:age.risk")).toBe(report.privacy.inference.variants![0]!.risk);
  });

  it("finds groups of rows by their kind or their category, and a second guess of a column by what is known", () => {
    expect(at("privacy.groups:outliers.dcrShare")).toBe(report.privacy.groups![0]!.dcrShare);
    expect(at("privacy.groups:age=Other.membership")).toBe(report.privacy.groups![2]!.membership);
    const second = report.privacy.inference.variants!.findLast(({ name }) => name === "income")!;
    expect(at("privacy.inference.variants:income by age,workclass,education.risk")).toBe(second.risk);
  });

  it("finds a pair by its columns in either order", () => {
    const { score } = report.fidelity.pairs[0]!;
    expect(at("fidelity.pairs:age,workclass")).toBe(score);
    expect(at("fidelity.pairs:workclass,age")).toBe(score);
  });

  it("counts plain numbers as figures, but neither the version nor settings", () => {
    expect(at("tables.synthetic.rows")).toEqual({ value: 32561 });
    expect(at("fidelity.columns:age.missing.real")?.value).toBeTypeOf("number");
    expect(figures.map(pathOf).filter((path) => /^(version|method)/.test(path))).toEqual([]);
  });

  it("has unavailable figures with their reason", () => {
    const without = listFigures(makeReport({ holdout: false }));
    const share = without.find((figure) => pathOf(figure) === "privacy.dcrShare");
    expect(share?.figure).toEqual({ status: "unavailable", reason: "no held-out rows were given" });
  });

  it("gives each figure a path of its own", () => {
    const paths = figures.map(pathOf);
    expect(new Set(paths).size).toBe(paths.length);
  });
});
