import { formatPercent, formatTicks, labelUnits, truncateLabel } from "../format.js";
import { type Html, html } from "../html.js";
import { coordinate, linearScale, niceTicks } from "./linear-scale.js";
import { svg } from "./svg.js";

/** Shares of the values in each bin; `edges` as written, one more than bins. */
export interface HistogramData {
  readonly edges: readonly string[];
  readonly real: readonly number[];
  readonly synthetic: readonly number[];
  readonly holdout?: readonly number[];
}

/** Where the bars of a histogram stand: positions of the edges in 0..1 and heights, per unit width where widths differ. */
export interface HistogramGeometry {
  /** [bins + 1], 0..1. */
  readonly positions: readonly number[];
  /** Turns a bin's share into the height drawn: the share itself (equal widths) or the density. */
  readonly height: (share: number, bin: number) => number;
  readonly density: boolean;
  /** The edges' numbers, where all of them are numbers in ascending order. */
  readonly numbers: readonly number[] | undefined;
}

const WIDTH = 340;
const PLOT = { left: 6, right: 334, top: 14, bottom: 140 } as const;
const HEIGHT = 162;
/** Width of an average letter in the labels. */
const TICK_UNIT = 6;
/** The same in running text. */
const NOTE_UNIT = 5.5;

/** Stepped overlay of the real (filled), synthetic (line) and held-out (dashed) distribution over the same bins. */
export function histogramChart(label: string, data: HistogramData): Html {
  const geometry = histogramGeometry(data.edges);
  const heights = seriesOf(data).map((series) => series.map(geometry.height));
  const top = axisTop(heights);
  const x = linearScale([0, 1], [PLOT.left, PLOT.right]);
  const y = linearScale([0, top.value], [PLOT.bottom, PLOT.top]);
  const edges = geometry.positions.map(x);
  const path = (series: readonly number[]) =>
    stepPath(
      edges,
      series.map((h) => y(Math.min(h, top.value))),
      PLOT.bottom,
    );
  const [real, synthetic, holdout] = heights as [number[], number[], number[] | undefined];
  const body = [
    html`<path class="real-area" d="${path(real)}"/>`,
    holdout !== undefined && html`<path class="holdout-line" d="${path(holdout)}"/>`,
    html`<path class="synthetic-line" d="${path(synthetic)}"/>`,
    html`<path class="axis" d="M${PLOT.left} ${PLOT.bottom}H${PLOT.right}"/>`,
    axisLabels(geometry, data.edges, x),
    top.cutBin === undefined ? undefined : cutNote(data, top.cutBin, edges),
  ];
  const cuts = edges.map((edge) => Math.round(edge)).join(" ");
  return svg(WIDTH, HEIGHT, label, "histogram", body, html` data-axis="x" data-cuts="${cuts}"`);
}

/** Edges that are ascending numbers keep their distances; others (dates as written) get bins of equal width. */
export function histogramGeometry(labels: readonly string[]): HistogramGeometry {
  const numbers = labels.map((label) => (label.trim() === "" ? Number.NaN : Number(label)));
  const ascending = numbers.every((value, i) => Number.isFinite(value) && (i === 0 || value > numbers[i - 1]!));
  const bins = labels.length - 1;
  if (!ascending || bins < 1) {
    const positions = labels.map((_, i) => (bins < 1 ? 0 : i / bins));
    return { positions, height: (share) => share, density: false, numbers: undefined };
  }
  const scale = linearScale([numbers[0]!, numbers[bins]!], [0, 1]);
  const positions = numbers.map(scale);
  const widths = positions.slice(1).map((position, i) => position - positions[i]!);
  // Edges are written rounded (integers, say), so widths that differ by little are equal ones.
  const density = Math.max(...widths) > 1.6 * Math.min(...widths);
  return { positions, height: (share, bin) => (density ? share / (widths[bin]! * bins) : share), density, numbers };
}

/** The outline of a stepped histogram from the base line and back: `heights[i]` (already in y) over edges i to i + 1. */
export function stepPath(edges: readonly number[], heights: readonly number[], base: number): string {
  if (heights.length === 0) return "";
  const steps = heights.map((height, i) => `V${coordinate(height)}H${coordinate(edges[i + 1]!)}`);
  return `M${coordinate(edges[0]!)} ${coordinate(base)}${steps.join("")}V${coordinate(base)}`;
}

/**
 * The axis' upper end. Where one bin holds most rows and dwarfs all others (more than four times the next), the axis is cut
 * above the others so that they can be seen; `cutBin` then says so, and the chart writes that bin's shares.
 */
export function axisTop(series: readonly (readonly number[])[]): { value: number; cutBin?: number } {
  const bins = series[0]?.length ?? 0;
  const peaks = Array.from({ length: bins }, (_, bin) => Math.max(0, ...series.map((heights) => heights[bin] ?? 0)));
  const highest = Math.max(0, ...peaks);
  const cutBin = peaks.indexOf(highest);
  const next = Math.max(0, ...peaks.filter((_, bin) => bin !== cutBin));
  if (next > 0 && highest > 4 * next) return { value: next * 1.7, cutBin };
  return { value: highest === 0 ? 1 : highest * 1.04 };
}

function seriesOf(data: HistogramData): (readonly number[])[] {
  return data.holdout === undefined ? [data.real, data.synthetic] : [data.real, data.synthetic, data.holdout];
}

function axisLabels(geometry: HistogramGeometry, edges: readonly string[], x: (position: number) => number): Html[] {
  const last = edges.length - 1;
  if (last < 1) return [];
  if (geometry.numbers === undefined) {
    const middle = Math.floor(last / 2);
    const at = last > 2 ? [0, middle, last] : [0, last];
    return at.map((edge) => tick(x(geometry.positions[edge]!), truncateLabel(edges[edge]!, 16)));
  }
  const domain: [number, number] = [geometry.numbers[0]!, geometry.numbers[last]!];
  const position = linearScale(domain, [0, 1]);
  const ticks = widestTicks(domain);
  const texts = formatTicks(ticks);
  return ticks.map((value, i) => tick(x(position(value)), texts[i]!));
}

/** As many round ticks, up to five or so, as have room for their labels. */
function widestTicks([low, high]: readonly [number, number]): number[] {
  const room = (PLOT.right - PLOT.left) / TICK_UNIT;
  const fits = (ticks: readonly number[]) => {
    const longest = Math.max(...formatTicks(ticks).map(labelUnits));
    return (longest + 2) * (ticks.length + 0.5) <= room;
  };
  const choices = [5, 4, 3, 2].map((count) => niceTicks(low, high, count));
  return choices.find(fits) ?? [low, high];
}

function tick(x: number, text: string): Html {
  const anchor = x < PLOT.left + 14 ? "start" : x > PLOT.right - 14 ? "end" : "middle";
  return html`<path class="axis" d="M${coordinate(x)} ${PLOT.bottom}v4"/><text x="${coordinate(x)}" y="${PLOT.bottom + 17}" text-anchor="${anchor}">${text}</text>`;
}

/** The cut bin's shares, in the longest form that has room beside the bin. */
function cutNote(data: HistogramData, bin: number, edges: readonly number[]): Html {
  const left = edges[bin]!;
  const right = edges[bin + 1]!;
  const onLeft = (left + right) / 2 < (PLOT.left + PLOT.right) / 2;
  const [real, synthetic] = seriesOf(data).map((series) => formatPercent(series[bin]!));
  const room = (onLeft ? PLOT.right - right : left - PLOT.left) / NOTE_UNIT;
  const long = `axis cut: real ${real}, synthetic ${synthetic}`;
  const note = labelUnits(long) <= room ? long : `axis cut: ${real} → ${synthetic}`;
  const zigzag = `M${coordinate(left - 3)} ${PLOT.top + 9}L${coordinate(right + 3)} ${PLOT.top + 5}`;
  return html`<path class="axis-cut" d="${zigzag}"/><text class="note" x="${coordinate(onLeft ? right + 6 : left - 6)}" y="${PLOT.top + 4}" text-anchor="${onLeft ? "start" : "end"}">${note}</text>`;
}
