import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { makeRandom } from "../../src/core/random.js";
import { decodeCalendar, encodeCalendar, fieldsOfCalendar, fitCalendar } from "../../src/encode/calendar.js";
import { type CalendarUnit, joinTime, splitTime } from "../../src/encode/calendar-split.js";
import { findCalendar } from "../../src/encode/find-calendar.js";
import type { DateColumn } from "../../src/table/column.js";
import { parseDate } from "../../src/table/date-format.js";
import { kolmogorovSmirnov } from "./kolmogorov-smirnov.js";

const DAY = 86_400_000;
const HOUR = 3_600_000;
const OPTIONS = { minCategoryCount: 5, bins: 200, levelsPerNumber: 200 };
const ROWS = 20_000;

function dates(values: Float64Array, format = "YYYY-MM-DD HH:mm:ss"): DateColumn {
  return { kind: "date", name: "at", missingText: "", values, format };
}

/** Office hours: Monday to Friday mostly, 8 to 18 mostly, from 1968 to 1972; one in fifty missing. */
function officeHours(): DateColumn {
  const random = makeRandom(1);
  const values = Float64Array.from({ length: ROWS }, () => {
    const week = random.integer(200) - 100;
    const weekday = random.uniform() < 0.95 ? random.integer(5) : 5 + random.integer(2);
    const hour = random.uniform() < 0.9 ? 8 + random.integer(10) : random.integer(24);
    const moment = (7 * week + weekday - 3) * DAY + hour * HOUR + random.integer(3600) * 1000;
    return random.uniform() < 0.02 ? Number.NaN : moment;
  });
  return dates(values);
}

function shares(column: DateColumn, levels: number, place: (value: number) => number): number[] {
  const present = column.values.filter((value) => !Number.isNaN(value));
  const counts = new Array<number>(levels).fill(0);
  for (const value of present) counts[place(value)]! += 1 / present.length;
  return counts;
}

function roundTrip(column: DateColumn, unit: CalendarUnit): DateColumn {
  const encoding = fitCalendar(column, unit, false, OPTIONS);
  return decodeCalendar(encoding, encodeCalendar(encoding, column), makeRandom(2)) as DateColumn;
}

function greatestDifference(a: readonly number[], b: readonly number[]): number {
  return Math.max(...a.map((share, i) => Math.abs(share - b[i]!)));
}

describe("splitTime", () => {
  it("is undone by joinTime, in every unit and before 1970", () => {
    const units = fc.constantFrom<CalendarUnit>("day", "week", "month");
    fc.assert(
      fc.property(fc.integer({ min: -4e12, max: 4e12 }), units, (time, unit) => {
        expect(joinTime(splitTime(time, unit), unit)).toBe(time);
      }),
    );
  });

  it("knows that 1969-12-29 was a Monday and 2024-02-29 a Thursday", () => {
    expect(splitTime(parseDate("1969-12-29", "YYYY-MM-DD"), "week")).toEqual({ count: 0, day: 0, time: 0 });
    expect(splitTime(parseDate("2024-02-29", "YYYY-MM-DD"), "week").day).toBe(3);
    expect(splitTime(parseDate("2024-02-29", "YYYY-MM-DD"), "month")).toEqual({ count: 649, day: 28, time: 0 });
  });
});

describe("findCalendar", () => {
  const even = (days: number, step = DAY): DateColumn =>
    dates(Float64Array.from({ length: ROWS }, (_, i) => (i % days) * step));

  it("finds weekdays, firsts of the month and hours, and nothing where all is even", () => {
    expect(findCalendar(officeHours())).toBe("week");
    const firsts = Float64Array.from({ length: ROWS }, (_, i) =>
      joinTime({ count: i % 60, day: i % 3 === 0 ? 0 : (i * 7) % 28, time: 0 }, "month"),
    );
    expect(findCalendar(dates(firsts, "YYYY-MM-DD"))).toBe("month");
    const mornings = Float64Array.from({ length: ROWS }, (_, i) => (i % 700) * DAY + (6 + (i % 5)) * HOUR);
    expect(findCalendar(dates(mornings))).toBe("day");
    expect(findCalendar(dates(even(1400).values, "YYYY-MM-DD"))).toBeUndefined();
    expect(findCalendar(even(17_000, HOUR))).toBeUndefined();
    expect(findCalendar(dates(even(7).values.slice(0, 400)))).toBeUndefined();
  });

  it("reads the clock of the column's offset", () => {
    const mornings = Float64Array.from({ length: ROWS }, (_, i) => (i % 700) * DAY + 23.5 * HOUR);
    const column = dates(mornings, "YYYY-MM-DDTHH:mm:ss+02:00");
    const encoding = fitCalendar(column, "day", false, OPTIONS);
    expect(encoding.time?.levels).toEqual([5400]);
  });
});

describe("dates by their calendar", () => {
  it("keep the shares of weekdays and hours within a point, the whole distribution, and what is missing", () => {
    const column = officeHours();
    const decoded = roundTrip(column, "week");
    const weekday = (value: number): number => splitTime(value, "week").day;
    const hour = (value: number): number => Math.floor(splitTime(value, "day").time / HOUR);
    expect(greatestDifference(shares(column, 7, weekday), shares(decoded, 7, weekday))).toBeLessThan(0.001);
    expect(greatestDifference(shares(column, 24, hour), shares(decoded, 24, hour))).toBeLessThan(0.01);
    expect(kolmogorovSmirnov(column.values, decoded.values)).toBeLessThan(0.01);
    column.values.forEach((value, row) => {
      expect(Number.isNaN(decoded.values[row]!)).toBe(Number.isNaN(value));
    });
  });

  it("never leave the range of the real ones", () => {
    const column = officeHours();
    const present = column.values.filter((value) => !Number.isNaN(value)).sort();
    const decoded = roundTrip(column, "week")
      .values.filter((value) => !Number.isNaN(value))
      .sort();
    expect(decoded[0]).toBeGreaterThanOrEqual(present[0]!);
    expect(decoded.at(-1)).toBeLessThanOrEqual(present.at(-1)!);
  });

  it("have a field for the count, the day and the time; a drawn day that is missing alone is some day", () => {
    const encoding = fitCalendar(officeHours(), "week", false, OPTIONS);
    const fields = fieldsOfCalendar(encoding);
    expect(fields.map(({ name }) => name)).toEqual(["at", "at, weekday", "at, time of day"]);
    expect(fields[1]).toMatchObject({ levels: 8, missingLevel: 7 });
    const missing = fields.map((field) => (field.kind === "discrete" ? field.missingLevel! : 0));
    const codes = [Uint32Array.of(0, missing[0]!), Uint32Array.of(7, 0), Uint32Array.of(missing[2]!, 0)];
    const { values } = decodeCalendar(encoding, codes, makeRandom(1)) as DateColumn;
    expect(values[0]).toBeLessThan(0);
    expect(values[1]).toBeNaN();
  });
});
