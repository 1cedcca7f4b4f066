import { truncateLabel } from "../format.js";
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
  /** Width of the longest label in average letters. */
  readonly labelUnits: number;
}

/**
 * A symmetric matrix as its lower triangle. Each column's name stands on the diagonal, at the head of its column of cells and
 * at the end of its row of cells, so that one upright label serves both.
 */
export function heatMap(label: string, data: HeatMapData): Html {
  const geometry = heatMapGeometry(data.names.length);
  const drawn = data.cells.map((cell) => drawCell(cell, geometry, data.limit));
  const names = data.names.map((name, i) => drawName(name, i, geometry));
  return svg(geometry.width, geometry.height, label, `heat-map size-${sizeClass(data.names.length)}`, [drawn, names]);
}

/** Geometry for `count` columns: the width grows with them, until cells are about 15 units and stay readable. */
export function heatMapGeometry(count: number): HeatMapGeometry {
  const width = { small: 340, medium: 520, large: 900 }[sizeClass(count)];
  const fontSize = 11;
  const labelUnits = 18;
  const pitch = Math.min(34, (width - labelUnits * fontSize * 0.56) / Math.max(count, 1));
  const gap = pitch > 12 ? 1.5 : 0.75;
  return {
    width,
    height: coordinate(count * pitch + 4),
    pitch,
    size: pitch - gap,
    fontSize: Math.min(fontSize, pitch),
    labelUnits,
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

function drawName(name: string, index: number, geometry: HeatMapGeometry): Html {
  const x = coordinate(index * geometry.pitch + 2);
  const y = coordinate((index + 0.5) * geometry.pitch + geometry.fontSize * 0.33);
  const shown = name === "" ? "(empty)" : truncateLabel(name, geometry.labelUnits);
  return html`<text x="${x}" y="${y}" font-size="${coordinate(geometry.fontSize)}">${shown}<title>${name}</title></text>`;
}
