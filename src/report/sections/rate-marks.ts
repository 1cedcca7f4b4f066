import type { Figure, Report } from "../../evaluate/report-schema.js";
import { type StripDot, stripMark } from "../charts/dot-strip.js";
import { type FigureFormat, formatInterval } from "../format.js";
import { type Html, html } from "../html.js";

type Attack = Report["privacy"]["membership"];

/** Which mark of the drawings each rate has. */
const RATE_MARKS = { attack: 0, control: 1, baseline: 4 } as const;

/** The marks of attack, control and baseline. */
export function rateLegend(): Html {
  return html`<ul class="legend"><li><span>${stripMark(RATE_MARKS.attack)}attack, on training rows</span></li><li><span>${stripMark(RATE_MARKS.control)}control, on held-out rows</span></li><li><span>${stripMark(RATE_MARKS.baseline)}baseline, guessing</span></li></ul>`;
}

/** Attack, control and baseline as marks of a drawing; those that are not known are left out. */
export function rateDots(
  { attack, control, baseline }: Pick<Attack, "attack" | "control" | "baseline">,
  format: FigureFormat,
): readonly StripDot[] {
  const dot = (name: keyof typeof RATE_MARKS, figure: Figure | undefined): readonly StripDot[] => {
    if (figure?.value === undefined) return [];
    const { value, low, high } = figure;
    return [{ name, value, low, high, text: withInterval(figure, format), mark: RATE_MARKS[name] }];
  };
  return [...dot("attack", attack), ...dot("control", control), ...dot("baseline", baseline)];
}

/** "41.2 % (38.1–44.2 %)": a figure that is known, with its interval. */
export function withInterval(figure: Figure, format: FigureFormat): string {
  const interval = formatInterval(figure, (value) => format(value).replace("AUC ", ""));
  return `${format(figure.value ?? 0)}${interval === undefined ? "" : ` (${interval})`}`;
}
