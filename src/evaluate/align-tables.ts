import { constraintColumns } from "../constraints/constraint-columns.js";
import { SynthError, usageError } from "../core/errors.js";
import { applySchema } from "../schema/apply-schema.js";
import type { Constraint } from "../schema/constraint-schema.js";
import { inferSchema } from "../schema/infer-schema.js";
import type { TableSchema } from "../schema/table-schema.js";
import type { Column } from "../table/column.js";
import { conformColumn } from "../table/conform-table.js";
import { findColumn, makeTable, type Table } from "../table/table.js";
import { whyOmitted } from "./make-scored-tables.js";
import type { Report } from "./report-schema.js";

/** The tables of an audit as they are given. */
export interface TablesToAlign {
  readonly train: Table;
  readonly synthetic: Table;
  readonly holdout?: Table | undefined;
  readonly schema?: TableSchema | undefined;
}

/** Tables with the same columns in the same order, each of the training column's kind. */
export interface AlignedTables {
  readonly train: Table;
  readonly synthetic: Table;
  readonly holdout?: Table;
  /** Of the columns that are left. */
  readonly schema: TableSchema;
  /** Columns that could not be compared, or that only the synthetic table has. */
  readonly differences: readonly ColumnDifference[];
  /** Constraints of the schema that speak of a column that is not left. */
  readonly unchecked: readonly Constraint[];
}

type ColumnDifference = NonNullable<Report["tables"]["differences"]>[number];

/**
 * Training as the schema has it, the other tables as training. A column that a table lacks, or whose values cannot be read as
 * training's kind, is told and left out of all tables; the others are compared. What no score covers (identifiers, free text)
 * may differ: a generator may leave it out. Throws E_EVALUATE_NO_COLUMN where no column is shared, E_SCHEMA_*.
 */
export function alignTables(input: TablesToAlign): AlignedTables {
  const described = input.schema ?? inferSchema(input.train);
  const typed = input.schema === undefined ? input.train : applySchema(input.train, input.schema);
  const unscored = new Set(
    described.columns.filter((column) => whyOmitted(column) !== undefined).map(({ name }) => name),
  );
  const synthetic = conformColumns(typed, input.synthetic, "synthetic", unscored);
  const holdout = input.holdout && conformColumns(typed, input.holdout, "holdout", unscored);
  const isLeft = ({ name }: Column) => !synthetic.lost.has(name) && holdout?.lost.has(name) !== true;
  const kept = typed.columns.filter(isLeft);
  if (kept.every(({ name }) => unscored.has(name)) && !typed.columns.every(({ name }) => unscored.has(name))) {
    throw nothingShared(typed, input.synthetic);
  }
  const keep = (columns: readonly Column[]) => makeTable(columns.filter(isLeft));
  const names = new Set(kept.map(({ name }) => name));
  const isKept = (constraint: Constraint) => constraintColumns(constraint, typed).every((name) => names.has(name));
  const constraints = described.constraints ?? [];
  return {
    train: makeTable(kept),
    synthetic: keep(synthetic.columns),
    ...(holdout === undefined ? {} : { holdout: keep(holdout.columns) }),
    schema: {
      ...described,
      columns: described.columns.filter(({ name }) => names.has(name)),
      ...(described.constraints === undefined ? {} : { constraints: constraints.filter(isKept) }),
    },
    unchecked: constraints.filter((constraint) => !isKept(constraint)),
    differences: [...synthetic.differences, ...(holdout?.differences ?? []), ...onlyIn(input.synthetic, typed)],
  };
}

interface ConformedColumns {
  readonly columns: readonly Column[];
  readonly differences: readonly ColumnDifference[];
  /** Names of the columns that cannot be compared. */
  readonly lost: ReadonlySet<string>;
}

/** The training table's columns as `table` has them; what is not scored may be missing. */
function conformColumns(
  train: Table,
  table: Table,
  side: "synthetic" | "holdout",
  unscored: ReadonlySet<string>,
): ConformedColumns {
  const what = side === "synthetic" ? "the synthetic table" : "the held-out table";
  const columns: Column[] = [];
  const differences: ColumnDifference[] = [];
  for (const reference of train.columns) {
    const { name } = reference;
    const column = findColumn(table, name);
    if (column === undefined) {
      if (unscored.has(name)) continue;
      differences.push({ name, problem: `missing in ${side}`, message: `column "${name}": ${what} does not have it` });
      continue;
    }
    const conformed = tryConform(column, reference, what);
    if (typeof conformed !== "string") columns.push(conformed);
    else if (!unscored.has(name)) differences.push({ name, problem: "other kind", message: conformed });
  }
  return { columns, differences, lost: new Set(differences.map(({ name }) => name)) };
}

/** The column in the reference's kind, or why it has no such kind. */
function tryConform(column: Column, reference: Column, what: string): Column | string {
  try {
    return conformColumn(column, reference, what);
  } catch (error) {
    if (error instanceof SynthError && error.code === "E_DATA_COLUMN_KIND") return error.message;
    throw error;
  }
}

function onlyIn(synthetic: Table, train: Table): ColumnDifference[] {
  const extra = synthetic.columns.filter(({ name }) => findColumn(train, name) === undefined);
  return extra.map(({ name }) => ({
    name,
    problem: "only in synthetic",
    message: `column "${name}": the training table does not have it, so there is nothing to compare it with`,
  }));
}

function nothingShared(train: Table, synthetic: Table): SynthError {
  const list = (table: Table) =>
    table.columns
      .slice(0, NAMED)
      .map(({ name }) => `"${name}"`)
      .join(", ") + (table.columns.length > NAMED ? ", ..." : "");
  return usageError(
    "E_EVALUATE_NO_COLUMN",
    `the tables share no column that can be compared: training has ${list(train)}; the synthetic table has ${list(synthetic)}`,
    { hint: "rename the columns as the training table has them, or give --no-header where a file has no names" },
  );
}

const NAMED = 5;
