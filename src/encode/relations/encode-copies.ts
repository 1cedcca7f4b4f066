import type { FieldData } from "../field.js";
import type { FieldRelations, RelatedField } from "./field-relations.js";
import type { Relation } from "./relation.js";

/**
 * Which copy levels hold in which rows: a field that has some [rows], bit r for the r-th of its copies. `values` are the
 * numbers of the fields that take part in relations, [rows], NaN = missing. As in the search, 0 and values with a level of their own follow
 * nothing.
 */
export function encodeCopies(
  relations: FieldRelations,
  codes: readonly FieldData[],
  values: readonly (Float64Array | undefined)[],
): (Uint32Array | undefined)[] {
  const copies: (Uint32Array | undefined)[] = relations.fields.map(() => undefined);
  for (const related of relations.related) {
    if (related.copies.length > 0) copies[related.field] = bitsOf(related, codes[related.field]!, values);
  }
  return copies;
}

function bitsOf(
  { field, encoding, copies }: RelatedField,
  codes: FieldData,
  values: readonly (Float64Array | undefined)[],
): Uint32Array {
  const bits = new Uint32Array(codes.length);
  const own = values[field]!;
  const isOpen = encoding.levels.map((level) => Array.isArray(level));
  for (const [index, { relation, source }] of copies.entries()) {
    const from = values[source]!;
    const bit = (1 << index) >>> 0;
    for (let row = 0; row < bits.length; row++) {
      if (holds(relation, own[row]!, from[row]!) && isOpen[codes[row]!]) bits[row]! |= bit;
    }
  }
  return bits;
}

/** Whether `value` follows from `source`; a ratio on the border of two classes is in both. */
function holds(relation: Relation, value: number, source: number): boolean {
  if (value === 0) return false;
  if (relation.kind === "equal") return value === source;
  const ratio = value / source;
  return value !== source && ratio >= relation.low && ratio <= relation.high;
}
