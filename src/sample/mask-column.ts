import { makeRandom } from "../core/random.js";
import { type ColumnEncoding, decodeColumn } from "../encode/column-encoding.js";
import type { GeneratedEncoding } from "../encode/generated.js";
import { fieldsOfGroupedCategories, type GroupedCategoriesEncoding } from "../encode/grouped-categories.js";
import { shareOfLevels } from "../encode/number-ranges.js";
import type { OneHotEncoding } from "../encode/one-hot.js";
import type { QuantileBinsEncoding } from "../encode/quantile-bins.js";
import { evaluateCondition } from "../expressions/evaluate-expression.js";
import type { Expression } from "../expressions/expression.js";
import type { ColumnCondition } from "../gan/inference/condition-table.js";
import { makeTable } from "../table/table.js";
import { allowedNumbers } from "./allowed-numbers.js";
import type { ColumnMask } from "./column-mask.js";
import { maskCalendar } from "./mask-calendar.js";

/**
 * What a condition that reads one column only allows of each level of the column's fields, the first of which is `field`.
 * Exact (but for a calendar's): levels are decoded and the condition is asked of what they spell; of a bin that lies partly within
 * the allowed numbers the share that does. Undefined where levels cannot say it: the number is calculated with, or in no bins.
 */
export function maskColumn(encoding: ColumnEncoding, field: number, condition: Expression): ColumnMask | undefined {
  switch (encoding.kind) {
    case "one-hot":
      return maskCategories(encoding, field, condition);
    case "grouped-categories":
      return maskGroups(encoding, field, condition);
    case "quantile-bins":
      return maskNumbers(encoding, field, condition);
    case "calendar":
      return maskCalendar(encoding, field, condition);
    case "generated":
      return maskPresence(encoding, field, condition);
    default:
      return undefined;
  }
}

function maskCategories(encoding: OneHotEncoding, field: number, condition: Expression): ColumnMask {
  const levels = encoding.categories.length + +encoding.rare + +encoding.missing;
  const weights = askLevels(encoding, [Uint32Array.from({ length: levels }, (_, level) => level)], condition);
  return { condition: conditionOf(encoding.name, field, weights) };
}

/** Whether there is a value is all that a condition may ask of generated ones. */
function maskPresence({ name, output }: GeneratedEncoding, field: number, condition: Expression): ColumnMask {
  const column = {
    kind: "text",
    name,
    missingText: output.missingText,
    dictionary: ["any"],
    codes: Int32Array.of(0, -1),
  } as const;
  return { condition: conditionOf(name, field, Float32Array.from(evaluateCondition(condition, makeTable([column])))) };
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
  const allowed = allowedNumbers(encoding, condition);
  if (allowed === undefined) return undefined;
  const { ranges, missing } = allowed;
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
