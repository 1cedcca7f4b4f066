import { roleOf } from "../../schema/column-role.js";
import type { TableSchema } from "../../schema/table-schema.js";
import { depthOf } from "./count-bins.js";
import { numberRange, publicBounds } from "./number-range.js";
import { type DomainPart, whatIsLacking } from "./what-is-lacking.js";

/** Numbers that one row changes when domains are found: at most, and just so many where everything is declared. */
export interface DomainChanges {
  readonly types: number;
  readonly categories: number;
  readonly bounds: number;
  readonly bins: number;
}

/** Depth of the bins of a number whose bounds are not declared; most ranges take less. */
const USUAL_DEPTH = 6;

/** What findDomains is going to ask, from public facts alone. */
export function foreseeDomains(columns: readonly string[], schema: TableSchema | undefined): DomainChanges {
  const count = columns.length;
  if (schema === undefined) return { types: count, categories: count, bounds: count, bins: USUAL_DEPTH * count };
  const lacking = schema.columns.map(whatIsLacking);
  const lacks = (...parts: DomainPart[]) =>
    lacking.filter((found) => found.some((part) => parts.includes(part))).length;
  const numbers = schema.columns.filter((column) => ["number", "date"].includes(roleOf(column)));
  const depths = numbers.map((column) => {
    const [low, high] = publicBounds(column);
    return Number.isFinite(low) && Number.isFinite(high) && whatIsLacking(column).length === 0
      ? depthOf(numberRange(column, [low, high]))
      : USUAL_DEPTH;
  });
  return {
    types: lacks("spellings", "decimals", "dateFormat"),
    categories: lacks("levels"),
    bounds: lacks("bounds.min", "bounds.max"),
    bins: depths.reduce((sum, depth) => sum + depth, 0),
  };
}
