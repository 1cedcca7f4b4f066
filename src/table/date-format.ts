import { type CivilTime, civilTime, daysFromCivil, daysInMonth } from "./civil-time.js";
import { DURATION_FORMATS, formatDuration, isDurationFormat, parseDuration } from "./duration-format.js";

const DATE_PARTS = [
  "YYYY-MM-DD",
  "YYYY/MM/DD",
  "YYYY.MM.DD",
  "DD.MM.YYYY",
  "MM/DD/YYYY",
  "DD/MM/YYYY",
  "DD-MM-YYYY",
  "MM-DD-YYYY",
  "D.M.YYYY",
  "M/D/YYYY",
  "D/M/YYYY",
  "DD.MM.YY",
  "MM/DD/YY",
  "DD/MM/YY",
  "M/D/YY",
  "D/M/YY",
  "MMM D YYYY",
  "MMM D, YYYY",
  "MMMM D, YYYY",
  "D MMM YYYY",
  "DD-MMM-YYYY",
  "DD-MMM-YY",
] as const;

const FRACTIONS = ["S", "SS", "SSS", "SSSS", "SSSSS", "SSSSSS"].map((digits) => `HH:mm:ss.${digits}`);
const TIMES = ["HH:mm", "HH:mm:ss", ...FRACTIONS];
const FULL_TIMES = TIMES.flatMap((time) => [time, `${time}Z`]);
const CLOCK_TIMES = [
  "H:mm",
  "H:mm:ss",
  ...["A", "a"].flatMap((half) => ["hh:mm", "hh:mm:ss", "h:mm", "h:mm:ss"].map((time) => `${time} ${half}`)),
];

/**
 * The written forms of dates, timestamps and times of day, padded forms before unpadded ones. YYYY year, YY two-digit year
 * (69-99: 1969-1999, else 20..), MM and M month, MMM Jan, MMMM January, DD and D day, HH and H hour, hh and h hour of 12 with
 * A (AM, PM) or a (am, pm), mm minute, ss second, S.. fraction of a second; all else stands for itself. An offset at the end
 * (+02:00, -0500) may follow any of them: texts of any offset are read, all are written with this one. Without it times are
 * read as UTC.
 */
export const DATE_FORMATS: readonly string[] = [
  ...DATE_PARTS,
  "YYYYMMDD",
  ...DATE_PARTS.flatMap((date) => FULL_TIMES.flatMap((time) => [`${date} ${time}`, `${date}T${time}`])),
  ...DATE_PARTS.flatMap((date) => CLOCK_TIMES.map((time) => `${date} ${time}`)),
  "YYYYMMDDTHHmmss",
  "YYYYMMDDTHHmmssZ",
  ...TIMES,
  ...CLOCK_TIMES,
];

const MONTHS = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
];
const SHORT_MONTHS = MONTHS.map((month) => month.slice(0, 3));

const TOKEN = /YYYY|YY|MMMM|MMM|MM|M|DD|D|HH|H|hh|h|mm|ss|S+|A|a|[+-]\d\d:?\d\d$|./g;
const OFFSET = /([+-])(\d\d):?(\d\d)$/;

interface CompiledFormat {
  /** Tokens and literals in the order they are written. */
  readonly parts: readonly string[];
  readonly pattern: RegExp;
  /** The token of each capture group. */
  readonly fields: readonly string[];
  /** What is added to UTC before writing, in milliseconds. */
  readonly offsetMs: number;
}

const compiledFormats = new Map<string, CompiledFormat>();

/**
 * Milliseconds since 1970-01-01T00:00:00Z (proleptic Gregorian, years 0..9999; fractions of a second to the
 * microsecond), of a duration or a time of day milliseconds, or NaN where the text has another form or names no real day (02-30) or time (24:00).
 */
export function parseDate(text: string, format: string): number {
  if (isDurationFormat(format)) return parseDuration(text, format);
  const compiled = compileFormat(format);
  const match = compiled.pattern.exec(text);
  if (match === null) return Number.NaN;
  const read = {
    year: 1970,
    month: 1,
    day: 1,
    hour: 0,
    minute: 0,
    second: 0,
    millisecond: 0,
    afternoon: -1,
    offsetMs: 0,
  };
  compiled.fields.forEach((token, index) => {
    readField(read, token, match[index + 1] as string);
  });
  if (read.afternoon >= 0) {
    if (read.hour < 1 || read.hour > 12) return Number.NaN;
    read.hour = (read.hour % 12) + 12 * read.afternoon;
  }
  if (read.month < 1 || read.month > 12 || read.day < 1 || read.day > daysInMonth(read.year, read.month)) {
    return Number.NaN;
  }
  if (read.hour > 23 || read.minute > 59 || read.second > 59) return Number.NaN;
  const days = daysFromCivil(read.year, read.month, read.day);
  const seconds = read.hour * 3600 + read.minute * 60 + read.second;
  const whole = days * 86_400_000 + seconds * 1000 - read.offsetMs;
  // The number nearest to the quotient, as columnar files are read; a sum with a fraction would round twice.
  const microseconds = whole * 1000 + Math.round(read.millisecond * 1000);
  return Number.isSafeInteger(microseconds) ? microseconds / 1000 : whole + read.millisecond;
}

/** The written form of a time in milliseconds since 1970 (UTC); what the format does not show is cut off. */
export function formatDate(time: number, format: string): string {
  if (isDurationFormat(format)) return formatDuration(time, format);
  const { parts, offsetMs } = compileFormat(format);
  const civil = civilTime(time + offsetMs);
  let text = "";
  for (const part of parts) text += formatPart(civil, part);
  return text;
}

/** True for a format that shows a time of day. */
export function showsTime(format: string): boolean {
  return /[Hh]/.test(format) || isDurationFormat(format);
}

/** True for the formats that detectDateFormat finds: of DATE_FORMATS, with or without an offset, and of DURATION_FORMATS. */
export function isDateFormat(format: string): boolean {
  return DATE_FORMATS.includes(format.replace(OFFSET, "")) || DURATION_FORMATS.includes(format);
}

/** What a column of this format holds. */
export function dateMeaning(format: string): "date" | "time" | "timestamp" | "duration" {
  if (isDurationFormat(format)) return "duration";
  if (!format.includes("YY")) return "time";
  return showsTime(format) ? "timestamp" : "date";
}

/** The format's offset from UTC, in milliseconds: 7,200,000 for "...+02:00"; 0 where it shows none. */
export function formatOffsetMs(format: string): number {
  return isDurationFormat(format) ? 0 : compileFormat(format).offsetMs;
}

/** The same format with day and month exchanged where both are written as digits: "MM/DD/YYYY" for "DD/MM/YYYY". */
export function swapDayAndMonth(format: string): string {
  const swapped: Record<string, string> = { MM: "DD", M: "D", DD: "MM", D: "M" };
  return compileFormat(format)
    .parts.map((part) => swapped[part] ?? part)
    .join("");
}

interface ReadTime {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
  millisecond: number;
  /** 0 AM, 1 PM, -1 a 24-hour clock. */
  afternoon: number;
  offsetMs: number;
}

function readField(read: ReadTime, token: string, text: string): void {
  switch (token[0]) {
    case "Y":
      read.year = token === "YYYY" ? Number(text) : Number(text) + (Number(text) < 69 ? 2000 : 1900);
      return;
    case "M":
      read.month = token.length < 3 ? Number(text) : 1 + (token === "MMM" ? SHORT_MONTHS : MONTHS).indexOf(text);
      return;
    case "D":
      read.day = Number(text);
      return;
    case "H":
    case "h":
      read.hour = Number(text);
      return;
    case "m":
      read.minute = Number(text);
      return;
    case "s":
      read.second = Number(text);
      return;
    case "S":
      read.millisecond = Number(text.padEnd(3, "0")) / 10 ** Math.max(0, text.length - 3);
      return;
    case "+":
    case "-":
      read.offsetMs = offsetMs(text);
      return;
    default:
      read.afternoon = text.toUpperCase() === "PM" ? 1 : 0;
  }
}

function formatPart(civil: CivilTime, part: string): string {
  switch (part) {
    case "YYYY":
      return String(civil.year).padStart(4, "0");
    case "YY":
      return String(civil.year % 100).padStart(2, "0");
    case "MMMM":
      return MONTHS[civil.month - 1] as string;
    case "MMM":
      return SHORT_MONTHS[civil.month - 1] as string;
    case "MM":
    case "M":
      return String(civil.month).padStart(part.length, "0");
    case "DD":
    case "D":
      return String(civil.day).padStart(part.length, "0");
    case "HH":
    case "H":
      return String(civil.hour).padStart(part.length, "0");
    case "hh":
    case "h":
      return String(((civil.hour + 11) % 12) + 1).padStart(part.length, "0");
    case "mm":
      return String(civil.minute).padStart(2, "0");
    case "ss":
      return String(civil.second).padStart(2, "0");
    case "A":
      return civil.hour < 12 ? "AM" : "PM";
    case "a":
      return civil.hour < 12 ? "am" : "pm";
    default:
      return part[0] === "S" ? String(civil.microsecond).padStart(6, "0").slice(0, part.length) : part;
  }
}

function compileFormat(format: string): CompiledFormat {
  const known = compiledFormats.get(format);
  if (known !== undefined) return known;
  const parts = format.match(TOKEN) ?? [];
  const pattern = parts.map((part) => patternOf(part) ?? part.replace(/[.+]/g, "\\$&")).join("");
  const fields = parts.filter((part) => patternOf(part) !== undefined);
  const compiled = { parts, fields, pattern: new RegExp(`^${pattern}$`), offsetMs: offsetMs(format) };
  compiledFormats.set(format, compiled);
  return compiled;
}

function patternOf(part: string): string | undefined {
  switch (part) {
    case "YYYY":
      return "(\\d{4})";
    case "MMMM":
      return `(${MONTHS.join("|")})`;
    case "MMM":
      return `(${SHORT_MONTHS.join("|")})`;
    case "M":
    case "D":
    case "H":
    case "h":
      return "(\\d{1,2})";
    case "A":
      return "(AM|PM)";
    case "a":
      return "(am|pm)";
    default:
      if (OFFSET.test(part)) return "([+-]\\d{2}:?\\d{2}|Z)";
      return /^(YY|MM|DD|HH|hh|mm|ss|S+)$/.test(part) ? `(\\d{${part.length}})` : undefined;
  }
}

/** The offset at the end of a text or format; 0 for Z and for none. */
function offsetMs(text: string): number {
  const match = OFFSET.exec(text);
  if (match === null) return 0;
  const [, sign, hours, minutes] = match;
  return (sign === "-" ? -1 : 1) * (Number(hours) * 3_600_000 + Number(minutes) * 60_000);
}
