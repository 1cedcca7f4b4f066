import { DATE_FORMATS, parseDate, swapDayAndMonth } from "./date-format.js";

export interface DetectedDateFormat {
  readonly format: string;
  /** True where the values would also be dates with day and month exchanged. */
  readonly isAmbiguous: boolean;
}

/**
 * The first of DATE_FORMATS that reads every one of the distinct texts, or undefined. Day and month are decided by the
 * column as a whole; where every value allows both orders, the first of the list (MM/DD, DD.MM, DD-MM) is taken and
 * `isAmbiguous` says so. Eight digits (YYYYMMDD) are dates only from three distinct values of years 1800..2199 on.
 */
export function detectDateFormat(texts: readonly string[]): DetectedDateFormat | undefined {
  const first = texts[0];
  if (first === undefined || first.length < 6 || first.length > 40 || !/^[\dA-Z]/.test(first)) return undefined;
  if (/^\d+$/.test(first)) return isCompact(texts) ? { format: "YYYYMMDD", isAmbiguous: false } : undefined;
  let formats: readonly string[] = DATE_FORMATS;
  for (const text of texts) {
    formats = formats.filter((format) => !Number.isNaN(parseDate(text, format)));
    if (formats.length === 0) return undefined;
  }
  const format = formats[0] as string;
  const swapped = swapDayAndMonth(format);
  return { format, isAmbiguous: swapped !== format && formats.includes(swapped) };
}

function isCompact(texts: readonly string[]): boolean {
  if (texts.length < 3) return false;
  return texts.every((text) => /^(18|19|20|21)\d{6}$/.test(text) && !Number.isNaN(parseDate(text, "YYYYMMDD")));
}
