import { inferSchema } from "../schema/infer-schema.js";
import type { ColumnSchema, TableSchema } from "../schema/table-schema.js";
import { type Column, countMissing } from "../table/column.js";
import { makeTable, type Table } from "../table/table.js";
import { type FittedConstraints, type Nulled, ownedColumns, type Transform } from "./transform.js";
import { learnCombination } from "./transforms/combination.js";
import { learnComputed } from "./transforms/computed.js";
import { learnDifference } from "./transforms/difference.js";
import { explainedRows, fillExplained } from "./transforms/nulled.js";
import { learnOneHotGroup } from "./transforms/one-hot-group.js";

/** The table as it is learned, and what its columns mean. */
export interface Learnable {
  readonly table: Table;
  readonly schema: TableSchema;
}

/** A table and its schema as models learn them: without what the constraints tell. The table has the columns of the schema. */
export function makeLearnable(fitted: FittedConstraints, table: Table, schema: TableSchema): Learnable {
  const learnable = toLearnable(fitted, table);
  return { table: learnable, schema: learnableSchema(fitted, schema, learnable) };
}

/** The table re-encoded so that every row that is drawn like it can be made to hold the constraints. */
export function toLearnable({ transforms }: FittedConstraints, table: Table): Table {
  const nulled = new Map(transforms.flatMap((one) => (one.kind === "nulled" ? [[one.column, one] as const] : [])));
  const owners = new Map(transforms.flatMap((one) => ownedColumns(one).map((name) => [name, one] as const)));
  const columns = table.columns.flatMap((column) => {
    const owner = owners.get(column.name);
    const explains = nulled.get(column.name);
    if (owner === undefined) return [fill(column, explains, table)];
    return ownedColumns(owner)[0] === column.name ? learn(owner, explains, table) : [];
  });
  return makeTable(columns);
}

function learn(owner: Transform, explains: Nulled | undefined, table: Table): Column[] {
  switch (owner.kind) {
    case "difference": {
      const [distance, ...rest] = learnDifference(owner, table);
      return [fill(distance!, explains, table), ...rest];
    }
    case "computed":
      return learnComputed(owner, table, explains && explainedRows(explains, table));
    case "combination":
      return learnCombination(owner, table);
    case "one-hot":
      return learnOneHotGroup(owner, table);
    case "nulled":
    case "bounded":
    case "distinct":
      return [];
    default:
      return owner satisfies never;
  }
}

function fill(column: Column, explains: Nulled | undefined, table: Table): Column {
  return explains === undefined ? column : fillExplained(column, explainedRows(explains, table), explains.exactly);
}

/** What the columns of a re-encoded table mean. */
function learnableSchema({ transforms }: FittedConstraints, schema: TableSchema, table: Table): TableSchema {
  const known = new Map(schema.columns.map((column) => [column.name, column]));
  for (const transform of transforms) {
    const rest = "rest" in transform ? transform.rest : undefined;
    if (rest !== undefined && "column" in transform) known.set(rest, { ...known.get(transform.column)!, name: rest });
  }
  const remade = new Set(
    transforms.flatMap((one) => (one.kind === "distinct" && one.nudged.length === 0 ? one.columns : [])),
  );
  const columns = table.columns.map((column): ColumnSchema => {
    const described = known.get(column.name);
    if (described === undefined) return describe(column);
    const missingShare = table.rowCount === 0 ? 0 : countMissing(column) / table.rowCount;
    return { ...described, missingShare, ...(remade.has(column.name) ? { type: "identifier" as const } : {}) };
  });
  const { constraints: _, ...rest } = schema;
  return { ...rest, columns };
}

function describe(column: Column): ColumnSchema {
  const type = typeOf(column);
  return inferSchema(makeTable([column]), { overrides: { [column.name]: type } }).columns[0]!;
}

function typeOf(column: Column): ColumnSchema["type"] {
  switch (column.kind) {
    case "number":
      return column.format.decimals === 0 ? "integer" : "decimal";
    case "date":
      return "date";
    case "boolean":
      return "boolean";
    case "text":
      return "category";
    default:
      return column satisfies never;
  }
}
