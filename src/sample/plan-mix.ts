import { usageError } from "../core/errors.js";
import type { ColumnEncoding } from "../encode/column-encoding.js";
import type { TableEncoding } from "../encode/table-encoding.js";
import type { Expression } from "../expressions/expression.js";
import type { ColumnCondition } from "../gan/inference/condition-table.js";
import { suggestName } from "../schema/suggest-name.js";
import { maskColumn } from "./mask-column.js";
import { type ConditionPlan, placeColumns } from "./plan-conditions.js";
import type { Stratum } from "./strata.js";

/** The shares that a category's or boolean's levels are to have. */
export interface Mix {
  readonly column: string;
  /** "equal": every published level the same. Else shares 0..1 that sum to 1; what is not named is not drawn. */
  readonly shares: "equal" | readonly { readonly level: string; readonly share: number }[];
}

/** More levels are no mix: each is a distribution of its own. */
const MAX_LEVELS = 1000;

const TOLERANCE = 1e-6;

/**
 * The rows of each level: `rows` in all, each level's share to within one row. Throws E_SAMPLE_MIX_COLUMN, E_SAMPLE_MIX_LEVEL and
 * E_SAMPLE_MIX_SHARES; E_SAMPLE_MIX_CONDITION where the conditions are on the same column or met by rejection.
 */
export function planMix(mix: Mix, plan: ConditionPlan, encoding: TableEncoding, rows: number): readonly Stratum[] {
  const { column } = mix;
  const places = placeColumns(encoding);
  const place = places.get(column);
  if (place === undefined)
    throw mixError("COLUMN", column, "is not in the model", suggestName(column, [...places.keys()]));
  const levels = levelsOf(place.encoding);
  const shares = mix.shares === "equal" ? levels.map((level) => ({ level, share: 1 / levels.length })) : mix.shares;
  requireShares(column, shares, levels);
  if (plan.residual !== undefined || plan.conditions.some(([first]) => first?.field === place.field)) {
    const why =
      plan.residual === undefined ? "has a condition of its own" : "cannot be mixed under conditions over columns";
    throw mixError("CONDITION", column, why, "put conditions on other columns, each by itself");
  }
  const counts = apportion(
    shares.map(({ share }) => share),
    rows,
  );
  return shares.flatMap(({ level }, index): Stratum[] => {
    if (counts[index] === 0) return [];
    const { condition } = maskColumn(place.encoding, place.field, equals(place.encoding, level)) ?? {};
    return [{ rows: counts[index]!, conditions: [condition ?? everyLevel(column, place.field), ...plan.conditions] }];
  });
}

function levelsOf(encoding: ColumnEncoding): readonly string[] {
  const { name } = encoding;
  const isText = encoding.kind === "one-hot" || encoding.kind === "grouped-categories";
  if (!isText) throw mixError("COLUMN", name, "is no category", "mix the levels of a category or boolean");
  const levels = encoding.kind === "one-hot" ? encoding.categories : [...encoding.direct, ...encoding.grouped];
  if (levels.length > MAX_LEVELS)
    throw mixError("COLUMN", name, `has more than ${MAX_LEVELS} levels`, "choose another column");
  return levels;
}

function requireShares(
  column: string,
  shares: readonly { readonly level: string; readonly share: number }[],
  levels: readonly string[],
): void {
  for (const { level, share } of shares) {
    if (!levels.includes(level))
      throw mixError("LEVEL", column, `has no published level "${level}"`, suggestName(level, levels));
    if (!(share >= 0 && share <= 1))
      throw mixError("SHARES", column, "has a share that is not from 0 to 1", "correct it");
  }
  const sum = shares.reduce((total, { share }) => total + share, 0);
  const isTwice = new Set(shares.map(({ level }) => level)).size < shares.length;
  if (isTwice) throw mixError("SHARES", column, "has a level with two shares", "name each level once");
  if (Math.abs(sum - 1) > TOLERANCE) {
    throw mixError("SHARES", column, `has shares that sum to ${Number(sum.toFixed(6))}`, "let the shares sum to 1");
  }
}

/** Whole numbers that sum to `total`, nearest to the shares: the largest remainders are rounded up. */
function apportion(shares: readonly number[], total: number): readonly number[] {
  const sum = shares.reduce((all, share) => all + share, 0);
  const exact = shares.map((share) => (share / sum) * total);
  const counts = exact.map(Math.floor);
  const left = total - counts.reduce((all, count) => all + count, 0);
  const byRemainder = exact.map((_, index) => index).sort((a, b) => exact[b]! - counts[b]! - exact[a]! + counts[a]!);
  for (const index of byRemainder.slice(0, left)) counts[index]!++;
  return counts;
}

function equals(encoding: ColumnEncoding, level: string): Expression {
  const spellings =
    encoding.kind === "one-hot" && encoding.output.kind === "boolean" ? encoding.output.spellings : undefined;
  const right: Expression =
    spellings === undefined
      ? { kind: "text", type: "text", value: level, at: 0 }
      : { kind: "number", type: "boolean", value: spellings.indexOf(level), written: level, at: 0 };
  const left: Expression = { kind: "column", type: right.type, name: encoding.name, at: 0 };
  return { kind: "compare", type: "boolean", operator: "=", left, right, at: 0 };
}

/** A column with one level only still is among the conditioned ones. */
function everyLevel(name: string, field: number): ColumnCondition {
  return [{ field, name, weights: [undefined] }];
}

function mixError(code: string, column: string, what: string, hint: string) {
  return usageError(`E_SAMPLE_MIX_${code}`, `column "${column}" ${what}`, { where: `column "${column}"`, hint });
}
