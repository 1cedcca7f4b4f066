import type { ColumnOutput } from "../encode/column-output.js";
import { evaluateCondition } from "../expressions/evaluate-expression.js";
import { type Expression, partsOf } from "../expressions/expression.js";
import type { Table } from "../table/table.js";
import { allowedNumbers } from "./allowed-numbers.js";

/** A column that is made from another one: what a condition on it says of the other. */
export type Anchor = DistanceAnchor | LookupAnchor;

/** A column that lies at a distance from its reference. */
export interface DistanceAnchor {
  readonly kind: "distance";
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

/** A column that is looked up from a text. */
export interface LookupAnchor {
  readonly kind: "lookup";
  readonly reference: string;
  readonly texts: readonly string[];
  /** The column's value for each of the texts, then for any other text, then where the reference is missing. */
  readonly values: Table;
}

/** A condition on the reference that holds in every row in which `condition` on the column does; undefined where nothing is said. */
export function impliedCondition(condition: Expression, anchor: Anchor): Expression | undefined {
  return anchor.kind === "lookup" ? impliedTexts(condition, anchor) : impliedRange(condition, anchor);
}

function impliedTexts(condition: Expression, { reference, texts, values }: LookupAnchor): Expression | undefined {
  const truths = evaluateCondition(condition, values);
  const [ofOthers, ofMissing] = truths.subarray(texts.length);
  if (ofMissing === 1) return undefined;
  const { at } = condition;
  const list = texts.flatMap((value, text): Expression[] =>
    truths[text] === ofOthers ? [] : [{ kind: "text", type: "text", value, at }],
  );
  if (ofOthers === 1 && list.length === 0) return undefined;
  const column: Expression = { kind: "column", type: "text", name: reference, at };
  const isListed: Expression = { kind: "in", type: "boolean", value: column, list, at };
  return ofOthers === 1 ? { kind: "not", type: "boolean", value: isListed, at } : isListed;
}

function impliedRange(condition: Expression, anchor: DistanceAnchor): Expression | undefined {
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
