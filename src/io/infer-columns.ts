import type { Column } from "../table/column.js";
import type { DecimalMark } from "../table/detect-number-style.js";
import type { InferredColumn } from "../table/infer-column.js";
import type { CellColumnBuilder, CollectedCells } from "./cell-column-builder.js";
import type { ReadTableOptions } from "./read-options.js";

/**
 * The columns of delimited text, typed one after the other. Numbers whose mark before three digits can be read both ways
 * (`1.234`) follow the decimal mark that other columns of the file prove, where all of those agree. Sends their notices.
 */
export function inferColumns(
  builders: readonly CellColumnBuilder[],
  order: Uint32Array | undefined,
  options: ReadTableOptions,
): readonly Column[] {
  const { missing, asText } = options;
  const open: { cells: CollectedCells; index: number }[] = [];
  const inferred = builders.map((builder, index) => {
    const cells = builder.finish(order);
    const result = cells.infer({ missing, asText });
    if (isOpen(result)) open.push({ cells, index });
    return result;
  });
  const decimalMark = provenMark(inferred);
  if (decimalMark !== undefined)
    for (const { cells, index } of open) inferred[index] = cells.infer({ missing, decimalMark });
  for (const { notices } of inferred) for (const notice of notices) options.onProgress?.(notice);
  return inferred.map(({ column }) => column);
}

function isOpen({ notices }: InferredColumn): boolean {
  return notices.some(({ code }) => code === "N_NUMBER_MARK");
}

/** The decimal mark of the columns that leave no doubt; undefined where there is none or they differ. */
function provenMark(inferred: readonly InferredColumn[]): DecimalMark | undefined {
  const marks = new Set<DecimalMark>();
  for (const result of inferred) {
    const { column } = result;
    if (column.kind !== "number" || column.format.decimals === 0 || isOpen(result)) continue;
    marks.add(column.format.decimalMark ?? ".");
  }
  return marks.size === 1 ? [...marks][0] : undefined;
}
