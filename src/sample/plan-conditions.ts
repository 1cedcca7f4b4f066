import { dataError, usageError } from "../core/errors.js";
import { makeRandom } from "../core/random.js";
import { type ColumnEncoding, decodeColumn, fieldsOfColumn } from "../encode/column-encoding.js";
import type { GeneratedEncoding } from "../encode/generated.js";
import type { TableEncoding } from "../encode/table-encoding.js";
import { evaluateCondition } from "../expressions/evaluate-expression.js";
import { columnsIn, type Expression, partsOf } from "../expressions/expression.js";
import type { ColumnCondition } from "../gan/inference/condition-table.js";
import { makeTable } from "../table/table.js";
import { type Anchor, impliedCondition } from "./anchor.js";
import type { RangedField } from "./draw-chunk.js";
import { maskColumn } from "./mask-column.js";

/** How a condition is met. */
export interface ConditionPlan {
  /** What is drawn exactly, at any rarity. */
  readonly conditions: readonly ColumnCondition[];
  readonly ranged: readonly RangedField[];
  /** What is left to rejection: comparisons of columns with each other, `or` over columns, dates within the weeks of a calendar. */
  readonly residual: Expression | undefined;
}

/**
 * Splits a condition into what the levels of single columns can say and the rest; `remade` columns are not what their levels
 * spell: they are tried, among rows whose `anchors` allow it. Throws E_SAMPLE_CONDITION_COLUMN for columns that the model cannot condition on,
 * E_SAMPLE_CONDITION_GENERATED where the values of a generator are compared, and E_SAMPLE_CONDITION_EMPTY where a constant does not
 * meet it.
 */
export function planConditions(
  condition: Expression | undefined,
  encoding: TableEncoding,
  remade: ReadonlySet<string> = new Set(),
  anchors: ReadonlyMap<string, Anchor> = new Map(),
): ConditionPlan {
  const places = placeColumns(encoding);
  const byColumn = new Map<string, Expression[]>();
  const residual: Expression[] = [];
  for (const part of condition === undefined ? [] : conjunctsOf(condition)) {
    const names = columnsIn(part);
    for (const name of names) requireConditional(places.get(name)?.encoding, part);
    const [known, isTried] = names.length === 1 ? sayOfLearned(names[0]!, part, remade, anchors) : [undefined, true];
    if (isTried) residual.push(part);
    if (known !== undefined) byColumn.set(known.name, [...(byColumn.get(known.name) ?? []), known.condition]);
  }
  const conditions: ColumnCondition[] = [];
  const ranged: RangedField[] = [];
  for (const [name, parts] of byColumn) {
    const place = places.get(name);
    if (place?.encoding.kind === "constant") {
      requireConstant(place.encoding, joinParts(parts)!);
      continue;
    }
    const mask = place && maskColumn(place.encoding, place.field, joinParts(parts)!);
    if (mask === undefined || mask.isPartial === true) residual.push(...parts);
    if (mask?.condition !== undefined) conditions.push(mask.condition);
    if (mask?.condition !== undefined && mask.ranged !== undefined) ranged.push(mask.ranged);
  }
  return { conditions, ranged, residual: joinParts(residual) };
}

/** What a condition on one column says of one that is learned, and whether it must be tried besides. */
function sayOfLearned(
  name: string,
  condition: Expression,
  remade: ReadonlySet<string>,
  anchors: ReadonlyMap<string, Anchor>,
): readonly [{ readonly name: string; readonly condition: Expression } | undefined, boolean] {
  if (!remade.has(name)) return [{ name, condition }, false];
  const anchor = anchors.get(name);
  const implied = anchor && impliedCondition(condition, anchor);
  if (anchor === undefined || implied === undefined) return [undefined, true];
  return [sayOfLearned(anchor.reference, implied, remade, anchors)[0], true];
}

interface ColumnPlace {
  readonly encoding: ColumnEncoding;
  /** Its first field. */
  readonly field: number;
}

/** The columns of an encoding by name. */
export function placeColumns(encoding: TableEncoding): ReadonlyMap<string, ColumnPlace> {
  const places = new Map<string, ColumnPlace>();
  let field = 0;
  for (const column of encoding.columns) {
    places.set(column.name, { encoding: column, field });
    field += fieldsOfColumn(column).length;
  }
  return places;
}

/** The parts that must all be true. */
function conjunctsOf(condition: Expression): readonly Expression[] {
  if (condition.kind === "and") return condition.parts.flatMap(conjunctsOf);
  if (condition.kind !== "not") return [condition];
  const { value, at } = condition;
  if (value.kind === "not") return conjunctsOf(value.value);
  if (value.kind !== "or") return [condition];
  return value.parts.flatMap((part) => conjunctsOf({ kind: "not", type: "boolean", value: part, at }));
}

function joinParts(parts: readonly Expression[]): Expression | undefined {
  const [first, second] = parts;
  if (first === undefined || second === undefined) return first;
  return { kind: "and", type: "boolean", parts, at: first.at };
}

function requireConditional(encoding: ColumnEncoding | undefined, condition: Expression): void {
  if (encoding?.kind === "generated") requirePresenceOnly(encoding, condition);
  if (encoding?.kind !== "identifier" && encoding?.kind !== "omitted") return;
  const { name } = encoding;
  const why =
    encoding.kind === "identifier"
      ? "is an identifier, made anew for every row"
      : `is left out of the model: ${encoding.reason}`;
  throw usageError("E_SAMPLE_CONDITION_COLUMN", `column "${name}" ${why}; it cannot stand in a condition`, {
    where: `column "${name}"`,
    hint: "put the condition on another column",
  });
}

function requirePresenceOnly({ name, missing }: GeneratedEncoding, condition: Expression): void {
  if (missing && asksPresenceOnly(condition, name)) return;
  throw usageError("E_SAMPLE_CONDITION_GENERATED", `values of column "${name}" are made by a generator, not learned`, {
    where: `column "${name}"`,
    hint: missing ? `only \`is null\` and \`is not null\` can be asked of it` : "put the condition on another column",
  });
}

/** True where the column stands nowhere but before `is null`. */
function asksPresenceOnly(expression: Expression, name: string): boolean {
  if (expression.kind === "column") return expression.name !== name;
  if (expression.kind === "is-null" && expression.value.kind === "column") return true;
  return partsOf(expression).every((part) => asksPresenceOnly(part, name));
}

function requireConstant(encoding: ColumnEncoding, condition: Expression): void {
  const column = decodeColumn(encoding, { fields: [], rowCount: 1, firstRow: 0 }, makeRandom(0));
  if (column === undefined || evaluateCondition(condition, makeTable([column]))[0] === 1) return;
  throw dataError(
    "E_SAMPLE_CONDITION_EMPTY",
    `column "${encoding.name}" has one value in all rows, and it does not meet the condition`,
    { where: `column "${encoding.name}"`, hint: "leave the column out of the condition" },
  );
}
