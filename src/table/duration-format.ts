const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const ISO_FORMATS = ["PTnS", "PTnMnS", "PTnHnMnS", "PnDTnHnMnS"] as const;

/**
 * The written forms of durations: hours that go beyond a day before minutes and seconds ([HH] padded to two digits), and
 * ISO 8601 without years, months and weeks, the largest unit first (PTnMnS writes 90 minutes as PT90M, PTnHnMnS as PT1H30M).
 * "SSS" and "n.nS" show milliseconds.
 */
export const DURATION_FORMATS: readonly string[] = [
  "[HH]:mm",
  "[H]:mm",
  "[HH]:mm:ss",
  "[H]:mm:ss",
  "[HH]:mm:ss.SSS",
  "[H]:mm:ss.SSS",
  ...ISO_FORMATS,
  ...ISO_FORMATS.map((format) => format.replace("nS", "n.nS")),
];

const CLOCK = /^(-?)(\d+):([0-5]\d)(?::([0-5]\d)(\.\d{3})?)?$/;
const ISO = /^(-?)P(?=[\dT])(?:(\d+)D)?(?:T(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d{1,3})?)S)?)?$/;

/** True for the formats of this file. */
export function isDurationFormat(format: string): boolean {
  return format.startsWith("[H") || format.startsWith("P");
}

/** The smallest unit that a duration's format writes, in milliseconds. */
export function durationUnitMs(format: string): number {
  if (/\.(SSS|nS)$/.test(format)) return 1;
  return format.endsWith(":mm") ? MINUTE : SECOND;
}

/** Milliseconds, or NaN where the text is not what formatDuration writes for them. */
export function parseDuration(text: string, format: string): number {
  const match = (format.startsWith("P") ? ISO : CLOCK).exec(text);
  if (match === null) return Number.NaN;
  const part = (index: number): number => Number(match[index] ?? 0);
  const size = format.startsWith("P")
    ? part(2) * DAY + part(3) * HOUR + part(4) * MINUTE + Math.round(part(5) * SECOND)
    : part(2) * HOUR + part(3) * MINUTE + part(4) * SECOND + Math.round(part(5) * SECOND);
  const value = match[1] === "-" && size > 0 ? -size : size;
  return formatDuration(value, format) === text ? value : Number.NaN;
}

/** The written form of a duration in milliseconds; what the format does not show is cut off. */
export function formatDuration(time: number, format: string): string {
  const unit = durationUnitMs(format);
  const size = Math.floor(Math.abs(time) / unit + 1e-9) * unit;
  const body = format.startsWith("P") ? formatIso(size, format) : formatClock(size, format);
  return time < 0 && size > 0 ? `-${body}` : body;
}

function formatClock(size: number, format: string): string {
  const two = (value: number): string => String(value).padStart(2, "0");
  const hours = Math.floor(size / HOUR);
  const minutes = two(Math.floor(size / MINUTE) % 60);
  const seconds = format.includes(":ss") ? `:${two(Math.floor(size / SECOND) % 60)}` : "";
  const rest = format.endsWith(".SSS") ? `.${String(size % SECOND).padStart(3, "0")}` : "";
  return `${format.startsWith("[HH]") ? two(hours) : hours}:${minutes}${seconds}${rest}`;
}

function formatIso(size: number, format: string): string {
  let left = size;
  const take = (shown: boolean, unit: number): number => {
    const count = shown ? Math.floor(left / unit) : 0;
    left -= count * unit;
    return count;
  };
  const days = take(format.includes("D"), DAY);
  const hours = take(format.includes("H"), HOUR);
  const minutes = take(format.includes("M"), MINUTE);
  const spell = (count: number, unit: string): string => (count === 0 ? "" : `${count}${unit}`);
  const time = spell(hours, "H") + spell(minutes, "M") + spell(left / SECOND, "S");
  const written = `P${spell(days, "D")}${time === "" ? "" : `T${time}`}`;
  return written === "P" ? "PT0S" : written;
}
