import type { ColumnScore } from "../report-schema.js";
import type { ScoredTables, ScoredValues } from "../scored-table.js";
import { columnGroups } from "./column-groups.js";
import { shapeMetric } from "./column-shape.js";
import { columnDistribution } from "./distribution.js";
import { type Samples, similarityFigure } from "./samples.js";
import type { Similarity } from "./similarity.js";

/** All that is reported of one column. `shapes`: its similarity in each sample. */
export function columnScore(
  tables: ScoredTables,
  samples: Samples,
  at: number,
  shapes: readonly Similarity[],
): ColumnScore {
  const real = tables.train.columns[at]!;
  const synthetic = tables.synthetic.columns[at]!;
  const { name, type } = tables.columns[at]!;
  const reason = "a side has no known value";
  return {
    name,
    type,
    metric: shapeMetric(real),
    score: similarityFigure(shapes, samples, presentCount(synthetic), reason),
    missing: { real: missingShare(real), synthetic: missingShare(synthetic) },
    distribution: columnDistribution(tables, at),
    groups: [...columnGroups(tables, at).labels],
  };
}

function presentCount(column: ScoredValues): number {
  let known = 0;
  if (column.kind === "number") for (const value of column.values) known += Number.isNaN(value) ? 0 : 1;
  else for (const code of column.codes) known += code < 0 ? 0 : 1;
  return known;
}

function missingShare(column: ScoredValues): number {
  const rows = column.kind === "number" ? column.values.length : column.codes.length;
  return rows === 0 ? 0 : 1 - presentCount(column) / rows;
}
