import { z } from "zod";
import type { RandomStream } from "../core/random.js";
import type { Column, DateColumn, NumberColumn } from "../table/column.js";
import { formatOffsetMs } from "../table/date-format.js";
import { type CalendarParts, type CalendarUnit, DAY_MS, daysOfUnit, joinTime, splitTime } from "./calendar-split.js";
import { columnOutputSchema, makeNumericColumn, outputOf } from "./column-output.js";
import { type Field, type FieldData, makeCodes } from "./field.js";
import {
  decodeQuantileBins,
  encodeQuantileBins,
  fieldsOfQuantileBins,
  fitQuantileBins,
  type QuantileBinsOptions,
  quantileBinsSchema,
  rangeOfNumbers,
} from "./quantile-bins.js";

/**
 * A date or timestamp whose weekdays, days of the month or hours are uneven, as up to three discrete fields: a binned count of
 * weeks, months or days since 1970; the day within the week or month (last level: missing); the binned time of day. Times are the
 * local ones of the column's offset.
 */
export const calendarSchema = z.strictObject({
  kind: z.literal("calendar"),
  name: z.string(),
  output: columnOutputSchema,
  unit: z.enum(["day", "week", "month"]),
  count: quantileBinsSchema.describe("the count of units since 1970"),
  time: quantileBinsSchema.optional().describe("milliseconds since midnight; absent where all are midnight"),
  low: z.number().describe("values decode to no less: blurred, as of a bin's edge"),
  high: z.number().describe("values decode to no more"),
  missing: z.boolean().describe("each field's last level means a missing value"),
});

export type CalendarEncoding = z.infer<typeof calendarSchema>;

/** Learns the fields of a date column counted in `unit` (findCalendar). */
export function fitCalendar(
  column: DateColumn,
  unit: CalendarUnit,
  missing: boolean,
  options: QuantileBinsOptions,
): CalendarEncoding {
  const { name, format } = column;
  const parts = splitColumn(column, unit);
  const hasMissing = missing || column.values.some(Number.isNaN);
  const count = fitQuantileBins(numbersOf(name, parts.counts), hasMissing, options);
  const hasTimes = parts.times.some((time) => time > 0);
  const times: DateColumn = {
    kind: "date",
    name: `${name}, time of day`,
    missingText: "",
    values: parts.times,
    format,
  };
  const [low, high] = rangeOfNumbers(fitQuantileBins(column, hasMissing, options)) ?? [0, 0];
  return {
    kind: "calendar",
    name,
    output: outputOf(column),
    unit,
    count,
    ...(hasTimes ? { time: fitQuantileBins(times, hasMissing, options) } : {}),
    low,
    high,
    missing: hasMissing,
  };
}

export function fieldsOfCalendar(encoding: CalendarEncoding): Field[] {
  const { name, unit, count, time } = encoding;
  const levels = dayLevels(encoding);
  const missing = encoding.missing ? { missingLevel: levels - 1 } : {};
  const day = unit === "week" ? "weekday" : "day of the month";
  return [
    ...fieldsOfQuantileBins(count),
    ...(unit === "day" ? [] : [{ kind: "discrete", name: `${name}, ${day}`, levels, ...missing } as const]),
    ...(time === undefined ? [] : fieldsOfQuantileBins(time)),
  ];
}

/** Level codes [rows] of each field. What is missing, where training rows had nothing missing, has the first day. */
export function encodeCalendar(encoding: CalendarEncoding, column: DateColumn): FieldData[] {
  const { unit, count, time } = encoding;
  const parts = splitColumn(column, unit);
  const levels = dayLevels(encoding);
  const days = makeCodes(levels, parts.days.length);
  const missingLevel = encoding.missing ? levels - 1 : 0;
  for (let row = 0; row < days.length; row++) {
    days[row] = Number.isNaN(parts.days[row]!) ? missingLevel : parts.days[row]!;
  }
  return [
    encodeQuantileBins(count, numbersOf(encoding.name, parts.counts)),
    ...(unit === "day" ? [] : [days]),
    ...(time === undefined ? [] : [encodeQuantileBins(time, numbersOf(encoding.name, parts.times))]),
  ];
}

/**
 * Values [rows] of the fields' codes; places within bins are drawn. A row whose count is missing is missing. Where another part is
 * missing alone its place is drawn evenly. Days beyond the bounds move by a week. `drawnCounts` [rows]: counts that are drawn already.
 */
export function decodeCalendar(
  encoding: CalendarEncoding,
  fields: readonly FieldData[],
  random: RandomStream,
  drawnCounts?: Float64Array,
): Column {
  const { name, output, unit, count, time, low, high } = encoding;
  const [countCodes, ...others] = fields;
  const dayCodes = unit === "day" ? undefined : others.shift();
  const [timeCodes] = others;
  const counts = drawnCounts ?? valuesOf(decodeQuantileBins(count, countCodes!, random.fork("count")));
  const times = time && timeCodes ? valuesOf(decodeQuantileBins(time, timeCodes, random.fork("time"))) : undefined;
  const draw = random.fork("parts");
  const offset = output.kind === "date" ? formatOffsetMs(output.format) : 0;
  const values = counts.map((place, row) => {
    if (Number.isNaN(place)) return place;
    const known = dayCodes?.[row] ?? 0;
    const day = known < daysOfUnit(unit) ? known : draw.integer(daysOfUnit(unit));
    const drawn = times?.[row] ?? 0;
    const ofDay = Number.isNaN(drawn) ? 0 : drawn;
    return keepWithin(joinTime({ count: place, day, time: ofDay }, unit) - offset, low, high);
  });
  return makeNumericColumn(name, output, values);
}

/** The value, or the same weekday and time in the week next to the bound; the bound where that is beyond the other one. */
function keepWithin(value: number, low: number, high: number): number {
  const moved = value < low ? value + 7 * DAY_MS : value > high ? value - 7 * DAY_MS : value;
  return Math.min(high, Math.max(low, moved));
}

function splitColumn(column: DateColumn, unit: CalendarUnit) {
  const offset = formatOffsetMs(column.format);
  const rows = column.values.length;
  const counts = new Float64Array(rows).fill(Number.NaN);
  const days = counts.slice();
  const times = counts.slice();
  const known = new Map<number, CalendarParts>();
  for (let row = 0; row < rows; row++) {
    const value = column.values[row]!;
    if (Number.isNaN(value)) continue;
    const day = Math.floor((value + offset) / DAY_MS);
    const parts = known.get(day) ?? splitTime(day * DAY_MS, unit);
    known.set(day, parts);
    counts[row] = parts.count;
    days[row] = parts.day;
    times[row] = value + offset - day * DAY_MS;
  }
  return { counts, days, times };
}

function numbersOf(name: string, values: Float64Array): NumberColumn {
  return { kind: "number", name, missingText: "", values, format: { decimals: 0 } };
}

function valuesOf(column: Column): Float64Array {
  return "values" in column ? column.values : new Float64Array(0);
}

function dayLevels({ unit, missing }: CalendarEncoding): number {
  return daysOfUnit(unit) + (missing ? 1 : 0);
}
