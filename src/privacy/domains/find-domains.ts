import { dataError } from "../../core/errors.js";
import type { OnProgress } from "../../core/progress.js";
import { fromLattice } from "../../encode/lattice.js";
import type { TableEncoding } from "../../encode/table-encoding.js";
import { roleOf } from "../../schema/column-role.js";
import type { ColumnSchema, TableSchema } from "../../schema/table-schema.js";
import { formatDate } from "../../table/date-format.js";
import type { PaidTable } from "../paid-table.js";
import type { PrivateRequest } from "../private-request.js";
import { encodeDomain } from "./encode-domain.js";
import { type FoundBins, findBins } from "./find-bins.js";
import { type FoundBounds, findBounds } from "./find-bounds.js";
import { findCategories, hugeDomain } from "./find-categories.js";
import { findForms } from "./find-forms.js";
import { numberRange } from "./number-range.js";
import { typeByName } from "./type-by-name.js";
import { usualBounds } from "./usual-bounds.js";
import { whatIsLacking } from "./what-is-lacking.js";

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

/** Of a column whose published categories have a smaller share of the rows nothing is left to learn; by its name, names and the like. */
const LEAST_PUBLISHED = 0.05;
const MOSTLY = 0.5;

/**
 * Finds the number of rows and every column's levels: declared ones as they are, the others with noise (foreseeDomains says at what
 * price). Rows are then read with `paid.readAs(schema)`. Notices: N_PRIVACY_FOUND says of each column what was found, N_PRIVACY_CLAMPED
 * about how many rows lie beyond bounds that were found. Throws E_PRIVACY_TYPES, E_PRIVACY_DOMAIN, E_PRIVACY_BUDGET.
 */
export function findDomains(
  paid: PaidTable,
  request: PrivateRequest,
  spending: DomainSpending,
  onProgress?: OnProgress,
): PrivateDomains {
  const { schema } = request;
  const rows = Math.max(1, paid.countRows(spending.sigmaOf("rows", 1)));
  const typed = findForms(paid, schema?.columns, (changes) => spending.sigmaOf("types", changes));
  const read = paid.readAs({ version: 1, rowCount: rows, columns: [...typed] });
  const categories = categoriesOf(read, typed, rows, spending, schema !== undefined);
  const columns = withoutUnpublished(typed, categories, schema !== undefined);
  const bins = binsOf(read, columns, rows, spending, onProgress);
  const found = columns.map((column) =>
    describe(column, {
      categories: categories.get(column.name),
      bins: bins.get(column.name),
      isGiven: schema !== undefined,
    }),
  );
  return {
    schema: { version: 1, rowCount: rows, columns: found },
    encoding: {
      version: 1,
      columns: found.map((column) => encodeDomain(column, categories.get(column.name), bins.get(column.name))),
    },
    rows,
  };
}

function categoriesOf(
  read: PaidTable,
  columns: readonly ColumnSchema[],
  rows: number,
  { sigmaOf, delta }: DomainSpending,
  isGiven: boolean,
): Map<string, readonly string[] | undefined> {
  const asked = columns
    .filter((column) => whatIsLacking(column).includes("levels"))
    .map(({ name }) => ({ name, leastShare: !isGiven && typeByName(name) !== undefined ? MOSTLY : LEAST_PUBLISHED }));
  const sigma = asked.length === 0 ? 0 : sigmaOf("categories", asked.length);
  return findCategories(read, asked, { rows, sigma, delta });
}

/** Columns of which nothing could be published are made up where nothing was declared and their name says how; else refused. */
function withoutUnpublished(
  columns: readonly ColumnSchema[],
  categories: ReadonlyMap<string, readonly string[] | undefined>,
  isGiven: boolean,
): readonly ColumnSchema[] {
  const isUnpublished = ({ name }: ColumnSchema) => categories.has(name) && categories.get(name) === undefined;
  const named = columns.map((column) =>
    isUnpublished(column) && !isGiven ? { ...column, ...typeByName(column.name) } : column,
  );
  const refused = named.filter((column) => isUnpublished(column) && roleOf(column) !== "generated");
  if (refused.length > 0) throw hugeDomain(refused.map(({ name }) => name));
  return named;
}

function binsOf(
  read: PaidTable,
  columns: readonly ColumnSchema[],
  rows: number,
  { sigmaOf }: DomainSpending,
  onProgress: OnProgress | undefined,
): Map<string, FoundBins> {
  const numbers = columns.filter((column) => ["number", "date"].includes(roleOf(column)));
  const unbounded = numbers.filter((column) => !usualBounds(column).every(Number.isFinite));
  const found = findBounds(read, unbounded, unbounded.length === 0 ? 0 : sigmaOf("bounds", unbounded.length));
  const empty = unbounded.filter(({ name }) => found.get(name) === undefined).map(({ name }) => name);
  if (empty.length > 0) throw noBounds(empty);
  const asked = numbers.map((column) => ({
    name: column.name,
    range: numberRange(column, found.get(column.name)?.bounds ?? usualBounds(column)),
    isDeclared: whatIsLacking(column).length === 0,
  }));
  const bins = findBins(read, asked, rows, (changes) => sigmaOf("bins", changes));
  for (const { name } of asked) tellBeyond(name, bins.get(name)!, found.get(name), onProgress);
  return bins;
}

function tellBeyond(
  name: string,
  bins: FoundBins,
  bounds: FoundBounds | undefined,
  onProgress: OnProgress | undefined,
): void {
  const beyond = bins.beyond + (bounds?.beyond ?? 0);
  if (beyond <= 0) return;
  const message = `column "${name}": about ${beyond} rows (with noise) lie beyond the bounds that were found, and count as these`;
  onProgress?.({ kind: "notice", code: "N_PRIVACY_CLAMPED", message, column: name });
}

/** The column as declared or found; nothing in it is of the rows. */
function describe(
  column: ColumnSchema,
  known: {
    readonly categories: readonly string[] | undefined;
    readonly bins: FoundBins | undefined;
    readonly isGiven: boolean;
  },
): ColumnSchema {
  const { categories, bins, isGiven } = known;
  const lacking = whatIsLacking(column);
  const isFound = categories !== undefined || (bins !== undefined && lacking.length > 0);
  const reason = isGiven ? (isFound ? "declared; its domain found with noise" : "declared") : column.reason;
  const bounds = bins === undefined || lacking.length === 0 ? {} : { bounds: boundsOf(column, bins) };
  const distinctCount = (categories ?? column.levels ?? bins?.levels ?? column.spellings ?? []).length;
  return { ...column, reason, missingShare: 0, distinctCount, ...bounds };
}

function boundsOf(column: ColumnSchema, { range }: FoundBins): { min: number | string; max: number | string } {
  const { dateFormat } = column;
  const spell = (place: number) => {
    const value = fromLattice(range.lattice, place);
    return dateFormat === undefined ? value : formatDate(value, dateFormat);
  };
  return { min: spell(range.first), max: spell(range.last) };
}

function noBounds(names: readonly string[]): Error {
  const list = names.map((name) => `"${name}"`).join(", ");
  return dataError("E_PRIVACY_DOMAIN", `too few rows of ${list} have a number to find bounds with noise`, {
    where: `column "${names[0]}"`,
    hint: 'declare "bounds" in the schema, or leave these columns out ("drop": true)',
  });
}
