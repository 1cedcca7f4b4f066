import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { makeRandom } from "../../src/core/random.js";
import { type CalendarEncoding, decodeCalendar, fieldsOfCalendar, fitCalendar } from "../../src/encode/calendar.js";
import type { CalendarUnit } from "../../src/encode/calendar-split.js";
import { decodeQuantileBins } from "../../src/encode/quantile-bins.js";
import { evaluateCondition } from "../../src/expressions/evaluate-expression.js";
import { parseCondition } from "../../src/expressions/parse-expression.js";
import { maskCalendar } from "../../src/sample/mask-calendar.js";
import { planConditions } from "../../src/sample/plan-conditions.js";
import type { DateColumn, NumberColumn } from "../../src/table/column.js";
import { makeTable } from "../../src/table/table.js";

const DAY = 86_400_000;
const FIRST = Date.UTC(2020, 0, 1);
const FIELD = 4;

/** Moments of 700 days, every one at an hour of its own; each twentieth missing where asked for. */
function fitOn(unit: CalendarUnit, format: string, missing: boolean): CalendarEncoding {
  const hours = format.includes("HH") ? 3_600_000 : 0;
  const values = Float64Array.from({ length: 1400 }, (_, row) =>
    missing && row % 20 === 0 ? Number.NaN : FIRST + ((row * 37) % 700) * DAY + ((row * 7) % 24) * hours,
  );
  const column: DateColumn = { kind: "date", name: "at", missingText: "", values, format };
  return fitCalendar(column, unit, missing, {
    minCategoryCount: 5,
    bins: 12,
    levelsPerNumber: unit === "month" ? 100 : 4,
  });
}

const parse = (condition: string) => parseCondition(condition, [{ name: "at", type: "date", format: "YYYY-MM-DD" }]);
const maskOf = (encoding: CalendarEncoding, condition: string) => maskCalendar(encoding, FIELD, parse(condition))!;
const open = (weights: Float32Array | undefined): number[] =>
  Array.from(weights ?? []).flatMap((weight, level) => (weight > 0 ? [level] : []));
const dayOf = (offset: number): string => new Date(FIRST + offset * DAY).toISOString().slice(0, 10);

describe("a condition on a calendar", () => {
  it("on one day allows its week and its weekday", () => {
    const encoding = fitOn("week", "YYYY-MM-DD", false);
    const mask = maskOf(encoding, "at = '2021-03-03'");
    const [week, weekday] = mask.condition!;
    expect(week).toMatchObject({ field: FIELD, name: "at" });
    expect(open(week!.weights[0])).toHaveLength(1);
    expect(weekday).toMatchObject({ field: FIELD + 1, given: FIELD });
    // 2021-03-03 was a Wednesday.
    expect(open(weekday!.weights[open(week!.weights[0])[0]!])).toEqual([2]);
    // 2670 weeks lie between Monday 1969-12-29 and Monday 2021-03-01.
    expect(mask.ranged).toMatchObject({ field: FIELD, ranges: [[2670, 2670]] });
    expect(mask.isPartial).toBe(true);
  });

  it("on a long range allows every day of its weeks, on presence alone leaves nothing to rejection", () => {
    const encoding = fitOn("week", "YYYY-MM-DD", true);
    expect(maskOf(encoding, "at >= '2020-06-01'").condition).toHaveLength(1);
    const levels = encoding.count.levels.length;
    const [missing] = maskOf(encoding, "at is null").condition!;
    expect(open(missing!.weights[0])).toEqual([levels]);
    expect(maskOf(encoding, "at is null").isPartial).toBe(false);
    expect(open(maskOf(encoding, "at is not null").condition![0]!.weights[0])).toHaveLength(levels);
    expect(maskOf(encoding, "at is not null").isPartial).toBe(false);
  });

  it("beyond all dates allows nothing; with more than comparisons it is left to rejection", () => {
    const encoding = fitOn("month", "YYYY-MM-DD", false);
    expect(open(maskOf(encoding, "at > '2031-01-01'").condition![0]!.weights[0])).toEqual([]);
    expect(maskCalendar(encoding, FIELD, parse("at + 1 > '2020-05-05'"))).toBeUndefined();
    const plan = planConditions(parse("at = '2021-03-03'"), { version: 1, columns: [encoding] });
    expect(plan).toMatchObject({
      conditions: [expect.anything()],
      ranged: [expect.anything()],
      residual: expect.anything(),
    });
  });

  it("allows whatever is drawn that meets it, for all units, zones and ranges", () => {
    const day = fc.integer({ min: -20, max: 720 });
    const formats = ["YYYY-MM-DD", "YYYY-MM-DDTHH:mm:ssZ", "YYYY-MM-DDTHH:mm:ss+05:30"];
    const setting = fc.record({
      unit: fc.constantFrom<CalendarUnit>("day", "week", "month"),
      format: fc.constantFrom(...formats),
      missing: fc.boolean(),
      from: day,
      days: fc.integer({ min: 0, max: 60 }),
      other: day,
      seed: fc.nat(),
    });
    fc.assert(
      fc.property(setting, ({ unit, format, missing, from, days, other, seed }) => {
        const encoding = fitOn(unit, format, missing);
        const condition = parse(`at between '${dayOf(from)}' and '${dayOf(from + days)}' or at = '${dayOf(other)}'`);
        const { condition: steps = [], ranged } = maskCalendar(encoding, FIELD, condition)!;
        const random = makeRandom(seed);
        const rows = 1500;
        const fields = fieldsOfCalendar(encoding).map((field) =>
          Uint32Array.from({ length: rows }, () => random.integer(field.kind === "discrete" ? field.levels : 1)),
        );
        const counts = decodeQuantileBins(encoding.count, fields[0]!, random.fork("counts")) as NumberColumn;
        const column = decodeCalendar(encoding, fields, random.fork("decode"), counts.values);
        const met = evaluateCondition(condition, makeTable([column]));
        for (let row = 0; row < rows; row++) {
          if (met[row] !== 1) continue;
          const count = counts.values[row]!;
          expect(ranged!.ranges.some(([low, high]) => count >= low && count <= high)).toBe(true);
          for (const { field, given, weights } of steps) {
            const own = weights[given === undefined ? 0 : fields[given - FIELD]![row]!];
            expect(own?.[fields[field - FIELD]![row]!] ?? 1).toBeGreaterThan(0);
          }
        }
      }),
      { numRuns: 40 },
    );
  });
});

describe("counts that are drawn already", () => {
  it("stand as they are", () => {
    const encoding = fitOn("week", "YYYY-MM-DD", true);
    const codes = [Uint32Array.of(0, 0), Uint32Array.of(2, 2)];
    const drawn = decodeCalendar(encoding, codes, makeRandom(1), Float64Array.of(2670, Number.NaN)) as DateColumn;
    expect(Array.from(drawn.values)).toEqual([Date.UTC(2021, 2, 3), Number.NaN]);
  });
});
