import type { OnProgress } from "../core/progress.js";
import type { TableSchema } from "../schema/table-schema.js";
import type { Table } from "../table/table.js";
import { describeTransform } from "./describe-transform.js";
import { orderTransforms } from "./plan/order-transforms.js";
import type { Plan } from "./plan/plan.js";
import { planBounds, spreadBounds } from "./plan/plan-bounds.js";
import { planCombinations } from "./plan/plan-combinations.js";
import { planComputed } from "./plan/plan-computed.js";
import { planDifferences } from "./plan/plan-differences.js";
import { planDistinct } from "./plan/plan-distinct.js";
import { explainedCells, planNulls } from "./plan/plan-nulls.js";
import { planOneHot } from "./plan/plan-one-hot.js";
import { requireConstraints, requireHeld } from "./require-constraints.js";
import type { FittedConstraints } from "./transform.js";

export interface FitConstraintsOptions {
  /** A value that fewer rows have is not published. */
  readonly minCategoryCount: number;
  readonly onProgress?: OnProgress | undefined;
}

/**
 * How the constraints of a schema are kept: what is learned in place of their columns, and how those come back. Undefined
 * where there are none. Tells by notices (N_CONSTRAINT) what each was turned into.
 *
 * Throws what requireConstraints and requireHeld throw, E_CONSTRAINT_CONFLICT where two constraints cannot both be kept, and
 * E_CONSTRAINT_RARE where no combination is in enough rows.
 */
export function fitConstraints(
  table: Table,
  schema: TableSchema,
  { minCategoryCount, onProgress }: FitConstraintsOptions,
): FittedConstraints | undefined {
  const constraints = schema.constraints ?? [];
  if (constraints.length === 0) return undefined;
  requireConstraints(table, schema, constraints);
  requireHeld(table, constraints);
  const names = new Set(table.columns.map(({ name }) => name));
  const plan: Plan = { table, schema, constraints, minCategoryCount, transforms: [], owners: new Map(), names };
  planCombinations(plan);
  planOneHot(plan);
  planComputed(plan, explainedCells(plan));
  const bounds = spreadBounds(plan);
  planDifferences(plan, bounds);
  planBounds(plan, bounds);
  planNulls(plan);
  planDistinct(plan, bounds);
  const transforms = orderTransforms(plan.transforms);
  for (const transform of transforms) {
    const { message, column } = describeTransform(transform);
    onProgress?.({ kind: "notice", code: "N_CONSTRAINT", message, column });
  }
  return { version: 1, columns: table.columns.map(({ name }) => name), transforms };
}
