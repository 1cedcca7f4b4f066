import type { Field } from "../../encode/field.js";
import { makeLayout } from "../../encode/layout.js";
import { tf } from "../../runtime/tf.js";

/** A level that means "this value follows from that of another field". */
export interface CopyLevel {
  /** Index into the concatenation of all levels. */
  readonly level: number;
  /** The field copied from, as an index into the fields. */
  readonly source: number;
}

/** Where each discrete field's levels stand in the concatenation of all levels. */
export interface LevelMap {
  /** Discrete fields, K. */
  readonly fields: number;
  /** Levels of all fields together, L. */
  readonly levels: number;
  /** First level of each field and, last, L; [K + 1]. */
  readonly starts: readonly number[];
  /** 1 where a level belongs to a field; a constant [L, K] tensor of the engine in use. */
  readonly membership: () => tf.Tensor2D;
  /** Copy levels of each field, the preferred first; [K]. */
  readonly copies: readonly (readonly CopyLevel[])[];
}

/** The level map of a layout's discrete fields. */
export function makeLevelMap(fields: readonly Field[]): LevelMap {
  const { spans, totalLevels: levels } = makeLayout(fields);
  const matrix = new Float32Array(levels * spans.length);
  spans.forEach((span, field) => {
    for (let level = 0; level < span.levels; level++) matrix[(span.start + level) * spans.length + field] = 1;
  });
  const copies = spans.map((span) => {
    const field = fields[span.field]!;
    const own = field.kind === "discrete" ? (field.copies ?? []) : [];
    return own.map(({ level, source }) => ({ level: span.start + level, source }));
  });
  return {
    fields: spans.length,
    levels,
    starts: [...spans.map((span) => span.start), levels],
    membership: () => tf.tensor2d(matrix, [levels, spans.length]),
    copies,
  };
}
