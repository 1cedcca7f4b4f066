import { type SynthError, usageError } from "../../core/errors.js";
import type { Constraint } from "../../schema/constraint-schema.js";
import type { TableSchema } from "../../schema/table-schema.js";
import type { Table } from "../../table/table.js";
import { ownedColumns, type Transform } from "../transform.js";

/** What constraints are being turned into. */
export interface Plan {
  readonly table: Table;
  readonly schema: TableSchema;
  readonly constraints: readonly Constraint[];
  /** A value that fewer rows have is not published. */
  readonly minCategoryCount: number;
  readonly transforms: Transform[];
  /** By column the transform that takes it out of what is learned. */
  readonly owners: Map<string, Transform>;
  /** Names of columns, the table's and the learnable ones. */
  readonly names: Set<string>;
}

/** The plan's constraints of one kind. */
export function constraintsOf<K extends Constraint["kind"]>(
  { constraints }: Plan,
  kind: K,
): Extract<Constraint, { readonly kind: K }>[] {
  return constraints.filter((one): one is Extract<Constraint, { readonly kind: K }> => one.kind === kind);
}

/** Adds a transform. Throws E_CONSTRAINT_CONFLICT where one of its columns follows from another one already. */
export function addTransform(plan: Plan, transform: Transform): void {
  for (const column of ownedColumns(transform)) {
    if (plan.owners.has(column)) throw conflict(`column "${column}" would have to follow from two constraints at once`);
    plan.owners.set(column, transform);
  }
  plan.transforms.push(transform);
}

/** A name that no column has. */
export function freshName({ names }: Plan, wanted: string): string {
  let name = wanted;
  for (let number = 2; names.has(name); number++) name = `${wanted} (${number})`;
  names.add(name);
  return name;
}

/** E_CONSTRAINT_CONFLICT. */
export function conflict(message: string): SynthError {
  return usageError("E_CONSTRAINT_CONFLICT", message, {
    where: "schema.constraints",
    hint: "leave one of the constraints out, best the one that follows from the others",
  });
}
