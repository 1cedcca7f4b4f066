import { durationUnitMs, isDurationFormat } from "../table/duration-format.js";

/** The smallest unit that a date format can write, in milliseconds: a day for "YYYY-MM-DD", 0.001 for "...ss.SSSSSS". */
export function dateUnitMs(format: string): number {
  if (isDurationFormat(format)) return durationUnitMs(format);
  const fraction = /S+/.exec(format)?.[0].length;
  if (fraction !== undefined) return 1000 / 10 ** fraction;
  if (format.includes("ss")) return 1000;
  if (format.includes("mm")) return 60_000;
  return /[Hh]/.test(format) ? 3_600_000 : 86_400_000;
}
