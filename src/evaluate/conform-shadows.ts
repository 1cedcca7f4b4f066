import { conformColumn } from "../table/conform-table.js";
import { findColumn, makeTable, type Table } from "../table/table.js";
import type { ShadowTable } from "./privacy/shadow-attack.js";

/** Shadow models' tables with the columns of the training table that they have, each of its kind. Throws E_DATA_COLUMN_KIND. */
export function conformShadows(train: Table, shadows: readonly ShadowTable[]): ShadowTable[] {
  return shadows.map(({ synthetic, members }) => ({
    members,
    synthetic: makeTable(
      train.columns.flatMap((reference) => {
        const column = findColumn(synthetic, reference.name);
        return column === undefined ? [] : [conformColumn(column, reference, "a shadow model's table")];
      }),
    ),
  }));
}
