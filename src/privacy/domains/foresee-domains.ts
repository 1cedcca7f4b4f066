import { roleOf } from "../../schema/column-role.js";
import type { TableSchema } from "../../schema/table-schema.js";
import { depthOf } from "./count-bins.js";
import { numberRange } from "./number-range.js";
import { usualBounds } from "./usual-bounds.js";
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
  const ranges = numbers.map((column) => {
    const bounds = usualBounds(column);
    const isKnown = bounds.every(Number.isFinite) && !whatIsLacking(column).includes("dateFormat");
    return isKnown ? numberRange(column, bounds) : undefined;
  });
  return {
    types: lacks("spellings", "decimals", "dateFormat"),
    categories: lacks("levels"),
    bounds: ranges.filter((range) => range === undefined).length,
    bins: ranges.reduce((sum, range) => sum + (range === undefined ? USUAL_DEPTH : depthOf(range)), 0),
  };
}
