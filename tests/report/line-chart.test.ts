import { describe, expect, it } from "vitest";
import { type LineChartData, lineChart, lineLegend } from "../../src/report/charts/line-chart.js";
import { makeUprightAxis } from "../../src/report/charts/upright-axis.js";

const chart = (data: Partial<LineChartData>) =>
  lineChart("losses", { axisName: "step", unit: "number", series: [], ...data }).text;
const line = (values: readonly number[], mark = 0) => ({
  name: "critic",
  mark,
  points: values.map((value, i) => ({ at: 100 * i, value })),
});
const pathOf = (text: string) => /<path class="line mark-0" d="([^"]*)"/.exec(text)?.[1];

describe("a chart of lines", () => {
  // The plot reaches from 50 to 390 to the right and from 178 up to 12; values get 5 % of room on either side.
  it("draws each point where it belongs", () => {
    // 10 and 30 and their room: 9 at the bottom, 31 at the top; 10 stands 1/22 of 166 above 178, 30 21/22.
    expect(pathOf(chart({ series: [line([10, 30, 20])] }))).toBe("M50 170.45L220 19.55L390 95");
  });

  it("leaves a gap where a value is no number, and marks a point that stands alone", () => {
    const text = chart({ series: [line([10, Number.NaN, 20, Number.POSITIVE_INFINITY, 30])] });
    expect(pathOf(text)).toBe("M50 170.45M220 95M390 19.55");
    expect(text.match(/class="hit"/g)).toHaveLength(3);
    expect(text).not.toMatch(/NaN|Infinity/);
  });

  it("says so where nothing was measured", () => {
    expect(chart({ series: [line([Number.NaN])] })).toBe('<p class="no-chart">Nothing was measured.</p>');
    expect(chart({})).toContain("Nothing was measured.");
  });

  it("has a logarithmic axis: decades are equally far apart, 0 stands at its lower end", () => {
    // From 0.01 to 100 in four decades of 41.5 units each.
    expect(pathOf(chart({ scale: "logarithmic", series: [line([0.01, 1, 100, 0])] }))).toBe(
      "M50 178L163.33 95L276.67 12L390 178",
    );
  });

  it("has an axis of one decade where all values are alike or 0", () => {
    const axis = (values: number[]) => makeUprightAxis(values, { unit: "number", scale: "logarithmic" }, [0, 1]);
    expect(axis([0, 0]).ticks.map(({ text }) => text)).toEqual(["0.1", "1"]);
    expect(axis([5]).ticks.map(({ text }) => text)).toEqual(["1", "10"]);
    expect(axis([5]).y(5)).toBeCloseTo(Math.log10(5));
    // Twelve decades at most are shown; what lies below stands at the lower end.
    expect(axis([1e-30, 1]).y(1e-30)).toBe(0);
    expect(axis([1e-30, 1]).y(1e-6)).toBeCloseTo(0.5);
  });

  it("has no room below 0 for what is never negative, and room for what is", () => {
    const low = (values: number[]) => makeUprightAxis(values, { unit: "number" }, [0, 1]).y(0);
    expect(low([0, 1])).toBe(0);
    expect(low([-1, 1])).toBeCloseTo(0.5);
    expect(makeUprightAxis([0.5, 0.5], { unit: "share" }, [0, 1]).y(0.5)).toBeCloseTo(0.5);
  });

  it("writes shares in percent", () => {
    const text = chart({ unit: "share", series: [line([0, 1])], include: [0, 1] });
    expect(text).toContain(">20\u00A0%</text>");
    expect(text).toContain("<title>critic, step 100: 100\u00A0%</title>");
  });

  it("marks steps; labels that would overlap stand one below the other, those outside are left out", () => {
    const marks = [
      { at: 110, label: "kept", title: "kept step 110", kind: "kept" },
      { at: 100, label: "1", title: "mode collapse", kind: "finding" },
      { at: 999, label: "2", title: "far", kind: "finding" },
    ] as const;
    const text = chart({ series: [line([1, 2, 3])], marks });
    expect(text).toContain(
      '<g class="line-mark finding"><title>mode collapse</title><path d="M220 15V178"/><text x="220" y="11" text-anchor="middle">1</text></g>',
    );
    expect(text).toContain('<path d="M237 30V178"/><text x="237" y="26" text-anchor="middle">kept</text>');
    expect(text).not.toContain("far");
  });

  it("shows at most 40 points of a line, the last one among them, and draws all", () => {
    const text = chart({ series: [line(Array.from({ length: 300 }, (_, i) => i))] });
    expect(text.match(/class="hit"/g)?.length).toBeLessThanOrEqual(40);
    expect(text).toContain("step 29,900: 299");
    expect(pathOf(text)?.match(/L/g)).toHaveLength(299);
  });

  it("escapes names and titles, and shows a reference dashed without marks", () => {
    const hostile = { ...line([1, 2]), name: "<img src=x>" };
    const text = chart({ series: [hostile, { ...line([2, 1], 1), isReference: true }] });
    expect(text).not.toContain("<img");
    expect(text).toContain('class="line reference mark-1"');
    expect(lineLegend([hostile]).text).toContain("&lt;img src=x&gt;");
  });

  it("has a name for those who do not see it", () => {
    expect(chart({ series: [line([1])] })).toMatch(/^<svg class="chart line-chart" .*role="img" aria-label="losses"/);
  });
});
