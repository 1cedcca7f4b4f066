import { addFoundConstraints } from "../constraints/find/add-found-constraints.js";
import { kindsToFind } from "../constraints/find/find-constraints.js";
import { fitConstraints } from "../constraints/fit-constraints.js";
import { makeLearnable } from "../constraints/learnable.js";
import type { FittedConstraints } from "../constraints/transform.js";
import type { RandomStream } from "../core/random.js";
import { fitTableEncoding, type TableEncoding } from "../encode/table-encoding.js";
import type { EncodingConfig } from "../gan/config.js";
import { applySchema } from "../schema/apply-schema.js";
import { describeDrift } from "../schema/describe-drift.js";
import { inferSchema } from "../schema/infer-schema.js";
import type { TableSchema } from "../schema/table-schema.js";
import type { Table } from "../table/table.js";
import type { RunOptions } from "./run-options.js";

/** What is known of a table before it is learned. */
export interface TableDescription {
  /** Default: inferred from the table. */
  readonly schema?: TableSchema | undefined;
  /**
   * Finds constraints that every row holds and keeps them besides those of the schema: true, of all kinds; false, none.
   * Default: those of CLEAR_KINDS where no schema is given, none where one is.
   */
  readonly findConstraints?: boolean | undefined;
}

/** A table as it is learned, and how rows that are drawn become rows of it again. */
export interface PreparedTable {
  readonly schema: TableSchema;
  /** Absent where the schema has none. */
  readonly constraints?: FittedConstraints;
  readonly encoding: TableEncoding;
  /** The columns that the encoding is of. */
  readonly learnable: Table;
}

/** Learns schema, constraints and encoding of a table. Throws E_SCHEMA_*, E_DATA_*, E_CONSTRAINT_*. */
export function prepareTable(
  table: Table,
  encodingConfig: EncodingConfig,
  options: TableDescription & Pick<RunOptions, "onProgress">,
  random: RandomStream,
): PreparedTable {
  const { onProgress } = options;
  if (options.schema !== undefined) for (const notice of describeDrift(options.schema, table)) onProgress?.(notice);
  const described = options.schema === undefined ? inferSchema(table) : { ...options.schema, rowCount: table.rowCount };
  const prepared = options.schema === undefined ? table : applySchema(table, described);
  const kinds = kindsToFind(options.findConstraints, options.schema !== undefined);
  const schema = addFoundConstraints(prepared, described, kinds, onProgress);
  onProgress?.({ kind: "stage", stage: "encode", message: "learning how to encode each column" });
  const constraints = fitConstraints(prepared, schema, { ...encodingConfig, onProgress });
  const learnable =
    constraints === undefined ? { table: prepared, schema } : makeLearnable(constraints, prepared, schema);
  const encoding = fitTableEncoding(learnable.table, learnable.schema, encodingConfig, random, onProgress);
  return { schema, ...(constraints && { constraints }), encoding, learnable: learnable.table };
}
