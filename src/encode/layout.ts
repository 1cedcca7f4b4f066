import type { Field } from "./field.js";

/** Where the levels of one discrete field stand in the concatenated one-hot vector of all levels. */
interface FieldSpan {
  /** Index into the fields. */
  readonly field: number;
  readonly start: number;
  readonly levels: number;
}

export interface Layout {
  /** One a discrete field, in the order of the fields. */
  readonly spans: readonly FieldSpan[];
  readonly totalLevels: number;
  /** Indices of the scalar fields. */
  readonly scalars: readonly number[];
}

/** The layout of `fields`: discrete fields side by side as one vector of `totalLevels` levels; scalars apart. */
export function makeLayout(fields: readonly Field[]): Layout {
  const spans: FieldSpan[] = [];
  const scalars: number[] = [];
  let totalLevels = 0;
  for (const [index, field] of fields.entries()) {
    if (field.kind === "scalar") {
      scalars.push(index);
      continue;
    }
    spans.push({ field: index, start: totalLevels, levels: field.levels });
    totalLevels += field.levels;
  }
  return { spans, totalLevels, scalars };
}
