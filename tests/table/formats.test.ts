import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { civilTime, daysFromCivil } from "../../src/table/civil-time.js";
import { DATE_FORMATS, dateMeaning, formatDate, parseDate, swapDayAndMonth } from "../../src/table/date-format.js";
import { countDecimals, formatNumber, parseNumber } from "../../src/table/number-format.js";

describe("parseNumber and formatNumber", () => {
  it("give every double back", () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        expect(parseNumber(formatNumber(value, { decimals: 100 }))).toBe(value === 0 ? 0 : value);
      }),
    );
  });

  it("give every decimal number of up to 15 digits back in its written form", () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e15, max: 1e15 }), fc.integer({ min: 1, max: 12 }), (whole, decimals) => {
        const digits = String(Math.abs(whole)).padStart(decimals + 1, "0");
        const text = `${whole < 0 ? "-" : ""}${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
        expect(formatNumber(parseNumber(text), { decimals, minDecimals: decimals })).toBe(text);
      }),
    );
  });

  it("round to the decimals and pad to the least of them", () => {
    expect(formatNumber(0.1 + 0.2, { decimals: 1 })).toBe("0.3");
    expect(formatNumber(12.5, { decimals: 2 })).toBe("12.5");
    expect(formatNumber(71, { decimals: 2, minDecimals: 1 })).toBe("71.0");
    expect(formatNumber(-0.04, { decimals: 1, minDecimals: 1 })).toBe("0.0");
    expect(formatNumber(1e20, { decimals: 0 })).toBe("1e+20");
  });

  it("write the shortest text of the rounded number, whatever its size", () => {
    const value = fc.tuple(fc.double({ min: -10, max: 10, noNaN: true }), fc.integer({ min: -6, max: 14 }));
    fc.assert(
      fc.property(value, fc.integer({ min: 0, max: 20 }), ([mantissa, exponent], decimals) => {
        const number = mantissa * 10 ** exponent;
        const rounded = Number(number.toFixed(decimals));
        fc.pre(rounded === 0 || Math.abs(rounded) >= 1e-6); // below, String writes an exponent
        expect(formatNumber(number, { decimals })).toBe(String(rounded));
      }),
      { numRuns: 1000 },
    );
    expect(
      [-0, -0.004, -0.006, 1e-5, 123456789012345.6].map((number) => formatNumber(number, { decimals: 2 })),
    ).toEqual(["0", "0", "-0.01", "0", "123456789012345.6"]);
  });

  it("count digits after the point with the exponent", () => {
    const texts = ["1", "1.50", ".5", "5.", "1.5e-3", "1.5e3", "1e-400"];
    expect(texts.map((text) => countDecimals(text))).toEqual([0, 2, 1, 0, 4, 0, 100]);
  });
});

describe("parseDate and formatDate", () => {
  it("agree with the platform's calendar in every format and year", () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date("0000-01-01"), max: new Date("9999-12-31"), noInvalidDate: true }),
        (date) => {
          expect(formatDate(date.getTime(), "YYYY-MM-DDTHH:mm:ss.SSSZ")).toBe(date.toISOString());
          expect(parseDate(date.toISOString(), "YYYY-MM-DDTHH:mm:ss.SSSZ")).toBe(date.getTime());
        },
      ),
    );
  });

  it("give back what each format shows", () => {
    const formats = DATE_FORMATS.filter((format) => dateMeaning(format) !== "time");
    fc.assert(
      fc.property(fc.constantFrom(...formats), fc.integer({ min: -3e10, max: 3e12 }), (format, time) => {
        const shown = parseDate(formatDate(time, format), format);
        expect(formatDate(shown, format)).toBe(formatDate(time, format));
        expect(Math.abs(shown - time)).toBeLessThan(86_400_000);
      }),
      { numRuns: 1000 },
    );
  });

  it("keep microseconds and years before 1970", () => {
    const text = "1857-12-11 23:59:59.123456";
    expect(formatDate(parseDate(text, "YYYY-MM-DD HH:mm:ss.SSSSSS"), "YYYY-MM-DD HH:mm:ss.SSSSSS")).toBe(text);
    expect(parseDate("1857-12-11", "YYYY-MM-DD")).toBe(Date.UTC(1857, 11, 11));
  });

  it("read twelve-hour clocks, month names and two-digit years", () => {
    expect(parseDate("1/8/90 12:05 AM", "M/D/YY h:mm A")).toBe(Date.UTC(1990, 0, 8, 0, 5));
    expect(parseDate("1/8/68 12:05 PM", "M/D/YY h:mm A")).toBe(Date.UTC(2068, 0, 8, 12, 5));
    expect(parseDate("Jan 1 2000", "MMM D YYYY")).toBe(Date.UTC(2000, 0, 1));
    expect(formatDate(Date.UTC(2000, 4, 9, 13, 0), "MMMM D, YYYY h:mm A")).toBe("May 9, 2000 1:00 PM");
  });

  it("refuse days and times that do not exist, and other forms", () => {
    const bad = ["2020-02-30", "2021-02-29", "1900-02-29", "2020-13-01", "2020-00-10", "2020-01-00", "2020-1-1", "x"];
    for (const text of bad) expect(parseDate(text, "YYYY-MM-DD"), text).toBeNaN();
    expect(parseDate("2000-02-29", "YYYY-MM-DD")).toBe(Date.UTC(2000, 1, 29));
    expect(parseDate("2020-01-01 24:00", "YYYY-MM-DD HH:mm")).toBeNaN();
    expect(parseDate("2020-01-01 13:00 PM", "YYYY-MM-DD hh:mm A")).toBeNaN();
  });

  it("exchange day and month in a format", () => {
    expect(swapDayAndMonth("M/D/YY HH:mm")).toBe("D/M/YY HH:mm");
    expect(swapDayAndMonth("MMM D YYYY")).toBe("MMM M YYYY");
  });

  it("count days as a calendar does over a whole 400-year cycle", () => {
    for (let day = -200_000; day < 146_097; day += 61) {
      const { year, month, day: dayOfMonth } = civilTime(day * 86_400_000);
      expect(daysFromCivil(year, month, dayOfMonth)).toBe(day);
    }
  });
});
