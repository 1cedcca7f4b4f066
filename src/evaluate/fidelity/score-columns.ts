import { setImmediate } from "node:timers/promises";
import { throwIfAborted } from "../../core/errors.js";
import type { ColumnScore, Report } from "../report-schema.js";
import type { ScoredTables } from "../scored-table.js";
import { columnScore } from "./column-score.js";
import { sideShape } from "./column-shape.js";
import { columnSides } from "./column-side.js";
import { type ColumnCoverage, columnCoverage, scoreCoverage } from "./coverage.js";
import type { Samples } from "./samples.js";
import type { Similarity } from "./similarity.js";

/** Everything that is reported of single columns. */
export interface ColumnScores {
  /** Similarity of each column's distribution, [columns] of [samples]. */
  readonly shapes: readonly (readonly Similarity[])[];
  readonly columns: ColumnScore[];
  readonly coverage: NonNullable<Report["fidelity"]["coverage"]>;
}

/** Scores each column of the samples. Values are sorted and counted once a column, and given up after it. Throws E_INTERRUPTED. */
export async function scoreColumns(
  tables: ScoredTables,
  samples: Samples,
  signal?: AbortSignal | undefined,
): Promise<ColumnScores> {
  const columns: ColumnScore[] = [];
  const shapes: (readonly Similarity[])[] = [];
  const coverages: (readonly ColumnCoverage[])[] = [];
  for (const at of tables.columns.keys()) {
    await setImmediate();
    throwIfAborted(signal);
    const sides = columnSides(samples, at);
    const findings = { sides, shapes: sides.map(sideShape), coverages: sides.map(columnCoverage) };
    columns.push(columnScore(tables, samples, at, findings));
    shapes.push(findings.shapes);
    coverages.push(findings.coverages);
  }
  return { shapes, columns, coverage: scoreCoverage(coverages, samples, tables.synthetic.rowCount) };
}
