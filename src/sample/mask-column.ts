import { makeRandom } from "../core/random.js";
import { type ColumnEncoding, decodeColumn } from "../encode/column-encoding.js";
import { makeNumericColumn } from "../encode/column-output.js";
import { fieldsOfGroupedCategories, type GroupedCategoriesEncoding } from "../encode/grouped-categories.js";
import { type NumberRanges, shareOfLevels } from "../encode/number-ranges.js";
import type { OneHotEncoding } from "../encode/one-hot.js";
import type { QuantileBinsEncoding } from "../encode/quantile-bins.js";
import { evaluateCondition } from "../expressions/evaluate-expression.js";
import { type Expression, partsOf } from "../expressions/expression.js";
import type { ColumnCondition } from "../gan/inference/condition-table.js";
import { makeTable } from "../table/table.js";
import type { RangedField } from "./draw-chunk.js";

/** A condition on one column as weights on the levels of its fields. */
export interface ColumnMask {
  /** Undefined where every row meets it. */
  readonly condition: ColumnCondition | undefined;
  /** Where the numbers within the levels must lie. */
  readonly ranged?: RangedField;
}

/**
 * What a condition that reads one column only allows of each level of the column's fields, the first of which is `field`.
 * Exact: levels are decoded and the condition is asked of what they spell; of a bin that lies partly within the allowed
 * numbers the share that does. Undefined where levels cannot say it: the number is calculated with, or in no bins.
 */
export function maskColumn(encoding: ColumnEncoding, field: number, condition: Expression): ColumnMask | undefined {
  switch (encoding.kind) {
    case "one-hot":
      return maskCategories(encoding, field, condition);
    case "grouped-categories":
      return maskGroups(encoding, field, condition);
    case "quantile-bins":
      return maskNumbers(encoding, field, condition);
    default:
      return undefined;
  }
}

function maskCategories(encoding: OneHotEncoding, field: number, condition: Expression): ColumnMask {
  const levels = encoding.categories.length + +encoding.rare + +encoding.missing;
  const weights = askLevels(encoding, [Uint32Array.from({ length: levels }, (_, level) => level)], condition);
  return { condition: conditionOf(encoding.name, field, weights) };
}

/** Asks every pair of levels; of the first field's levels those are allowed that go with some level of the second. */
function maskGroups(encoding: GroupedCategoriesEncoding, field: number, condition: Expression): ColumnMask {
  const [outer, inner] = fieldsOfGroupedCategories(encoding).map((one) => (one.kind === "discrete" ? one.levels : 0));
  const pairs = Array.from({ length: outer! * inner! }, (_, pair) => pair);
  const first = Uint32Array.from(pairs, (pair) => Math.floor(pair / inner!));
  const second = Uint32Array.from(pairs, (pair) => pair % inner!);
  const allowed = askLevels(encoding, [first, second], condition);
  const weights = Array.from({ length: outer! }, (_, level) => allowed.subarray(level * inner!, (level + 1) * inner!));
  const { name } = encoding;
  const outerWeights = Float32Array.from(weights, (own) => (own.includes(1) ? 1 : 0));
  if (weights.every((own) => own.every((weight) => weight === 1))) return { condition: undefined };
  return {
    condition: [
      { field, name, weights: [outerWeights] },
      { field: field + 1, name, given: field, weights },
    ],
  };
}

function maskNumbers(encoding: QuantileBinsEncoding, field: number, condition: Expression): ColumnMask | undefined {
  const borders = bordersIn(condition);
  if (borders === undefined) return undefined;
  const ask = (values: readonly number[]): Uint8Array => {
    const column = makeNumericColumn(encoding.name, encoding.output, Float64Array.from(values));
    return evaluateCondition(condition, makeTable([column]));
  };
  const ranges = rangesBetween(borders, ask);
  const missing = ask([Number.NaN])[0] === 1 ? 1 : 0;
  const weights = shareOfLevels(encoding, ranges, missing);
  return { condition: conditionOf(encoding.name, field, weights), ranged: { field, encoding, ranges } };
}

/** 1 for the levels whose value meets the condition, else 0. */
function askLevels(encoding: ColumnEncoding, fields: readonly Uint32Array[], condition: Expression): Float32Array {
  const rowCount = fields[0]!.length;
  const column = decodeColumn(encoding, { fields, rowCount, firstRow: 0 }, makeRandom(0))!;
  return Float32Array.from(evaluateCondition(condition, makeTable([column])));
}

function conditionOf(name: string, field: number, weights: Float32Array): ColumnCondition | undefined {
  return weights.every((weight) => weight === 1) ? undefined : [{ field, name, weights: [weights] }];
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
