import { type ColumnOutput, makeNumericColumn } from "../encode/column-output.js";
import type { NumberRanges } from "../encode/number-ranges.js";
import { evaluateCondition } from "../expressions/evaluate-expression.js";
import { type Expression, partsOf } from "../expressions/expression.js";
import { makeTable } from "../table/table.js";

/** What a condition allows of a number or date. */
export interface AllowedNumbers {
  readonly ranges: NumberRanges;
  /** 1: a missing value meets the condition. */
  readonly missing: 0 | 1;
}

/** What a condition on one column of numbers or dates allows; undefined where more than comparisons with numbers is asked. */
export function allowedNumbers(
  { name, output }: { readonly name: string; readonly output: ColumnOutput },
  condition: Expression,
): AllowedNumbers | undefined {
  const borders = bordersIn(condition);
  if (borders === undefined) return undefined;
  const ask = (values: readonly number[]): Uint8Array =>
    evaluateCondition(condition, makeTable([makeNumericColumn(name, output, Float64Array.from(values))]));
  return { ranges: rangesBetween(borders, ask), missing: ask([Number.NaN])[0] === 1 ? 1 : 0 };
}

/**
 * The numbers that the column is compared with, ascending: between two of them the condition is true of all numbers or of none.
 * Undefined where more than comparisons with numbers is asked.
 */
function bordersIn(condition: Expression): readonly number[] | undefined {
  const found = new Set<number>();
  const visit = (expression: Expression): boolean => {
    switch (expression.kind) {
      case "number":
        found.add(expression.value);
        return true;
      case "text":
      case "column":
        return true;
      case "arithmetic":
      case "call":
        return false;
      default:
        return partsOf(expression).every(visit);
    }
  };
  return visit(condition) ? [...found].sort((a, b) => a - b) : undefined;
}

/** The numbers of which the condition is true, which may change its mind at the borders only. */
function rangesBetween(borders: readonly number[], ask: (values: readonly number[]) => Uint8Array): NumberRanges {
  const [first = 0, last = 0] = [borders[0], borders.at(-1)];
  const parts: { low: number; high: number; test: number }[] = [];
  borders.forEach((border, at) => {
    const before = borders[at - 1];
    if (before === undefined) parts.push({ low: Number.NEGATIVE_INFINITY, high: beside(border, -1), test: first - 1 });
    else parts.push({ low: beside(before, 1), high: beside(border, -1), test: before + (border - before) / 2 });
    parts.push({ low: border, high: border, test: border });
  });
  const low = borders.length === 0 ? Number.NEGATIVE_INFINITY : beside(last, 1);
  parts.push({ low, high: Number.POSITIVE_INFINITY, test: last + 1 });
  const truths = ask(parts.map(({ test }) => test));
  const ranges: [number, number][] = [];
  for (const [at, part] of parts.entries()) {
    if (truths[at] !== 1 || part.low > part.high) continue;
    const open = ranges.at(-1);
    if (open !== undefined && truths[at - 1] === 1) open[1] = part.high;
    else ranges.push([part.low, part.high]);
  }
  return ranges;
}

/** The next double above (1) or below (-1). */
function beside(value: number, direction: 1 | -1): number {
  if (value === 0) return direction * Number.MIN_VALUE;
  const words = new BigInt64Array(Float64Array.of(value).buffer);
  words[0]! += BigInt(value > 0 ? direction : -direction);
  return new Float64Array(words.buffer)[0]!;
}
