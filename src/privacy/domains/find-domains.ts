import type { TableEncoding } from "../../encode/table-encoding.js";
import { roleOf } from "../../schema/column-role.js";
import { requireSameColumns } from "../../schema/require-same-columns.js";
import type { ColumnSchema, TableSchema } from "../../schema/table-schema.js";
import type { PaidTable } from "../paid-table.js";
import type { PrivateRequest } from "../private-request.js";
import { type BinnedColumn, countBins, depthOf } from "./count-bins.js";
import { type ColumnDomain, encodeDomain } from "./encode-domain.js";
import { mergeLeaves } from "./merge-leaves.js";
import { numberRange, publicBounds } from "./number-range.js";
import { requireDeclared } from "./require-declared.js";

/** What finding domains may cost. */
export interface DomainSpending {
  /** The noise of a release of this kind of which one row changes so many numbers. */
  readonly sigmaOf: (kind: "rows" | "types" | "categories" | "bounds" | "bins", changes: number) => number;
  /** Paid outright for categories, in all columns together. */
  readonly delta: number;
}

/** What the columns' values can be: all of it declared or paid for. */
export interface PrivateDomains {
  /** Its rowCount is noisy, distinctCount counts levels, missingShare is 0 until it has been counted. */
  readonly schema: TableSchema;
  readonly encoding: TableEncoding;
  /** Noisy number of rows, at least 1. */
  readonly rows: number;
}

/** Bins have at least a 64th of the rows, and more than four times the noise. */
const BINS = 64;
const NOISE = 4;

/**
 * Finds the number of rows and every column's levels: declared ones as they are, the others with noise (foreseeDomains says at what
 * price). Rows are read with `paid.readAs(schema)` and `schema` as it comes back. Throws E_PRIVACY_UNDECLARED, E_PRIVACY_TYPES,
 * E_PRIVACY_DOMAIN, E_PRIVACY_BUDGET, E_SCHEMA_*.
 */
export function findDomains(paid: PaidTable, request: PrivateRequest, spending: DomainSpending): PrivateDomains {
  const names = paid.columns.map((column) => column.name);
  if (request.schema !== undefined) requireSameColumns(names, request.schema);
  requireDeclared(names, request);
  const rows = Math.max(1, paid.countRows(spending.sigmaOf("rows", 1)));
  const columns = request.schema!.columns;
  const read = paid.readAs({ version: 1, rowCount: rows, columns });
  const binned = findBins(read, columns, rows, spending);
  const domains = columns.map((column): ColumnDomain => {
    if (roleOf(column) === "boolean") return { categories: column.spellings };
    return { categories: column.levels, ...binned.get(column.name) };
  });
  return {
    schema: { version: 1, rowCount: rows, columns: columns.map((column, i) => scrub(column, domains[i]!)) },
    encoding: { version: 1, columns: columns.map((column, i) => encodeDomain(column, domains[i]!)) },
    rows,
  };
}

function findBins(
  read: PaidTable,
  columns: readonly ColumnSchema[],
  rows: number,
  spending: DomainSpending,
): Map<string, ColumnDomain> {
  const binned = columns
    .filter((column) => ["number", "date"].includes(roleOf(column)))
    .map((column): BinnedColumn => ({ name: column.name, range: numberRange(column, publicBounds(column)) }));
  const changes = binned.reduce((sum, { range }) => sum + depthOf(range), 0);
  const sigma = changes === 0 ? 0 : spending.sigmaOf("bins", changes);
  const threshold = Math.max(rows / BINS, NOISE * sigma);
  const leaves = countBins(read, binned, { sigma, threshold });
  return new Map(
    binned.map(({ name, range }, i) => [name, { range, levels: mergeLeaves(leaves[i]!, { noise: sigma, threshold }) }]),
  );
}

/** The column without anything that its rows said. */
function scrub(column: ColumnSchema, { categories, levels }: ColumnDomain): ColumnSchema {
  return { ...column, reason: "declared", missingShare: 0, distinctCount: categories?.length ?? levels?.length ?? 0 };
}
