import type { Figure } from "../evaluate/report-schema.js";

/** A space that does not break, after the international convention (ISO 80000-1), and the sign. */
const PERCENT = "\u00A0%";

const THOUSANDS = /\B(?=(\d{3})+(?!\d))/g;

/** How a figure is written: a share in percent, an area under a curve or R2 as a plain number, a distance. */
export type FigureFormat = (value: number) => string;

/** A share of 0..1 in percent: two decimals near the ends, where scores live, one in between. Never a rounded 0 or 100. */
export function formatPercent(share: number): string {
  // Twelve digits: a sum of shares may end at .9999999999999993.
  const percent = Number((share * 100).toPrecision(12));
  const decimals = Math.abs(percent) < 10 || Math.abs(percent) > 90 ? 2 : 1;
  const smallest = 10 ** -decimals;
  if (percent !== 0 && Math.abs(percent) < smallest / 2) return percent > 0 ? `<0.01${PERCENT}` : `>−0.01${PERCENT}`;
  if (percent < 100 && percent > 100 - smallest / 2) return `>99.99${PERCENT}`;
  return percent === 0 || percent === 100 ? `${percent}${PERCENT}` : `${minus(percent.toFixed(decimals))}${PERCENT}`;
}

/** A share on an axis: as few decimals as it needs. */
export function formatPercentTick(share: number): string {
  return minus(`${tidy(share * 100)}${PERCENT}`);
}

/** An area under a curve or a coefficient of determination, three decimals. */
export function formatScore(value: number): string {
  return minus(value.toFixed(3));
}

/** A distance: three significant digits. */
export function formatDistance(value: number): string {
  if (value === 0) return "0";
  return minus(Math.abs(value) < 0.001 ? value.toExponential(1) : value.toPrecision(3));
}

/** An integer with thousands separators: 32,561. */
export function formatCount(count: number): string {
  return minus(String(count).replace(THOUSANDS, ","));
}

/** A difference of two shares in percentage points with its sign: "+0.21 points". */
export function formatPoints(difference: number): string {
  const points = difference * 100;
  const text = Math.abs(points).toFixed(2);
  return Number(text) === 0 ? "0.00 points" : `${points < 0 ? "−" : "+"}${text} points`;
}

/** A number on an axis: 2500, 12,000, 1.5M, 0.02. */
export function formatTick(value: number): string {
  const size = Math.abs(value);
  if (size >= 1e15 || (size > 0 && size < 1e-4)) return minus(value.toExponential(1));
  if (size >= 1e9) return minus(`${tidy(value / 1e9)}B`);
  if (size >= 1e6) return minus(`${tidy(value / 1e6)}M`);
  if (size >= 1e4) return formatCount(Math.round(value));
  return minus(tidy(value));
}

/** The ticks of one axis: brief, but never two of them alike (1,000,100 beside 1,000,200). */
export function formatTicks(values: readonly number[]): string[] {
  const brief = values.map(formatTick);
  if (new Set(brief).size === values.length) return brief;
  return values.map((value) => {
    const [whole = "", decimals] = String(Number(value.toPrecision(12))).split(".");
    return minus(whole.replace(THOUSANDS, ",") + (decimals === undefined ? "" : `.${decimals}`));
  });
}

/** "99.12–99.51 %" ("−0.10 to 0.20" below 0), or undefined when the figure has no interval. */
export function formatInterval(figure: Figure, format: FigureFormat): string | undefined {
  if (figure.low === undefined || figure.high === undefined) return undefined;
  const low = format(figure.low);
  const high = format(figure.high);
  if (figure.low < 0 || /[<>]/.test(low + high)) return `${low} to ${high}`;
  return `${high.endsWith(PERCENT) ? low.replace(PERCENT, "") : low}–${high}`;
}

/** "ceiling 99.37 %, same size 99.31 %": what held-out rows reach, and what as many synthetic rows reach beside it. */
export function formatCeiling(figure: Figure, format: FigureFormat): string | undefined {
  if (figure.ceiling === undefined) return undefined;
  const same = figure.matched === undefined ? "" : `, same size ${format(figure.matched)}`;
  return `ceiling ${format(figure.ceiling)}${same}`;
}

/** A correlation or another association in -1..1, two decimals; words where it cannot be computed. */
export function formatAssociation(value: number | null | undefined): string {
  if (value === null || value === undefined) return "not computable";
  return minus(value.toFixed(2).replace(/^-0\.00$/, "0.00"));
}

/** A sentence in which no line can break between a number and its percent sign. */
export function keepPercent(sentence: string): string {
  return sentence.replace(/(\d) %/g, `$1${PERCENT}`);
}

/** The figure's value in words, or why there is none. Never 0 for what is unavailable. */
export function formatFigure(figure: Figure, format: FigureFormat): string {
  return figure.value === undefined ? "unavailable" : format(figure.value);
}

/**
 * A text cut to a width in units of an average Latin letter (capitals count more, wide scripts double), with an ellipsis where it was cut.
 * Cuts between code points, never inside one.
 */
export function truncateLabel(text: string, width: number): string {
  if (labelUnits(text) <= width) return text;
  let used = 1;
  let kept = "";
  for (const character of text) {
    used += unitsOf(character);
    if (used > width) break;
    kept += character;
  }
  return `${kept.trimEnd()}…`;
}

/** Labels cut to a width so that they stay apart: those that would look alike lose their middle instead of their end. */
export function truncateLabels(texts: readonly string[], width: number): string[] {
  const cut = texts.map((text) => truncateLabel(text, width));
  return cut.map((label, i) => {
    const isAlike = label !== texts[i] && cut.some((other, j) => j !== i && other === label);
    return isAlike ? withoutMiddle(texts[i]!, width) : label;
  });
}

function withoutMiddle(text: string, width: number): string {
  const end = [...truncateLabel([...text].reverse().join(""), width / 2)].reverse().join("").slice(1);
  return `${truncateLabel(text, width / 2 + 1)}${end.trimStart()}`;
}

/** A text's width in units of an average Latin letter; capitals count a fifth more, wide scripts double. */
export function labelUnits(text: string): number {
  return [...text].reduce((sum, character) => sum + unitsOf(character), 0);
}

function unitsOf(character: string): number {
  if ((character.codePointAt(0) ?? 0) >= 0x1100) return 2;
  return /[\p{Lu}mw@%]/u.test(character) ? 1.2 : 1;
}

function tidy(value: number): string {
  return Number(value.toPrecision(4)).toString();
}

function minus(text: string): string {
  return text.replace(/^-/, "−");
}
