import { formatCount, formatTicks, labelUnits } from "../format.js";
import { type Html, html } from "../html.js";
import { markShape, stripMark } from "./dot-strip.js";
import { coordinate, linearScale, niceTicks } from "./linear-scale.js";
import { svg } from "./svg.js";
import { formatMeasure, type MeasureUnit, makeUprightAxis } from "./upright-axis.js";

/** One line of a chart. A value that is not finite leaves a gap: what could not be measured is not drawn. */
export interface LineSeries {
  readonly name: string;
  readonly points: readonly LinePoint[];
  /** Number of its shape and colour (`markShape`). */
  readonly mark: number;
  /** Dashed and without marks: what other lines are to be read against. Default false. */
  readonly isReference?: boolean;
}

export interface LinePoint {
  readonly at: number;
  readonly value: number;
}

/** An upright line across the chart, e.g. at the step that was kept. */
export interface LineMark {
  readonly at: number;
  /** A few characters. */
  readonly label: string;
  readonly title: string;
  readonly kind: "kept" | "finding";
}

export interface LineChartData {
  readonly series: readonly LineSeries[];
  /** What runs to the right, e.g. "step". */
  readonly axisName: string;
  /** Shares are written in percent. */
  readonly unit: MeasureUnit;
  /** Default linear. On a logarithmic axis 0 stands at the lower end. */
  readonly scale?: "linear" | "logarithmic";
  /** Values that the upright axis shows at least, e.g. chance and certainty. */
  readonly include?: readonly number[];
  readonly marks?: readonly LineMark[];
  /** Ends of the level axis; default: those of the points. */
  readonly domain?: readonly [number, number];
}

const WIDTH = 400;
const PLOT = { left: 50, right: 390, bottom: 178 } as const;
const HEIGHT = 222;
const MARK_ROW = 15;
const LETTER = 6;
/** Points with a shape and a tooltip, at most; lines run through all. */
const SHOWN_POINTS = 40;
const SHAPES = 7;

/** Several lines over one axis, told apart by shape as well as by colour. Without a finite value: says so. */
export function lineChart(label: string, data: LineChartData): Html {
  const finite = data.series.flatMap(({ points }) => points.filter(({ value }) => Number.isFinite(value)));
  if (finite.length === 0) return html`<p class="no-chart">Nothing was measured.</p>`;
  const domain = data.domain ?? extent(finite.map(({ at }) => at));
  const x = linearScale(domain, [PLOT.left, PLOT.right]);
  const inside = (data.marks ?? []).filter(({ at }) => at >= domain[0] && at <= domain[1]);
  const marks = placeMarks(inside, x);
  const rows = Math.max(0, ...marks.map(({ row }) => row + 1));
  const values = [...finite.map(({ value }) => value), ...(data.include ?? [])];
  const axis = makeUprightAxis(values, data, [PLOT.bottom, 12 + rows * MARK_ROW]);
  const place = ({ at, value }: LinePoint) => ({ x: coordinate(x(at)), y: coordinate(axis.y(value)) });
  return svg(WIDTH, HEIGHT, label, "line-chart", [
    axis.ticks.map(({ at, text }) => gridLine(axis.y(at), text)),
    levelTicks(domain, x),
    html`<path class="axis" d="M${PLOT.left} ${PLOT.bottom}H${PLOT.right}"/><text x="${(PLOT.left + PLOT.right) / 2}" y="${HEIGHT - 8}" text-anchor="middle">${data.axisName}</text>`,
    marks.map((mark) => drawMark(mark, x(mark.at))),
    data.series.map((series) => drawSeries(series, data, place)),
  ]);
}

/** What the lines of a chart are called, with the shape and colour each has. */
export function lineLegend(series: readonly Omit<LineSeries, "points">[]): Html {
  const sample = (one: Omit<LineSeries, "points">) =>
    one.isReference === true
      ? html`<svg viewBox="0 0 26 14" aria-hidden="true" focusable="false"><path class="line reference mark-${one.mark % 6}" d="M1 7H25"/></svg>`
      : stripMark(one.mark);
  return html`<ul class="legend">${series.map((one) => html`<li>${sample(one)}<span>${one.name}</span></li>`)}</ul>`;
}

/** The line as a path: one piece for each run of finite values. */
export function linePath(
  points: readonly LinePoint[],
  place: (point: LinePoint) => { readonly x: number; readonly y: number },
): string {
  let isJoined = false;
  return points
    .map((point) => {
      if (!Number.isFinite(point.value)) {
        isJoined = false;
        return "";
      }
      const { x, y } = place(point);
      const piece = `${isJoined ? "L" : "M"}${x} ${y}`;
      isJoined = true;
      return piece;
    })
    .join("");
}

function drawSeries(
  series: LineSeries,
  data: LineChartData,
  place: (point: LinePoint) => { readonly x: number; readonly y: number },
): Html {
  const kind = series.mark % 6;
  const shown = series.points.filter(({ value }) => Number.isFinite(value));
  const stride = Math.max(1, Math.ceil(shown.length / SHOWN_POINTS));
  const shapeStride = Math.max(1, Math.ceil(shown.length / SHAPES));
  // From the last one back: the end of a line is what it came to.
  const isEvery = (at: number, every: number) => (shown.length - 1 - at) % every === 0;
  const points = shown.map((point, at) => {
    if (!isEvery(at, stride)) return undefined;
    const { x, y } = place(point);
    const shape = series.isReference !== true && isEvery(at, shapeStride) && markShape(series.mark, x, y);
    const title = `${series.name}, ${data.axisName} ${formatCount(point.at)}: ${formatMeasure(point.value, data.unit)}`;
    return html`<g><title>${title}</title><circle class="hit" cx="${x}" cy="${y}" r="5"/>${shape}</g>`;
  });
  const look = series.isReference === true ? "line reference" : "line";
  return html`<path class="${look} mark-${kind}" d="${linePath(series.points, place)}"/>${points}`;
}

function drawMark(mark: LineMark & { readonly row: number }, left: number): Html {
  const x = coordinate(left);
  const y = 11 + mark.row * MARK_ROW;
  const half = (labelUnits(mark.label) * LETTER) / 2;
  const anchor = left + half > WIDTH - 2 ? "end" : left - half < 2 ? "start" : "middle";
  return html`<g class="line-mark ${mark.kind}"><title>${mark.title}</title><path d="M${x} ${y + 4}V${PLOT.bottom}"/><text x="${x}" y="${y}" text-anchor="${anchor}">${mark.label}</text></g>`;
}

/** Marks from left to right; the labels of those too near to each other stand in rows, one below the other. */
function placeMarks(marks: readonly LineMark[], x: (at: number) => number): (LineMark & { readonly row: number })[] {
  const ends: number[] = [];
  return marks
    .toSorted((a, b) => a.at - b.at)
    .map((mark) => {
      const half = labelUnits(mark.label) * (LETTER / 2) + 3;
      const free = ends.findIndex((end) => end <= x(mark.at) - half);
      const row = free < 0 ? ends.length : free;
      ends[row] = x(mark.at) + half;
      return { ...mark, row };
    });
}

function extent(values: readonly number[]): readonly [number, number] {
  return [Math.min(...values), Math.max(...values)];
}

function gridLine(y: number, text: string): Html {
  return html`<path class="grid" d="M${PLOT.left} ${coordinate(y)}H${PLOT.right}"/><text x="${PLOT.left - 6}" y="${coordinate(y + 4)}" text-anchor="end">${text}</text>`;
}

function levelTicks(domain: readonly [number, number], x: (value: number) => number): Html[] {
  const ticks = niceTicks(domain[0], domain[1], 5);
  const texts = formatTicks(ticks);
  return ticks.map((value, i) => {
    const left = coordinate(x(value));
    const anchor = left + (labelUnits(texts[i]!) * LETTER) / 2 > WIDTH - 2 ? "end" : "middle";
    return html`<path class="axis" d="M${left} ${PLOT.bottom}v4"/><text x="${left}" y="${PLOT.bottom + 17}" text-anchor="${anchor}">${texts[i]!}</text>`;
  });
}
