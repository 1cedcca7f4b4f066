import type { Field } from "../../encode/field.js";
import { makeLayout } from "../../encode/layout.js";
import { tf } from "../../runtime/tf.js";

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
}

/** The level map of a layout's discrete fields. */
export function makeLevelMap(fields: readonly Field[]): LevelMap {
  const { spans, totalLevels: levels } = makeLayout(fields);
  const matrix = new Float32Array(levels * spans.length);
  spans.forEach((span, field) => {
    for (let level = 0; level < span.levels; level++) matrix[(span.start + level) * spans.length + field] = 1;
  });
  return {
    fields: spans.length,
    levels,
    starts: [...spans.map((span) => span.start), levels],
    membership: () => tf.tensor2d(matrix, [levels, spans.length]),
  };
}
