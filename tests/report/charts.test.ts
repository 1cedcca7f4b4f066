import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { categoryBars } from "../../src/report/charts/category-bars.js";
import { curvePath, quantileAt } from "../../src/report/charts/cumulative-curve.js";
import { contrast, paletteClass, paletteColours, paletteRules } from "../../src/report/charts/diverging-palette.js";
import { errorBar } from "../../src/report/charts/error-bar.js";
import { heatMap, heatMapGeometry, sizeClass } from "../../src/report/charts/heat-map.js";
import { axisTop, histogramChart, histogramGeometry, stepPath } from "../../src/report/charts/histogram.js";
import { axisPosition, fitDomain, intervalAxis } from "../../src/report/charts/interval-axis.js";
import { linearScale, niceTicks } from "../../src/report/charts/linear-scale.js";
import { missingBars } from "../../src/report/charts/missing-bars.js";
import { scoreBars } from "../../src/report/charts/score-bars.js";
import { largestGap, valueCurve } from "../../src/report/charts/value-curve.js";

describe("linearScale and niceTicks", () => {
  it("maps ends to ends and the middle to the middle", () => {
    const scale = linearScale([10, 20], [0, 200]);
    expect([10, 15, 20].map(scale)).toEqual([0, 100, 200]);
    expect(linearScale([3, 3], [0, 10])(3)).toBe(5);
  });

  it("chooses round ticks", () => {
    expect(niceTicks(0, 100, 5)).toEqual([0, 20, 40, 60, 80, 100]);
    expect(niceTicks(17, 89, 5)).toEqual([20, 40, 60, 80]);
    expect(niceTicks(0, 0.18, 5)).toEqual([0, 0.05, 0.1, 0.15]);
  });

  it("keeps ticks inside and evenly spaced, whatever the range", () => {
    const range = fc.tuple(
      fc.double({ min: -1e9, max: 1e9, noNaN: true }),
      fc.double({ min: 1e-3, max: 1e9, noNaN: true }),
    );
    fc.assert(
      fc.property(range, ([offset, width]) => {
        const low = offset * Math.min(1, width);
        const ticks = niceTicks(low, low + width, 5);
        const slack = width * 1e-6;
        expect(ticks.length).toBeGreaterThanOrEqual(2);
        expect(ticks.length).toBeLessThanOrEqual(9);
        expect(ticks.every((tick) => tick >= low - slack && tick <= low + width + slack)).toBe(true);
      }),
    );
  });
});

describe("histogramChart", () => {
  it("outlines steps from the base line and back", () => {
    expect(stepPath([0, 10, 20, 30], [5, 2, 8], 10)).toBe("M0 10V5H10V2H20V8H30V10");
    expect(stepPath([0], [], 10)).toBe("");
  });

  it("places equally wide bins evenly and draws their shares", () => {
    const geometry = histogramGeometry(["0", "5", "10"]);
    expect(geometry.positions).toEqual([0, 0.5, 1]);
    expect(geometry.density).toBe(false);
    expect(geometry.height(0.3, 0)).toBe(0.3);
  });

  it("draws densities where widths differ, so that area stays share", () => {
    const geometry = histogramGeometry(["0", "1", "4"]);
    expect(geometry.positions).toEqual([0, 0.25, 1]);
    expect(geometry.density).toBe(true);
    const areas = [0.4, 0.6].map((share, bin) => geometry.height(share, bin) * [0.25, 0.75][bin]!);
    expect(areas[1]! / areas[0]!).toBeCloseTo(1.5, 12);
  });

  it("gives dates and other texts bins of equal width", () => {
    expect(histogramGeometry(["2020-01-01", "2020-06-01", "2021-01-01"]).positions).toEqual([0, 0.5, 1]);
    expect(histogramGeometry(["", "1", "2"]).numbers).toBeUndefined();
  });

  it("cuts the axis above the others when one bin dwarfs them, and says so", () => {
    expect(axisTop([[0.9, 0.06, 0.04]])).toEqual({ value: 0.06 * 1.7, cutBin: 0 });
    expect(axisTop([[0.4, 0.35, 0.25]])).toEqual({ value: 0.4 * 1.04 });
    expect(axisTop([[1, 0]])).toEqual({ value: 1.04 });
    const edges = ["0", "1", "2", "3"];
    const cut = histogramChart("x", { edges, real: [0.9, 0.06, 0.04], synthetic: [0.88, 0.07, 0.05] }).text;
    expect(cut).toContain("axis cut: real 90.0\u00A0%, synthetic 88.0\u00A0%");
    const middle = {
      edges: ["0", "1", "2", "3", "4", "5"],
      real: [0.04, 0.04, 0.84, 0.04, 0.04],
      synthetic: [0.04, 0.04, 0.84, 0.04, 0.04],
    };
    expect(histogramChart("x", middle).text).toContain("axis cut: 84.0\u00A0% → 84.0\u00A0%");
    expect(histogramChart("x", { edges, real: [0.4, 0.3, 0.3], synthetic: [0.4, 0.3, 0.3] }).text).not.toContain(
      "axis cut",
    );
  });

  it("writes no tick over another, whatever the range", () => {
    const range = fc.tuple(fc.integer({ min: -10_000_000, max: 10_000_000 }), fc.integer({ min: 1, max: 10_000_000 }));
    fc.assert(
      fc.property(range, ([low, width]) => {
        const edges = [String(low), String(low + width)];
        const chart = histogramChart("x", { edges, real: [1], synthetic: [1] }).text;
        const texts = [...chart.matchAll(/<text x="([\d.]+)" y="157" text-anchor="(\w+)">([^<]+)</g)];
        const spans = texts.map(([, x, anchor, text]) => {
          const half = (text!.length * 5.6) / 2;
          const middle = anchor === "middle" ? Number(x) : Number(x) + (anchor === "start" ? half : -half);
          return [middle - half, middle + half] as const;
        });
        expect(spans.length).toBeGreaterThan(0);
        expect(spans.every(([start], i) => i === 0 || start > spans[i - 1]![1])).toBe(true);
      }),
    );
  });

  it("says where its bins are cut, for the script's tooltips out of the card's table", () => {
    const chart = histogramChart("x", { edges: ["17", "20", "23"], real: [0.25, 0.75], synthetic: [0.3, 0.7] }).text;
    expect(chart).toContain('data-axis="x" data-cuts="6 170 334"');
  });
});

describe("categoryBars", () => {
  it("makes the longest bar the whole width and others in proportion", () => {
    const chart = categoryBars("x", { labels: ["a", "b"], real: [0.8, 0.2], synthetic: [0.4, 0.6] }, 8).text;
    const widths = [...chart.matchAll(/class="(?:real|synthetic)-bar" x="112" y="[\d.]+" width="([\d.]+)"/g)].map((m) =>
      Number(m[1]),
    );
    expect(widths).toEqual([146, 73, 36.5, 109.5]);
  });

  it("draws at most the rows asked for, and says where they are cut", () => {
    const labels = ["a very long category's name indeed", "b", "c"];
    const shares = [0.5, 0.3, 0.2];
    const chart = categoryBars("x", { labels, real: shares, synthetic: shares, holdout: shares }, 2).text;
    expect(chart.match(/class="name"/g)).toHaveLength(2);
    expect(chart).toContain('data-axis="y" data-cuts="2 34 66"');
    expect(chart).toContain(">a very long cate…</text>");
  });
});

describe("valueCurve", () => {
  const data = { labels: ["0", "5", "10"], at: [0, 5, 10], real: [0.1, 0.5, 1], synthetic: [0.1, 0.3, 1] };

  it("finds and writes the largest gap between the curves", () => {
    expect(largestGap(data)).toEqual({ point: 1, gap: 0.2 });
    expect(largestGap({ ...data, synthetic: data.real })).toBeUndefined();
    const chart = valueCurve("x", data).text;
    expect(chart).toContain("largest gap 20.0\u00A0%");
    expect(chart).toContain('class="synthetic-line" d="M42 152.4L216 121.2L390 12"');
  });

  it("writes round numbers on its axis, of dates the first, a middle and the last one", () => {
    const ticks = (chart: string) =>
      [...chart.matchAll(/y="185" text-anchor="\w+">([^<]+)</g)].map((match) => match[1]);
    expect(ticks(valueCurve("x", data).text)).toEqual(["0", "2", "4", "6", "8", "10"]);
    const labels = ["2020-01-01", "2020-06-01", "2021-01-01"];
    expect(ticks(valueCurve("x", { ...data, labels, at: labels.map(Date.parse) }).text)).toEqual(labels);
  });
});

describe("missingBars and errorBar", () => {
  it("draw in proportion to a scale that ends at a round share", () => {
    const chart = missingBars("x", 0.05, 0.025).text;
    expect([...chart.matchAll(/-bar" x="78" y="\d+" width="([\d.]+)"/g)].map((match) => match[1])).toEqual([
      "252",
      "126",
    ]);
    expect(chart).toContain(">5\u00A0%</text>");
    const bar = errorBar(0.05, 0.025, 0.1).text;
    expect(bar).toContain('width="58"');
    expect(bar).toContain('class="mark" d="M30 0v14"');
  });
});

describe("heatMap", () => {
  it("puts cells of equal size under the diagonal, one path a colour and shape, values in them", () => {
    const names = ["a", "b", "c"];
    const cells = [
      { row: 1, column: 0, value: 1, text: "1", shape: "square" as const },
      { row: 2, column: 0, value: -0.5, text: "−.50", shape: "round" as const },
      { row: 2, column: 1, value: null, text: "", shape: "rounded" as const },
    ];
    const map = heatMap("associations", { names, cells, limit: 1 }).text;
    expect(heatMapGeometry(names).pitch).toBe(40);
    expect([...map.matchAll(/<path class="([^"]+)"[^>]* d="([^"]+)"/g)].map((m) => m.slice(1))).toEqual([
      ["p10 square", "M0 40h38.5v38.5h-38.5z"],
      ["n5 round", "M19.3 99.3h0"],
      ["na square", "M40 80h38.5v38.5h-38.5z"],
    ]);
    expect(map).toContain('class="n5 round" stroke-width="38.5"');
    expect(map).toContain('<text class="on n5" x="19.25" y="102.75">−.50</text>');
    expect(map).toContain('aria-label="associations" data-pitch="40"');
  });

  it("keeps every cell and every name inside the drawing, up to 50 columns", () => {
    for (const count of [2, 14, 15, 24, 25, 50]) {
      const names = Array.from({ length: count }, (_, i) => `a rather long column name ${i}`);
      const { pitch, width, height } = heatMapGeometry(names);
      const map = heatMap("x", { names, cells: [], limit: 1 }).text;
      const texts = [...map.matchAll(/<text x="([\d.]+)"[^>]*>([^<]+)</g)];
      const ends = texts.map(([, x, shown]) => Number(x) + shown!.length * 11 * 0.58);
      expect(texts).toHaveLength(count);
      expect(Math.max(...ends)).toBeLessThanOrEqual(width);
      expect(count * pitch).toBeLessThanOrEqual(Math.min(width, height));
      expect(pitch).toBeGreaterThan(10);
    }
    expect([14, 24, 50].map(sizeClass)).toEqual(["small", "medium", "large"]);
  });
});

describe("paletteClass", () => {
  it("is symmetric, ends at the limit and never leaves the palette", () => {
    expect([-1, -0.52, -0.04, 0, 0.04, 0.52, 1].map((value) => paletteClass(value, 1))).toEqual([
      "n10",
      "n5",
      "z0",
      "z0",
      "z0",
      "p5",
      "p10",
    ]);
    expect(paletteClass(0.3, 0.2)).toBe("p10");
    expect(paletteClass(null, 1)).toBe("na");
    expect(paletteClass(Number.NaN, 1)).toBe("na");
  });

  it("has a rule for every class, for light and dark, with text that can be read on it", () => {
    const rules = paletteRules();
    for (let i = -10; i <= 10; i++) {
      expect(rules).toMatch(
        new RegExp(`\\.${paletteClass(i / 10, 1)}\\{--c:light-dark\\(#[0-9a-f]{6},#[0-9a-f]{6}\\)`),
      );
    }
    const pairs = paletteColours().flatMap(({ light, dark }) => [light, dark]);
    expect(Math.min(...pairs.map(([ground, text]) => contrast(ground, text)))).toBeGreaterThan(4.5);
    expect(contrast("#000000", "#ffffff")).toBe(21);
  });
});

describe("intervalAxis", () => {
  it("places values in proportion and holds those outside at the ends", () => {
    const x = axisPosition([0.4, 0.6], 300);
    expect([0.4, 0.5, 0.6, 0.1, 0.9].map((value) => Math.round(x(value)))).toEqual([6, 150, 294, 6, 294]);
  });

  it("draws value, interval and marks", () => {
    const axis = intervalAxis("share", {
      domain: [0.4, 0.6],
      value: 0.55,
      low: 0.5,
      high: 0.6,
      marks: [{ at: 0.5, label: "no copying" }],
      ends: ["40\u00A0%", "60\u00A0%"],
      tooltip: "55\u00A0%",
    }).text;
    expect(axis).toContain('class="interval" d="M150 24H294"');
    expect(axis).toContain('class="dot" cx="222" cy="24"');
    expect(axis).toContain('class="mark" d="M150 15v18"');
    expect(axis).toContain("<title>55\u00A0%</title>");
  });

  it("takes the smallest domain that holds everything", () => {
    const domains = [
      [0.4, 0.6],
      [0.3, 0.7],
      [0, 1],
    ] as const;
    expect(fitDomain(domains, [0.5, 0.59])).toEqual([0.4, 0.6]);
    expect(fitDomain(domains, [0.5, undefined, 0.65])).toEqual([0.3, 0.7]);
    expect(fitDomain(domains, [1.5])).toEqual([0, 1]);
  });
});

describe("cumulative curve", () => {
  it("goes through (quantile, probability) and stops at the axis' end", () => {
    const same = (value: number) => value;
    expect(curvePath([0, 1, 4], 10, same, same)).toBe("M0 0L1 0.5L4 1");
    expect(curvePath([0, 1, 40], 10, same, same)).toBe("M0 0L1 0.5");
  });

  it("interpolates quantiles", () => {
    expect(quantileAt([0, 10, 20], 0.25)).toBe(5);
    expect(quantileAt([], 0.5)).toBe(0);
  });
});

describe("scoreBars", () => {
  it("draws an unavailable figure as words, not as a bar of length 0", () => {
    const bars = scoreBars("utility", [{ name: "synthetic", kind: "synthetic", text: "no target" }], [0, 1]).text;
    expect(bars).toContain("no target");
    expect(bars).not.toContain("synthetic-bar");
  });
});
