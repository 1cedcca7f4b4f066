import type { ColumnOutput } from "../encode/column-output.js";
import { type Expression, partsOf } from "../expressions/expression.js";
import { allowedNumbers } from "./allowed-numbers.js";

/** How a column that is made from another one lies to it: what a condition on it says of the other. */
export interface Anchor {
  readonly name: string;
  readonly output: ColumnOutput;
  readonly reference: string;
  readonly type: "number" | "date";
  /** The least and greatest value of the column minus its reference. */
  readonly offsets: readonly [number, number];
  /** Values outside are no evidence: what is drawn beyond the column's extremes is folded back there. */
  readonly plain: readonly [number, number];
  /** Where the reference is missing the column may have a value of its own. */
  readonly hasOthers: boolean;
}

/** A condition on the reference that holds in every row in which `condition` on the column does; undefined where nothing is said. */
export function impliedCondition(condition: Expression, anchor: Anchor): Expression | undefined {
  const allowed = allowedNumbers(anchor, condition);
  if (allowed === undefined || allowed.missing === 1) return undefined;
  const { at } = condition;
  const { reference, type, offsets, plain, hasOthers } = anchor;
  const column: Expression = { kind: "column", type, name: reference, at };
  const within = allowed.ranges.map(([low, high]): Expression => {
    const bounds: readonly (readonly [">=" | "<=", number])[] = [
      [">=", low <= plain[0] ? Number.NEGATIVE_INFINITY : low - offsets[1]],
      ["<=", high >= plain[1] ? Number.POSITIVE_INFINITY : high - offsets[0]],
    ];
    const parts = bounds.flatMap(([operator, value]): Expression[] => {
      const right: Expression = { kind: "number", type, value, written: "", at };
      return Number.isFinite(value) ? [{ kind: "compare", type: "boolean", operator, left: column, right, at }] : [];
    });
    return { kind: "and", type: "boolean", parts, at };
  });
  if (within.some((one) => partsOf(one).length === 0)) return undefined;
  const missing: Expression = { kind: "is-null", type: "boolean", value: column, at };
  return { kind: "or", type: "boolean", parts: hasOthers ? [...within, missing] : within, at };
}
