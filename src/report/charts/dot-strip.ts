import { type Html, html } from "../html.js";
import { coordinate, linearScale } from "./linear-scale.js";
import { svg } from "./svg.js";

/** One value on a strip, in a lane of its own. */
export interface StripDot {
  readonly name: string;
  readonly value?: number | undefined;
  readonly low?: number | undefined;
  readonly high?: number | undefined;
  /** As written. */
  readonly text: string;
  /** Number of its shape and colour; default: that of its lane. */
  readonly mark?: number;
}

/** Shapes and colours there are; further ones begin anew. */
const STRIP_MARKS = 6;

const WIDTH = 220;
const MARGIN = 7;
const LANE = 11;

/** Values beside each other on one axis, a lane each, with their intervals; `reference` is a line across all lanes. */
export function dotStrip(
  label: string,
  dots: readonly StripDot[],
  domain: readonly [number, number],
  reference?: number,
): Html {
  const scale = linearScale(domain, [MARGIN, WIDTH - MARGIN]);
  const x = (value: number) => coordinate(Math.max(MARGIN, Math.min(WIDTH - MARGIN, scale(value))));
  const height = dots.length * LANE + 4;
  return svg(WIDTH, height, label, "dot-strip", [
    reference !== undefined && html`<path class="mark" d="M${x(reference)} 1V${height - 1}"/>`,
    dots.map((dot, lane) => drawDot(dot, lane, x)),
  ]);
}

/** An axis for these dots: from the lowest to the highest place, the reference among them, with some room. */
export function stripDomain(
  dots: readonly Omit<StripDot, "name" | "text">[],
  reference?: number,
): readonly [number, number] {
  const places = [...dots.flatMap(({ value, low, high }) => [value, low, high]), reference].filter(
    (place) => place !== undefined,
  );
  const [least, most] = [Math.min(...places), Math.max(...places)];
  const room = Math.max((most - least) * 0.06, 1e-6);
  return [least - room, most + room];
}

/** The mark of series number `at`, for legends and headings. */
export function stripMark(at: number): Html {
  return html`<svg class="strip-mark" viewBox="0 0 12 12" aria-hidden="true" focusable="false">${markShape(at, 6, 6)}</svg>`;
}

function drawDot(dot: StripDot, lane: number, x: (value: number) => number): Html {
  const { name, value, low, high, text, mark = lane } = dot;
  const y = 2 + (lane + 0.5) * LANE;
  const track = html`<path class="lane" d="M${MARGIN} ${y}H${WIDTH - MARGIN}"/>`;
  if (value === undefined) return track;
  const interval =
    low !== undefined &&
    high !== undefined &&
    html`<path class="lane-interval mark-${mark % STRIP_MARKS}" d="M${x(low)} ${y}H${x(high)}"/>`;
  return html`<g><title>${name}: ${text}</title><rect class="hit" x="0" y="${y - LANE / 2}" width="${WIDTH}" height="${LANE}"/>${track}${interval}${markShape(mark, x(value), y)}</g>`;
}

/** The mark of series number `at`: circle, square, diamond, triangle up, triangle down, cross: told apart without colour. */
export function markShape(at: number, x: number, y: number): Html {
  const shapes = [
    "m-4 0a4 4 0 1 0 8 0a4 4 0 1 0-8 0",
    "m-3.5-3.5h7v7h-7z",
    "m0-5 5 5-5 5-5-5z",
    "m0-4.5 4.7 8h-9.4z",
    "m0 4.5-4.7-8h9.4z",
    "m-4-1.4h2.6v-2.6h2.8v2.6h2.6v2.8h-2.6v2.6h-2.8v-2.6h-2.6z",
  ];
  const kind = at % STRIP_MARKS;
  return html`<path class="mark-${kind}" d="M${x} ${y}${shapes[kind]!}"/>`;
}
