import { civilTime, daysFromCivil, daysInMonth } from "../table/civil-time.js";

export const DAY_MS = 86_400_000;

/** What a date is counted in: days, weeks that begin on Monday, or months; since 1970. */
export type CalendarUnit = "day" | "week" | "month";

/** A moment as a count of units, the day within the unit (0 = first), and milliseconds since midnight. */
export interface CalendarParts {
  readonly count: number;
  readonly day: number;
  readonly time: number;
}

/** 1970-01-01 was a Thursday: the week that holds it began three days before. */
const DAYS_INTO_WEEK = 3;

/** Days of the longest unit: levels of the day within it; 1 for days. */
export function daysOfUnit(unit: CalendarUnit): number {
  return { day: 1, week: 7, month: 31 }[unit];
}

/** The parts of a local time in milliseconds since 1970. */
export function splitTime(local: number, unit: CalendarUnit): CalendarParts {
  const days = Math.floor(local / DAY_MS);
  const time = local - days * DAY_MS;
  switch (unit) {
    case "day":
      return { count: days, day: 0, time };
    case "week": {
      const count = Math.floor((days + DAYS_INTO_WEEK) / 7);
      return { count, day: days + DAYS_INTO_WEEK - 7 * count, time };
    }
    case "month": {
      const { year, month, day } = civilTime(days * DAY_MS);
      return { count: 12 * (year - 1970) + month - 1, day: day - 1, time };
    }
    default:
      return unit satisfies never;
  }
}

/** The inverse of splitTime; a day that the month does not have becomes its last. */
export function joinTime({ count, day, time }: CalendarParts, unit: CalendarUnit): number {
  switch (unit) {
    case "day":
      return count * DAY_MS + time;
    case "week":
      return (7 * count - DAYS_INTO_WEEK + day) * DAY_MS + time;
    case "month": {
      const year = 1970 + Math.floor(count / 12);
      const month = 1 + count - 12 * (year - 1970);
      const days = daysFromCivil(year, month, 1) + Math.min(day, daysInMonth(year, month) - 1);
      return days * DAY_MS + time;
    }
    default:
      return unit satisfies never;
  }
}
