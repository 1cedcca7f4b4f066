import type { SynthModel } from "../artifact/model.js";
import { makeRandom } from "../core/random.js";
import type { ColumnEncoding } from "../encode/column-encoding.js";
import { RARE_CATEGORY } from "../encode/one-hot.js";
import { fieldsOf } from "../encode/table-encoding.js";
import { columnsOfTable, type ExpressionColumn } from "../expressions/expression-column.js";
import type { Table } from "../table/table.js";
import { openRowDecoder } from "./decode-rows.js";

/**
 * What expressions over a model's rows know of the columns: of categories the published levels. Columns that are left out of
 * the model are among them, so that an error can say why.
 */
export async function columnsOfModel(model: SynthModel): Promise<readonly ExpressionColumn[]> {
  const { columns } = model.encoding;
  const row = await oneDecodedRow(model);
  const published = columnsOfTable(row).map((column) => {
    const encoding = columns.find(({ name }) => name === column.name);
    return column.type === "text" ? { ...column, ...publishedLevels(encoding, model) } : column;
  });
  const omitted = columns.filter(({ kind }) => kind === "omitted").map(({ name }) => ({ name, type: "text" as const }));
  return [...published, ...omitted];
}

/** A row of the first level of everything: columns as a sample has them. */
export async function oneDecodedRow(model: SynthModel): Promise<Table> {
  const fields = fieldsOf(model.encoding).map(() => new Uint8Array(1));
  const decodeRows = await openRowDecoder(model);
  return decodeRows({ rowCount: 1, fields }, makeRandom(0), 0);
}

function publishedLevels(encoding: ColumnEncoding | undefined, model: SynthModel): Partial<ExpressionColumn> {
  if (encoding?.kind !== "one-hot" && encoding?.kind !== "grouped-categories") return {};
  const levels = encoding.kind === "one-hot" ? encoding.categories : [...encoding.direct, ...encoding.grouped];
  if (!encoding.rare) return { levels };
  return { levels: [...levels, RARE_CATEGORY], unpublishedBelow: model.config.encoding.minCategoryCount };
}
