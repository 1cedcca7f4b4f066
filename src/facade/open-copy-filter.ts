import { dataError, usageError } from "../core/errors.js";
import { makeRandom } from "../core/random.js";
import { whyOmitted } from "../evaluate/make-scored-tables.js";
import { type CopyFilter, makeCopyFilter } from "../evaluate/privacy/copy-filter/copy-filter.js";
import { requirePlaces, requireSmallLeak } from "../evaluate/privacy/copy-filter/require-small-leak.js";
import { inferSchema } from "../schema/infer-schema.js";
import type { TableSchema } from "../schema/table-schema.js";
import { conformTable } from "../table/conform-table.js";
import { splitRows } from "../table/split-rows.js";
import { findColumn, type Table } from "../table/table.js";
import { DEFAULT_SEED, type RunOptions } from "./run-options.js";

interface RealTables {
  readonly train: Table;
  readonly holdout: Table;
}

/**
 * The filter of copies for rows like `like`, over the columns that scores cover: no identifiers, free text or constants. Throws
 * E_FILTER_COLUMNS where none is left, E_DATA_COLUMNS where a real table lacks one.
 */
export function openCopyFilter(
  schema: TableSchema,
  like: Table,
  { train, holdout }: RealTables,
  distance: number,
): CopyFilter {
  const columns = schema.columns
    .filter((column) => whyOmitted(column) === undefined && findColumn(like, column.name) !== undefined)
    .map(({ name }) => name);
  if (columns.length === 0) {
    throw dataError("E_FILTER_COLUMNS", "no column can be compared: all are identifiers, free text or constants", {
      hint: "leave the filter out: no row can be a copy",
    });
  }
  const compared = (table: Table) => ({
    ...table,
    columns: table.columns.filter(({ name }) => columns.includes(name)),
  });
  const conform = (table: Table, what: string) => conformTable(compared(table), compared(like), what);
  return makeCopyFilter({
    train: conform(train, "the training table"),
    holdout: conform(holdout, "the held-out table"),
    columns,
    distance,
  });
}

/**
 * Refuses, before hours of training, a filter that would leak: with one half of training in the place of released rows and the
 * other to be filtered by, real rows already fill too many places. Throws E_FILTER_*, E_USAGE_NUMBER.
 */
export async function requireFilter(
  { train, holdout, minDistance }: RealTables & { readonly minDistance: number },
  options: RunOptions & { readonly schema?: TableSchema | undefined },
): Promise<void> {
  requireDistance(minDistance);
  const { signal, seed = DEFAULT_SEED } = options;
  const schema = options.schema ?? inferSchema(train);
  const random = makeRandom(seed).fork("filter");
  requirePlaces(await openCopyFilter(schema, train, { train, holdout }, minDistance).countPlaces(signal));
  const halves = splitRows(train, 0.5, random.fork("halves"));
  const filter = openCopyFilter(schema, train, { train: halves.train, holdout }, minDistance);
  const { filled, densest } = await filter.measureLeak(halves.holdout, random.fork("leak"), signal);
  const found = ({ value }: { readonly value: number }) => ({ value, high: value });
  requireSmallLeak({ filled: found(filled), densest: { ...densest, ...found(densest) } });
}

/** Throws E_USAGE_NUMBER. */
export function requireDistance(distance: number): void {
  if (distance >= 0 && distance < 1) return;
  throw usageError("E_USAGE_NUMBER", `the smallest distance must be at least 0 and below 1; got ${distance}`, {
    where: "minDistance",
    hint: "0 drops equal rows; .01 those that differ by a hundredth of the range on average",
  });
}
