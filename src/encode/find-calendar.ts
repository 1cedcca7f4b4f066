import type { DateColumn } from "../table/column.js";
import { dateMeaning, formatOffsetMs } from "../table/date-format.js";
import { type CalendarUnit, DAY_MS, splitTime } from "./calendar-split.js";

const HOUR_MS = 3_600_000;
const MIN_ROWS = 500;
/** Fewer days or months are told apart by the bins of the date itself. */
const MIN_DAYS = 60;
const MIN_MONTHS = 12;
const MIN_DAYS_WITH_HOURS = 10;
/** Total variation distance from evenness that counts as structure, beside what chance makes. */
const MIN_WEEKDAY_DISTANCE = 0.04;
const MIN_MONTH_DAY_DISTANCE = 0.06;
const MIN_HOUR_DISTANCE = 0.05;
const WEEKDAYS = new Array<number>(7).fill(1);
const HOURS = new Array<number>(24).fill(1);
/** How many of a year's months have the day. */
const MONTH_DAYS = Array.from({ length: 31 }, (_, day) => (day < 28 ? 12 : day === 28 ? 11.25 : day === 29 ? 11 : 7));

/**
 * What a date or timestamp is best counted in: weeks where weekdays are uneven, months where days of the month are more so, days
 * where only hours are. Undefined where nothing of it is uneven, and for times of day and durations.
 */
export function findCalendar(column: DateColumn): CalendarUnit | undefined {
  const meaning = dateMeaning(column.format);
  if (meaning !== "date" && meaning !== "timestamp") return undefined;
  const offset = formatOffsetMs(column.format);
  const hours = new Float64Array(24);
  const rowsOfDay = new Map<number, number>();
  let rows = 0;
  for (const value of column.values) {
    if (Number.isNaN(value)) continue;
    const day = Math.floor((value + offset) / DAY_MS);
    rowsOfDay.set(day, (rowsOfDay.get(day) ?? 0) + 1);
    hours[Math.floor((value + offset - day * DAY_MS) / HOUR_MS)]!++;
    rows++;
  }
  if (rows < MIN_ROWS) return undefined;
  const [weekdays, monthDays] = [new Float64Array(7), new Float64Array(31)];
  const months = new Set<number>();
  for (const [day, count] of rowsOfDay) {
    const month = splitTime(day * DAY_MS, "month");
    weekdays[splitTime(day * DAY_MS, "week").day]! += count;
    monthDays[month.day]! += count;
    months.add(month.count);
  }
  const ofMonth = months.size < MIN_MONTHS ? 0 : excess(monthDays, MONTH_DAYS, MIN_MONTH_DAY_DISTANCE);
  const ofWeek = rowsOfDay.size < MIN_DAYS ? 0 : excess(weekdays, WEEKDAYS, MIN_WEEKDAY_DISTANCE);
  if (ofMonth > 0 && ofMonth > ofWeek) return "month";
  if (ofWeek > 0) return "week";
  const isDaily = meaning === "timestamp" && rowsOfDay.size >= MIN_DAYS_WITH_HOURS && hours[0]! < rows;
  return isDaily && excess(hours, HOURS, MIN_HOUR_DISTANCE) > 0 ? "day" : undefined;
}

/** How far the distance of counts from their expected shares exceeds what counts as structure. */
function excess(counts: Float64Array, expected: readonly number[], least: number): number {
  const rows = counts.reduce((sum, count) => sum + count, 0);
  const all = expected.reduce((sum, weight) => sum + weight, 0);
  const distance = counts.reduce((sum, count, i) => sum + Math.abs(count / rows - expected[i]! / all), 0) / 2;
  return distance - least - Math.sqrt(counts.length / rows);
}
