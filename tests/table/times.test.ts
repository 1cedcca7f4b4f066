import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { DateColumn } from "../../src/table/column.js";
import { DATE_FORMATS, dateMeaning, formatDate, isDateFormat, parseDate } from "../../src/table/date-format.js";
import { detectDateFormat } from "../../src/table/detect-date-format.js";
import { DURATION_FORMATS, durationUnitMs } from "../../src/table/duration-format.js";
import { makeCellFormatter } from "../../src/table/format-cell.js";
import { inferColumn } from "../../src/table/infer-column.js";

const HOUR = 3_600_000;

function infer(texts: readonly string[]) {
  const dictionary = [...new Set(texts)];
  const codes = Int32Array.from(texts, (text) => dictionary.indexOf(text));
  return inferColumn({ name: "t", codes, dictionary });
}

describe("times of day", () => {
  it.each(DATE_FORMATS.filter((format) => dateMeaning(format) === "time"))(
    "written %s come back to the unit",
    (format) => {
      fc.assert(
        fc.property(fc.integer({ min: 0, max: 24 * HOUR - 1 }), (time) => {
          const text = formatDate(time, format);
          expect(formatDate(parseDate(text, format), format)).toBe(text);
        }),
        { numRuns: 50 },
      );
    },
  );

  it("are milliseconds since midnight", () => {
    const { column } = infer(["08:30", "23:59"]);
    expect(column).toMatchObject({ kind: "date", format: "HH:mm" });
    expect([...(column as DateColumn).values]).toEqual([8.5 * HOUR, 24 * HOUR - 60_000]);
    expect(infer(["9:05 am", "12:00 pm"]).column).toMatchObject({ kind: "date", format: "h:mm a" });
  });
});

describe("durations", () => {
  it.each(DURATION_FORMATS)("written %s come back, negative ones too", (format) => {
    fc.assert(
      fc.property(fc.integer({ min: -1e6, max: 1e6 }), (count) => {
        const time = count === 0 ? 0 : count * durationUnitMs(format);
        expect(parseDate(formatDate(time, format), format)).toBe(time);
      }),
    );
  });

  it.each([
    [["26:15:00", "01:00:30"], "[HH]:mm:ss", [26.25 * HOUR, HOUR + 30_000]],
    [["100:30", "7:05"], "[H]:mm", [100.5 * HOUR, 7 * HOUR + 300_000]],
    [["PT1H30M", "PT45S"], "PTnHnMnS", [1.5 * HOUR, 45_000]],
    [["PT90M"], "PTnMnS", [1.5 * HOUR]],
    [["P1DT2H", "PT0S"], "PnDTnHnMnS", [26 * HOUR, 0]],
    [["PT1.5S", "PT2S"], "PTn.nS", [1500, 2000]],
  ])("of %j are read as %s", (texts, format, values) => {
    const { column } = infer(texts);
    expect(column).toMatchObject({ kind: "date", format });
    expect([...(column as DateColumn).values]).toEqual(values);
    expect(texts.map((_, row) => makeCellFormatter(column)(row))).toEqual(texts);
    expect(dateMeaning(format)).toBe("duration");
  });

  it("of years and months are no fixed time: text", () => {
    expect(infer(["P1Y", "P2M"]).column.kind).toBe("text");
    expect(infer(["PT90M", "PT1H30M"]).column.kind).toBe("text");
  });
});

describe("offsets from UTC", () => {
  it("are kept, and values are moments of UTC", () => {
    const texts = ["2024-07-01T12:00:00+02:00", "1969-12-31T23:30:00+02:00"];
    const { column, notices } = infer(texts);
    expect(column).toMatchObject({ kind: "date", format: "YYYY-MM-DDTHH:mm:ss+02:00" });
    expect([...(column as DateColumn).values]).toEqual(texts.map((text) => Date.parse(text)));
    expect(texts.map((_, row) => makeCellFormatter(column)(row))).toEqual(texts);
    expect(notices).toEqual([]);
  });

  it("that differ are written as the most frequent one, which a notice says", () => {
    const texts = ["2024-01-01 12:00:00+01:00", "2024-07-01 12:00:00+02:00", "2024-07-02 12:00:00+02:00"];
    const { column, notices } = infer(texts);
    expect([...(column as DateColumn).values]).toEqual(texts.map((text) => Date.parse(text)));
    expect(makeCellFormatter(column)(0)).toBe("2024-01-01 13:00:00+02:00");
    expect(notices.map(({ code }) => code)).toEqual(["N_DATE_OFFSETS"]);
  });

  it("belong to a format", () => {
    expect(isDateFormat("YYYY-MM-DDTHH:mm:ss-0530")).toBe(true);
    expect(detectDateFormat(["2020-05-12"])).toMatchObject({ format: "YYYY-MM-DD" });
  });
});
