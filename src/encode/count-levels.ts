import type { EncodedTable, Field } from "./field.js";

/** How many rows have each level of each field, [levels]; undefined for scalars. */
export function countLevels(fields: readonly Field[], rows: EncodedTable): (Uint32Array | undefined)[] {
  return fields.map((field, index) => {
    if (field.kind === "scalar") return undefined;
    const counts = new Uint32Array(field.levels);
    for (const level of rows.fields[index]!) counts[level]!++;
    return counts;
  });
}
