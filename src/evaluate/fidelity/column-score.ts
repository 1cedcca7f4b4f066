import type { ColumnScore } from "../report-schema.js";
import type { ScoredTables, ScoredValues } from "../scored-table.js";
import { adherenceFigure } from "./adherence.js";
import { columnDistances } from "./column-distances.js";
import { columnGroups } from "./column-groups.js";
import { shapeMetric } from "./column-shape.js";
import type { ColumnSide } from "./column-side.js";
import { summarizeCategories, summarizeNumbers } from "./column-summary.js";
import { countValues } from "./counted-values.js";
import { type ColumnCoverage, coverageFigure } from "./coverage.js";
import { cumulativeShares } from "./cumulative-shares.js";
import { columnDistribution } from "./distribution.js";
import { countKnown, missingDifference } from "./missing-difference.js";
import { type Samples, similarityFigure } from "./samples.js";
import type { Similarity } from "./similarity.js";
import { sortValues } from "./sorted-values.js";

/** What was found of one column in each sample, [samples]. */
export interface ColumnFindings {
  readonly sides: readonly ColumnSide[];
  readonly shapes: readonly Similarity[];
  readonly coverages: readonly ColumnCoverage[];
}

/** All that is reported of one column. */
export function columnScore(
  tables: ScoredTables,
  samples: Samples,
  at: number,
  { sides, shapes, coverages }: ColumnFindings,
): ColumnScore {
  const { name, type } = tables.columns[at]!;
  const known = countKnown(tables.synthetic.columns[at]!);
  return {
    name,
    type,
    metric: shapeMetric(tables.train.columns[at]!),
    score: similarityFigure(shapes, samples, known, "a side has no known value"),
    missing: missingDifference(tables, samples, at),
    ...columnDistances(sides, samples, known),
    coverage: coverageFigure(coverages, samples, known),
    adherence: adherenceFigure(tables, samples, at),
    distribution: columnDistribution(tables, at),
    ...describeColumn(tables, at, sides[0]!),
    groups: [...columnGroups(tables, at).labels],
  };
}

/** The column's curve and summary. `whole`: training and synthetic values. */
function describeColumn(
  tables: ScoredTables,
  at: number,
  whole: ColumnSide,
): Pick<ColumnScore, "cumulative" | "summary"> {
  const meta = tables.columns[at]!;
  const held = tables.holdout?.columns[at];
  if (whole.kind === "category") {
    const sides = { train: whole.real.counts, synthetic: whole.sample.counts, holdout: countHeld(held) };
    return { summary: [...summarizeCategories(sides)] };
  }
  const holdout = held?.kind === "number" ? sortValues(held.values, undefined).values : undefined;
  const sides = { train: whole.real.values, synthetic: whole.sample.values, holdout };
  const cumulative = cumulativeShares(meta, sides);
  return { ...(cumulative === undefined ? {} : { cumulative }), summary: [...summarizeNumbers(meta, sides)] };
}

function countHeld(held: ScoredValues | undefined): Float64Array | undefined {
  return held?.kind === "category" ? countValues(held.codes, held.levels, undefined).counts : undefined;
}
