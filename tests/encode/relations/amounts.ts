import { makeRandom } from "../../../src/core/random.js";
import { makeTable, type Table } from "../../../src/table/table.js";
import { numberColumn } from "../columns.js";

/**
 * A made-up table of amounts: `bill`, `paid` (the bill in full in 30 % of rows, nothing in 10 %), `next` (the bill within 4 % in
 * half of the rows) and `other`, which has nothing to do with them. Lognormal, in cents.
 */
export function makeAmounts(rows: number, seed = 1): Table {
  const random = makeRandom(seed);
  const draw = (): number => Math.round(100_000 * Math.exp(random.normal())) / 100;
  const bill = Float64Array.from({ length: rows }, draw);
  const paid = bill.map((amount) => {
    const u = random.uniform();
    return u < 0.3 ? amount : u < 0.4 ? 0 : draw();
  });
  const next = bill.map((amount) =>
    random.uniform() < 0.5 ? Math.round(amount * (1 + 0.03 * random.uniform()) * 100) / 100 : draw(),
  );
  const other = Float64Array.from({ length: rows }, draw);
  return makeTable([
    numberColumn("bill", bill, 2),
    numberColumn("paid", paid, 2),
    numberColumn("next", next, 2),
    numberColumn("other", other, 2),
  ]);
}
