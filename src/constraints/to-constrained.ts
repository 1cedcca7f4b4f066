import type { Column } from "../table/column.js";
import { makeTable, type Table } from "../table/table.js";
import type { FittedConstraints, Transform } from "./transform.js";
import { restoreBounded } from "./transforms/bounded.js";
import { makeCombinationRestorer } from "./transforms/combination.js";
import { makeComputedRestorer } from "./transforms/computed.js";
import { restoreDifference } from "./transforms/difference.js";
import { makeDistinctKeeper } from "./transforms/distinct.js";
import { restoreNulled } from "./transforms/nulled.js";
import { restoreOneHotGroup } from "./transforms/one-hot-group.js";

/** Undoes the re-encoding of one part of a sample after the other, in their order. */
export type Constrainer = (table: Table) => Table;

/**
 * A function that turns learnable rows into rows of the table's columns, every one of which holds the constraints. Where
 * columns are unique it remembers the rows before, so that a sample needs one function for all its parts, in order.
 * Throws E_CONSTRAINT_EXHAUSTED.
 */
export function makeConstrainer(fitted: FittedConstraints): Constrainer {
  const steps = fitted.transforms.map(makeStep);
  return (table) => {
    const columns = new Map(table.columns.map((column) => [column.name, column]));
    for (const restore of steps) {
      for (const column of restore({ rowCount: table.rowCount, columns: [...columns.values()] })) {
        columns.set(column.name, column);
      }
    }
    return makeTable(fitted.columns.flatMap((name) => columns.get(name) ?? []));
  };
}

/** makeConstrainer for a sample in one part. */
export function toConstrained(fitted: FittedConstraints, table: Table): Table {
  return makeConstrainer(fitted)(table);
}

function makeStep(transform: Transform): (table: Table) => readonly Column[] {
  switch (transform.kind) {
    case "difference":
      return (table) => [restoreDifference(transform, table)];
    case "computed": {
      const restore = makeComputedRestorer(transform);
      return (table) => [restore(table)];
    }
    case "combination":
      return makeCombinationRestorer(transform);
    case "one-hot":
      return (table) => restoreOneHotGroup(transform, table);
    case "nulled":
      return (table) => [restoreNulled(transform, table)];
    case "bounded":
      return (table) => [restoreBounded(transform, table)];
    case "distinct":
      return transform.nudged.length === 0 ? () => [] : makeDistinctKeeper(transform);
    default:
      return transform satisfies never;
  }
}
