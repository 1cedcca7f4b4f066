import { makeRandom } from "../../src/core/random.js";
import type { DateColumn } from "../../src/table/column.js";
import { makeTable, type Table } from "../../src/table/table.js";

export const DAY = 86_400_000;
export const FIRST = Date.UTC(2024, 0, 1);
export const STAMP = "YYYY-MM-DDTHH:mm:ssZ";

/** A date column of moments in ms. */
export function dates(name: string, values: readonly number[], format = "YYYY-MM-DD"): DateColumn {
  return { kind: "date", name, missingText: "", values: Float64Array.from(values), format };
}

/** Orders over 600 days, shipped at midnight of the 0th to 4th day after, delivered 1 to 8 days later or not at all. */
export function makeOrders(rows: number): Table {
  const random = makeRandom(5);
  const draw = (label: string, most: number): number[] => {
    const own = random.fork(label);
    return Array.from({ length: rows }, () => own.integer(most));
  };
  const seconds = draw("second", DAY / 1000);
  const ordered = draw("day", 600).map((day, row) => FIRST + day * DAY + 1000 * seconds[row]!);
  const shipped = draw("ship", 5).map((days, row) => Math.floor(ordered[row]! / DAY + days) * DAY);
  const open = draw("open", 4);
  const delivered = draw("deliver", 8).map((days, row) =>
    open[row] === 0 ? Number.NaN : shipped[row]! + (1 + days) * DAY,
  );
  return makeTable([dates("delivered", delivered), dates("shipped", shipped), dates("ordered", ordered, STAMP)]);
}
