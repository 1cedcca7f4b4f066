import { DATE_FORMATS, parseDate, swapDayAndMonth } from "./date-format.js";
import { DURATION_FORMATS, parseDuration } from "./duration-format.js";

export interface DetectedDateFormat {
  readonly format: string;
  /** True where the values would also be dates with day and month exchanged. */
  readonly isAmbiguous: boolean;
  /** True where the texts have several offsets from UTC; the format has the most frequent of them. */
  readonly hasSeveralOffsets: boolean;
}

const OFFSET = /(?<=:\d\d(?:\.\d+)?)[+-]\d\d:?\d\d$/;
const COMPACT = { format: "YYYYMMDD", isAmbiguous: false, hasSeveralOffsets: false };

/**
 * The first of DATE_FORMATS that reads every one of the distinct texts, with the offset from UTC that they end in, or the
 * first of DURATION_FORMATS; else undefined. Day and month are decided by the column as a whole; where every value allows
 * both orders, the first of the list (MM/DD, DD.MM, DD-MM) is taken and `isAmbiguous` says so. Eight digits (YYYYMMDD) are
 * dates only from three distinct values of years 1800..2199 on.
 */
export function detectDateFormat(texts: readonly string[]): DetectedDateFormat | undefined {
  const first = texts[0];
  if (first === undefined || first.length < 4 || first.length > 40 || !/^[-\dA-Z]/.test(first)) return undefined;
  if (/^\d+$/.test(first)) return isCompact(texts) ? COMPACT : undefined;
  const offset = OFFSET.exec(first)?.[0];
  const formats = keepReading(
    DATE_FORMATS.map((format) => format + (offset ?? "")),
    texts,
    parseDate,
  );
  const format = formats[0];
  if (format === undefined) return detectDuration(texts);
  const swapped = swapDayAndMonth(format);
  const isAmbiguous = swapped !== format && formats.includes(swapped);
  if (offset === undefined) return { format, isAmbiguous, hasSeveralOffsets: false };
  const usual = mostFrequent(texts.map((text) => OFFSET.exec(text)?.[0] ?? offset));
  const hasSeveralOffsets = texts.some((text) => !text.endsWith(usual));
  return { format: format.slice(0, -offset.length) + usual, isAmbiguous, hasSeveralOffsets };
}

/** The formats that read every text. */
function keepReading(
  formats: readonly string[],
  texts: readonly string[],
  parse: (text: string, format: string) => number,
): readonly string[] {
  let left = formats;
  for (const text of texts) {
    left = left.filter((format) => !Number.isNaN(parse(text, format)));
    if (left.length === 0) break;
  }
  return left;
}

function detectDuration(texts: readonly string[]): DetectedDateFormat | undefined {
  const format = keepReading(DURATION_FORMATS, texts, parseDuration)[0];
  return format === undefined ? undefined : { format, isAmbiguous: false, hasSeveralOffsets: false };
}

function mostFrequent(texts: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  return [...counts].reduce((most, next) => (next[1] > most[1] ? next : most))[0];
}

function isCompact(texts: readonly string[]): boolean {
  if (texts.length < 3) return false;
  return texts.every((text) => /^(18|19|20|21)\d{6}$/.test(text) && !Number.isNaN(parseDate(text, "YYYYMMDD")));
}
