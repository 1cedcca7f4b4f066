import type { CalendarEncoding } from "../encode/calendar.js";
import { type CalendarUnit, DAY_MS, daysOfUnit, joinTime, splitTime } from "../encode/calendar-split.js";
import { type NumberRanges, numbersOfLevel, shareOfLevels } from "../encode/number-ranges.js";
import type { Expression } from "../expressions/expression.js";
import type { ColumnCondition, FieldCondition } from "../gan/inference/condition-table.js";
import { formatOffsetMs } from "../table/date-format.js";
import { allowedNumbers } from "./allowed-numbers.js";
import type { ColumnMask } from "./column-mask.js";

/** Dates beyond the bounds of the encoding move by so much. */
const MOVE_MS = 7 * DAY_MS;

/**
 * What a condition on a calendar allows: the weeks, months or days that hold an allowed date and, where these are few, the days in
 * them. Rows that do not meet the condition are left: those of an allowed week's other days and hours. Undefined where the date is
 * calculated with.
 */
export function maskCalendar(encoding: CalendarEncoding, field: number, condition: Expression): ColumnMask | undefined {
  const allowed = allowedNumbers(encoding, condition);
  if (allowed === undefined) return undefined;
  const { name, count, unit } = encoding;
  const ranges = localRanges(encoding, allowed.ranges);
  const counts = countsOf(ranges, unit);
  const weights = shareOfLevels(count, counts, allowed.missing);
  const days = unit === "day" ? undefined : maskDays(encoding, field, weights, ranges);
  const steps: ColumnCondition = [{ field, name, weights: [weights] }, ...(days === undefined ? [] : [days])];
  const isOpen = days === undefined && weights.every((weight) => weight === 1);
  const [first] = allowed.ranges;
  const isAll = first?.[0] === Number.NEGATIVE_INFINITY && first[1] === Number.POSITIVE_INFINITY;
  return {
    condition: isOpen ? undefined : steps,
    ranged: { field, encoding: count, ranges: counts },
    isPartial: first !== undefined && !isAll,
  };
}

/**
 * Local times that hold every one that is drawn for an allowed date: what is drawn beyond the encoding's bounds moves by a week, and
 * then onto the bound.
 */
function localRanges({ low, high, output }: CalendarEncoding, ranges: NumberRanges): NumberRanges {
  const offset = output.kind === "date" ? formatOffsetMs(output.format) : 0;
  return ranges.flatMap(([from, to]) => {
    const [first, last] = [Math.max(from, low), Math.min(to, high)];
    if (first > last) return [];
    return [
      [
        first <= low + MOVE_MS ? Number.NEGATIVE_INFINITY : first + offset,
        last >= high - MOVE_MS ? Number.POSITIVE_INFINITY : last + offset,
      ] as const,
    ];
  });
}

/** The counts of units that local times lie in. */
function countsOf(ranges: NumberRanges, unit: CalendarUnit): NumberRanges {
  const counts: [number, number][] = [];
  for (const [from, to] of ranges) {
    const [first, last] = [countOf(from, unit), countOf(to, unit)];
    const open = counts.at(-1);
    if (open !== undefined && first <= open[1]) open[1] = Math.max(open[1], last);
    else counts.push([first, last]);
  }
  return counts;
}

function countOf(local: number, unit: CalendarUnit): number {
  return Number.isFinite(local) ? splitTime(local, unit).count : local;
}

/** The allowed days by the level of the count; undefined where most levels allow all days. */
function maskDays(
  encoding: CalendarEncoding,
  given: number,
  counts: Float32Array,
  ranges: NumberRanges,
): FieldCondition | undefined {
  const weights = Array.from(counts, (weight, code) => (weight > 0 ? daysOfLevel(encoding, code, ranges) : undefined));
  const open = counts.filter((weight) => weight > 0).length;
  const isNarrow = 2 * weights.filter((own) => own !== undefined).length >= open && open > 0;
  return isNarrow ? { field: given + 1, name: encoding.name, given, weights } : undefined;
}

/** 1 for the days that hold an allowed time in one of the level's units, and for the missing one; undefined: all do. */
function daysOfLevel(encoding: CalendarEncoding, code: number, ranges: NumberRanges): Float32Array | undefined {
  const numbers = numbersOfLevel(encoding.count, code);
  if (numbers === undefined) return undefined;
  const { unit } = encoding;
  const length = daysOfUnit(unit);
  const weights = new Float32Array(length + (encoding.missing ? 1 : 0)).fill(0);
  if (encoding.missing) weights[length] = 1;
  for (const [from, to] of ranges) {
    const [first, last] = [Math.max(numbers[0], countOf(from, unit)), Math.min(numbers[1], countOf(to, unit))];
    if (last - first > 1) return undefined;
    for (let count = first; count <= last; count++) {
      for (let day = 0; day < length; day++) {
        const start = joinTime({ count, day, time: 0 }, unit);
        if (start <= to && start + DAY_MS > from) weights[day] = 1;
      }
    }
  }
  return weights.every((weight) => weight === 1) ? undefined : weights;
}
