import type { SynthModel } from "../artifact/model.js";
import { dataError } from "../core/errors.js";
import { makeRandom, type RandomStream } from "../core/random.js";
import type { ColumnEncoding } from "../encode/column-encoding.js";
import { fieldsOf } from "../encode/table-encoding.js";
import type { Rounds } from "../sample/choose-rounds.js";
import { drawChunks } from "../sample/draw-chunks.js";
import { groupGiven } from "../sample/group-given.js";
import { placeColumns } from "../sample/plan-conditions.js";
import { type ConversionTarget, convertColumn } from "../schema/convert-column.js";
import { suggestName } from "../schema/suggest-name.js";
import { type Column, countMissing, isMissing, takeColumn } from "../table/column.js";
import { fillMissing } from "../table/fill-missing.js";
import { joinRows } from "../table/join-rows.js";
import { findColumn, makeTable, type Table, takeRows } from "../table/table.js";
import { drawAgreeing } from "./agreeing-rows.js";
import { openRowDecoder } from "./decode-rows.js";
import { learnableRows } from "./learnable-rows.js";
import { oneDecodedRow } from "./model-columns.js";
import { DEFAULT_SEED, type RunOptions, runOptions } from "./run-options.js";

export interface CompleteOptions extends RunOptions {
  /** As in sample. */
  readonly rounds?: Rounds | undefined;
}

/** A table whose missing cells were filled. */
export interface ImputedTable {
  readonly table: Table;
  /** By column that had missing cells, in the table's order: those that were filled, and those that stayed missing. */
  readonly columns: readonly { readonly name: string; readonly filled: number; readonly left: number }[];
}

/**
 * One row for each row of `partial`, in order: what is given there stays as it is, empty cells and columns that are absent are drawn
 * from the model's distribution given the row's other cells. The model's columns, and those of `partial` that it leaves out.
 *
 * Throws E_DATA_COLUMNS for columns that the model does not know, E_SCHEMA_CONVERSION for values of another type, and what
 * sampleChunks throws.
 */
export async function sampleLike(model: SynthModel, partial: Table, options: CompleteOptions = {}): Promise<Table> {
  const given = await conformPartial(model, partial);
  const drawn = await drawGiven(model, given, options, undefined);
  const extra = given.columns.filter(({ name }) => findColumn(drawn, name) === undefined);
  return makeTable([
    ...drawn.columns.map((column) => {
      const own = findColumn(given, column.name);
      return own === undefined ? column : fillMissing(own, column);
    }),
    ...extra,
  ]);
}

/**
 * `table` with its missing cells filled, each from the model's distribution given the row's other cells; never by a rare level.
 * Identifiers and columns that the model leaves out stay as they are. Throws what sampleLike throws.
 */
export async function impute(model: SynthModel, table: Table, options: CompleteOptions = {}): Promise<ImputedTable> {
  const given = await conformPartial(model, table);
  const fillable = new Set(model.schema.columns.map(({ name }) => name).filter((name) => isFillable(model, name)));
  const gaps = given.columns.filter(({ name }) => fillable.has(name));
  const rows = Array.from({ length: table.rowCount }, (_, row) => row).filter((row) =>
    gaps.some((column) => isMissing(column, row)),
  );
  const drawn =
    rows.length === 0 ? undefined : await drawGiven(model, takeRows(given, rows), options, closedLevels(model));
  const spread = new Int32Array(table.rowCount);
  for (const [at, row] of rows.entries()) spread[row] = at;
  const columns = table.columns.map((column) => {
    const filler = drawn && fillable.has(column.name) ? findColumn(drawn, column.name) : undefined;
    if (filler === undefined || countMissing(column) === 0) return column;
    return fillMissing(findColumn(given, column.name)!, takeColumn(filler, spread));
  });
  const counts = table.columns.flatMap((column, index) => {
    const [before, left] = [countMissing(column), countMissing(columns[index]!)];
    return before === 0 ? [] : [{ name: column.name, filled: before - left, left }];
  });
  return { table: makeTable(columns), columns: counts };
}

function isFillable({ encoding, constraints }: SynthModel, name: string): boolean {
  const kind = encoding.columns.find((column) => column.name === name)?.kind;
  if (kind === undefined) return constraints?.columns.includes(name) === true;
  return kind !== "identifier" && kind !== "omitted" && kind !== "generated";
}

/** The table's columns in the kinds of the model's. Throws E_DATA_COLUMNS and E_SCHEMA_CONVERSION. */
async function conformPartial(model: SynthModel, table: Table): Promise<Table> {
  const like = await oneDecodedRow(model);
  const known = model.schema.columns.map(({ name }) => name);
  return makeTable(
    table.columns.map((column) => {
      if (!known.includes(column.name)) throw unknownColumn(column.name, known);
      const reference = findColumn(like, column.name);
      return reference === undefined ? column : convertColumn(column, kindOf(reference));
    }),
  );
}

function kindOf(column: Column): ConversionTarget {
  switch (column.kind) {
    case "text":
      return { kind: "text" };
    case "number":
      return { kind: "number" };
    case "date":
      return { kind: "date", format: column.format };
    case "boolean":
      return { kind: "boolean", spellings: column.dictionary };
    default:
      return column satisfies never;
  }
}

function unknownColumn(name: string, known: readonly string[]) {
  return dataError("E_DATA_COLUMNS", `the model knows no column "${name}"`, {
    where: `column "${name}"`,
    hint: suggestName(name, known),
  });
}

/** Draws rows of which some columns are given, in their order. */
async function drawGiven(
  model: SynthModel,
  given: Table,
  options: CompleteOptions,
  closed: readonly (readonly number[])[] | undefined,
): Promise<Table> {
  const random = makeRandom(options.seed ?? DEFAULT_SEED).fork("complete");
  let firstRow = 0;
  const draw = (rows: Table, pass: number): Promise<Table> => {
    const from = firstRow;
    firstRow += rows.rowCount;
    return drawPass(model, rows, { ...options, closed, random: random.fork(pass), firstRow: from });
  };
  return drawAgreeing(model, given, draw, options.onProgress);
}

interface PassOptions extends CompleteOptions {
  readonly closed: readonly (readonly number[])[] | undefined;
  readonly random: RandomStream;
  /** Number of the pass's first row (0 = first): identifiers of all passes differ. */
  readonly firstRow: number;
}

async function drawPass(model: SynthModel, given: Table, options: PassOptions): Promise<Table> {
  const { random, closed, firstRow, rounds = "auto" } = options;
  const { encoding } = model;
  const { chunks, order } = groupGiven(await learnableRows(model, given), encoding, random.fork("given"));
  const decodeRows = await openRowDecoder(model);
  const decode = random.fork("decode");
  const tables: Table[] = [];
  let done = 0;
  const rows = given.rowCount;
  const draw = { ...runOptions(options), rows, rounds, encoding, given: chunks, closed, random: random.fork("fields") };
  for await (const encoded of drawChunks(model.generator, draw)) {
    tables.push(decodeRows(encoded, decode.fork(tables.length), firstRow + done));
    done += encoded.rowCount;
    options.onProgress?.({ kind: "progress", stage: "sample", done, total: rows, unit: "rows" });
  }
  const places = new Uint32Array(order.length);
  for (const [at, row] of order.entries()) places[row] = at;
  return takeRows(joinRows(tables), places);
}

/** By field the levels that fill no cell: the missing one, and that of all rare categories. */
function closedLevels({ encoding }: SynthModel): readonly (readonly number[])[] {
  const closed: number[][] = fieldsOf(encoding).map((field) =>
    field.kind === "discrete" && field.missingLevel !== undefined ? [field.missingLevel] : [],
  );
  for (const { encoding: column, field } of placeColumns(encoding).values()) {
    const rare = rareLevel(column);
    if (rare !== undefined) closed[field]!.push(rare);
  }
  return closed.map((levels, field) => {
    const own = fieldsOf(encoding)[field];
    return own?.kind === "discrete" && levels.length < own.levels ? levels : [];
  });
}

function rareLevel(encoding: ColumnEncoding): number | undefined {
  if (encoding.kind === "one-hot") return encoding.rare ? encoding.categories.length : undefined;
  if (encoding.kind !== "grouped-categories" || !encoding.rare) return undefined;
  return encoding.direct.length + Math.ceil(encoding.grouped.length / encoding.groupSize);
}
