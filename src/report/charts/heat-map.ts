import { labelUnits, truncateLabels } from "../format.js";
import { type Html, html } from "../html.js";
import { paletteClass } from "./diverging-palette.js";
import { coordinate } from "./linear-scale.js";
import { svg } from "./svg.js";

/** How a cell is drawn, so that kinds of measures differ in shape. */
export type CellShape = "square" | "rounded" | "round";

export interface HeatMapCell {
  readonly row: number;
  readonly column: number;
  /** What its colour says; null where it cannot be computed. */
  readonly value: number | null;
  /** Written into the cell where cells are large enough. */
  readonly text: string;
  readonly shape: CellShape;
}

export interface HeatMapData {
  readonly names: readonly string[];
  /** The lower triangle: row > column. */
  readonly cells: readonly HeatMapCell[];
  /** The value that has the strongest colour. */
  readonly limit: number;
}

/** Where the cells of a triangular map of `count` columns stand, in a drawing of `width` units. */
export interface HeatMapGeometry {
  readonly width: number;
  readonly height: number;
  /** Distance from one cell's corner to the next. */
  readonly pitch: number;
  readonly size: number;
  readonly fontSize: number;
}

const FONT_SIZE = 11;
const LABEL_UNITS = 18;
/** Cells of at least this pitch have their value written in them. */
const TEXT_PITCH = 24;

/**
 * A symmetric matrix as its lower triangle. Each column's name stands on the diagonal, at the head of its column of cells and
 * at the end of its row of cells, so that one upright label serves both. Cells of one colour are one path, which keeps maps of
 * a thousand cells small; the page's script finds the cell under the pointer by the pitch.
 */
export function heatMap(label: string, data: HeatMapData): Html {
  const geometry = heatMapGeometry(data.names);
  const shown = shortNames(data.names);
  const names = data.names.map((name, i) => drawName(name, shown[i]!, i, geometry));
  const texts =
    geometry.pitch < TEXT_PITCH ? undefined : data.cells.map((cell) => drawText(cell, geometry, data.limit));
  return svg(
    geometry.width,
    geometry.height,
    label,
    "heat-map",
    [drawCells(data, geometry), texts, names],
    html` data-pitch="${coordinate(geometry.pitch)}"`,
  );
}

/** Geometry for columns of these names: cells as large as the width allows with every name written out at the diagonal. */
export function heatMapGeometry(names: readonly string[]): HeatMapGeometry {
  const width = { small: 480, medium: 560, large: 900 }[sizeClass(names.length)];
  const room = shortNames(names).map((name, i) => (width - labelWidth(name)) / Math.max(i, 1));
  const pitch = Math.min(40, width / Math.max(names.length, 1), ...room);
  const gap = pitch > 12 ? 1.5 : 0.75;
  return {
    width,
    height: coordinate(names.length * pitch + 4),
    pitch,
    size: pitch - gap,
    fontSize: Math.min(FONT_SIZE, pitch),
  };
}

/** How wide a map is set: two side by side, or one a row. */
export function sizeClass(count: number): "small" | "medium" | "large" {
  if (count <= 14) return "small";
  return count <= 24 ? "medium" : "large";
}

/** Cells of one shape and colour are one path; strokes round what a path's corners leave square. */
function drawCells(data: HeatMapData, geometry: HeatMapGeometry): Html[] {
  const paths = new Map<string, string>();
  for (const cell of data.cells) {
    const colour = paletteClass(cell.value, data.limit);
    const name = `${colour} ${colour === "na" ? "square" : cell.shape}`;
    paths.set(
      name,
      (paths.get(name) ?? "") + cellPath(cell, name.endsWith("square") ? "square" : cell.shape, geometry),
    );
  }
  return [...paths].map(([name, path]) => html`<path class="${name}"${stroke(name, geometry.size)} d="${path}"/>`);
}

/** Share of a rounded cell's side that its stroke takes. */
const ROUNDED = 0.5;

function stroke(name: string, size: number): Html | undefined {
  if (name.endsWith("square")) return undefined;
  return html` stroke-width="${coordinate(name.endsWith("rounded") ? size * ROUNDED : size)}"`;
}

function cellPath(cell: HeatMapCell, shape: CellShape, { pitch, size }: HeatMapGeometry): string {
  const inset = { square: 0, rounded: (size * ROUNDED) / 2, round: size / 2 }[shape];
  const side = tenth(size - 2 * inset);
  const start = `M${tenth(cell.column * pitch + inset)} ${tenth(cell.row * pitch + inset)}`;
  return shape === "round" ? `${start}h0` : `${start}h${side}v${side}h-${side}z`;
}

function tenth(value: number): number {
  return Math.round(value * 10) / 10;
}

function drawText(cell: HeatMapCell, geometry: HeatMapGeometry, limit: number): Html {
  const x = coordinate(cell.column * geometry.pitch + geometry.size / 2);
  const y = coordinate(cell.row * geometry.pitch + geometry.size / 2 + 3.5);
  return html`<text class="on ${paletteClass(cell.value, limit)}" x="${x}" y="${y}">${cell.text}</text>`;
}

function drawName(name: string, shown: string, index: number, geometry: HeatMapGeometry): Html {
  const x = coordinate(index * geometry.pitch + 2);
  const y = coordinate((index + 0.5) * geometry.pitch + geometry.fontSize * 0.33);
  return html`<text x="${x}" y="${y}" font-size="${coordinate(geometry.fontSize)}">${shown}${shown !== name && html`<title>${name}</title>`}</text>`;
}

function shortNames(names: readonly string[]): string[] {
  return truncateLabels(
    names.map((name) => (name === "" ? "(empty)" : name)),
    LABEL_UNITS,
  );
}

/** A generous estimate, in units of the drawing. */
function labelWidth(name: string): number {
  return labelUnits(name) * FONT_SIZE * 0.6 + 4;
}
