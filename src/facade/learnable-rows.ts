import type { SynthModel } from "../artifact/model.js";
import { toLearnable } from "../constraints/learnable.js";
import type { Transform } from "../constraints/transform.js";
import { type Column, isMissing, takeColumn } from "../table/column.js";
import { findColumn, makeTable, type Table } from "../table/table.js";
import { oneDecodedRow } from "./model-columns.js";

/**
 * Partial rows in the columns that the model learned: where constraints re-encode columns, what these columns tell together. Where
 * only some of them are given in a row, nothing.
 */
export async function learnableRows(model: SynthModel, given: Table): Promise<Table> {
  const { constraints } = model;
  if (constraints === undefined) return given;
  const like = await oneDecodedRow(model);
  const whole = makeTable(
    like.columns.map((column) => findColumn(given, column.name) ?? allMissing(column, given.rowCount)),
  );
  const tellers = new Map(constraints.transforms.flatMap((one) => tellersOf(one)));
  return makeTable(
    toLearnable(constraints, whole).columns.map((column) => {
      const names = tellers.get(column.name) ?? [column.name];
      const columns = names.flatMap((name) => findColumn(whole, name) ?? []);
      return blankWhere(column, (row) => columns.length === 0 || columns.some((own) => isMissing(own, row)));
    }),
  );
}

/** The learnable columns of a transform, and the columns that must be given for them to be known. */
function tellersOf(transform: Transform): [string, readonly string[]][] {
  switch (transform.kind) {
    case "difference":
      return [
        [transform.learnable, [transform.column]],
        [transform.rest ?? transform.learnable, [transform.column]],
      ];
    case "combination":
    case "one-hot":
      return [[transform.learnable, transform.columns]];
    case "computed":
    case "nulled":
    case "bounded":
    case "distinct":
      return [];
    default:
      return transform satisfies never;
  }
}

function allMissing(column: Column, rowCount: number): Column {
  const rows = takeColumn(column, new Uint32Array(rowCount));
  return blankWhere(rows, () => true);
}

function blankWhere(column: Column, isBlank: (row: number) => boolean): Column {
  if ("codes" in column) return { ...column, codes: column.codes.map((code, row) => (isBlank(row) ? -1 : code)) };
  return { ...column, values: column.values.map((value, row) => (isBlank(row) ? Number.NaN : value)) };
}
