import { labelUnits, truncateLabels } from "../format.js";
import { type Html, html } from "../html.js";
import { paletteClass } from "./diverging-palette.js";
import { coordinate } from "./linear-scale.js";
import { svg } from "./svg.js";

export interface HeatMapCell {
  readonly row: number;
  readonly column: number;
  /** Null where it cannot be computed. */
  readonly value: number | null;
  readonly title: string;
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

/**
 * A symmetric matrix as its lower triangle. Each column's name stands on the diagonal, at the head of its column of cells and
 * at the end of its row of cells, so that one upright label serves both.
 */
export function heatMap(label: string, data: HeatMapData): Html {
  const geometry = heatMapGeometry(data.names);
  const drawn = data.cells.map((cell) => drawCell(cell, geometry, data.limit));
  const shown = shortNames(data.names);
  const names = data.names.map((name, i) => drawName(name, shown[i]!, i, geometry));
  return svg(geometry.width, geometry.height, label, `heat-map size-${sizeClass(data.names.length)}`, [drawn, names]);
}

/** Geometry for columns of these names: cells as large as the width allows with every name written out at the diagonal. */
export function heatMapGeometry(names: readonly string[]): HeatMapGeometry {
  const width = { small: 340, medium: 520, large: 900 }[sizeClass(names.length)];
  const room = shortNames(names).map((name, i) => (width - labelWidth(name)) / Math.max(i, 1));
  const pitch = Math.min(34, width / Math.max(names.length, 1), ...room);
  const gap = pitch > 12 ? 1.5 : 0.75;
  return {
    width,
    height: coordinate(names.length * pitch + 4),
    pitch,
    size: pitch - gap,
    fontSize: Math.min(FONT_SIZE, pitch),
  };
}

/** How wide a map is set: three side by side, two, or one a row. */
export function sizeClass(count: number): "small" | "medium" | "large" {
  if (count <= 14) return "small";
  return count <= 24 ? "medium" : "large";
}

function drawCell(cell: HeatMapCell, geometry: HeatMapGeometry, limit: number): Html {
  const x = coordinate(cell.column * geometry.pitch);
  const y = coordinate(cell.row * geometry.pitch);
  const size = coordinate(geometry.size);
  return html`<rect class="${paletteClass(cell.value, limit)}" x="${x}" y="${y}" width="${size}" height="${size}"><title>${cell.title}</title></rect>`;
}

function drawName(name: string, shown: string, index: number, geometry: HeatMapGeometry): Html {
  const x = coordinate(index * geometry.pitch + 2);
  const y = coordinate((index + 0.5) * geometry.pitch + geometry.fontSize * 0.33);
  return html`<text x="${x}" y="${y}" font-size="${coordinate(geometry.fontSize)}">${shown}<title>${name}</title></text>`;
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
