import type { SynthModel } from "../artifact/model.js";
import type { EvaluateInput } from "../evaluate/evaluate.js";
import { readCells } from "../privacy/domains/read-cells.js";
import { roleOf } from "../schema/column-role.js";
import type { ColumnSchema, TableSchema } from "../schema/table-schema.js";
import type { Column } from "../table/column.js";
import { findColumn, type Table } from "../table/table.js";
import { writtenTexts } from "../table/written-texts.js";

interface AuditedTables {
  readonly train: Table;
  readonly synthetic: Table;
  readonly holdout: Table;
}

type AuditOptions = Pick<EvaluateInput, "schema" | "target" | "quasiIdentifiers" | "attacks" | "policy">;

/** What an audit of a model's rows compares, and by which schema. */
export function auditInput(model: SynthModel, tables: AuditedTables, options: AuditOptions): EvaluateInput {
  const { target, quasiIdentifiers, attacks, policy } = options;
  const schema = model.constraints === undefined ? options.schema : model.schema;
  const read = model.privacy === undefined ? { ...tables, schema } : readTyped(tables, model.schema);
  return { ...read, target, quasiIdentifiers, attacks, policy, guarantee: model.privacy };
}

/**
 * Real rows that a private model was fitted on, as text, with the types of its schema: an audit sees every level and every value
 * that can be read, those too that the model was not told of.
 */
function readTyped({ train, synthetic, holdout }: AuditedTables, schema: TableSchema): EvaluateInput {
  const compared = schema.columns.filter((column) => roleOf(column) !== "constant").map(withoutDomain);
  const read = (table: Table) => {
    const typed = readCells(table, { ...schema, columns: compared });
    return { ...table, columns: compared.map(({ name }) => findColumn(typed, name) ?? textOf(table, name)) };
  };
  const sides = { train: read(train), holdout: read(holdout) };
  const columns = compared.map((column) =>
    isWhole(column, sides.train) ? column : { ...column, type: "decimal" as const },
  );
  const scored = {
    ...synthetic,
    columns: synthetic.columns.filter(({ name }) => compared.some((one) => one.name === name)),
  };
  return { ...sides, synthetic: scored, schema: { ...schema, columns } };
}

/** Without levels and bounds, which real rows may leave. */
function withoutDomain({ levels, bounds, ...column }: ColumnSchema): ColumnSchema {
  return column;
}

function textOf(table: Table, name: string): Column {
  return writtenTexts(findColumn(table, name)!);
}

/** Do the real values fit a column that is declared to hold whole numbers? */
function isWhole({ name, type }: ColumnSchema, table: Table): boolean {
  const column = findColumn(table, name);
  if (type !== "integer" || column?.kind !== "number") return true;
  return column.values.every((value) => Number.isNaN(value) || Number.isInteger(value));
}
