import { findColumn } from "../../dist/index.js";
import { kolmogorovSmirnov } from "../../dist/stats/kolmogorov-smirnov.js";
import { mean } from "../common/statistics.mjs";

const NEAR = 0.03;

/**
 * How amounts of a table hang together, by pairs of columns: the payment of a month with last month's bill, and the bill.
 * `equal` and `near`: share of rows whose two cells are equal and not 0, or within 3 % of each other, mean over pairs of
 * the first kind; `difference`: Kolmogorov-Smirnov distance of the differences of all pairs, mean.
 */
export function relationScores(train, table) {
  const payments = monthPairs(train, "payment_");
  const shares = (of) => ({
    equal: mean(payments.map((names) => shareOf(of, names, (a, b) => a === b && b !== 0))),
    near: mean(payments.map((names) => shareOf(of, names, (a, b) => b > 0 && Math.abs(a - b) <= NEAR * b))),
  });
  const distances = relatedPairs(train).map((names) =>
    kolmogorovSmirnov(differences(train, names), differences(table, names)),
  );
  return { ...shares(table), real: shares(train), difference: mean(distances) };
}

/** The differences of all pairs as features for a classifier, beside the columns themselves. */
export function differenceFeatures(table) {
  return relatedPairs(table).map((names) => ({ kind: "number", values: differenceOf(table, names) }));
}

function relatedPairs(table) {
  return [...monthPairs(table, "payment_"), ...monthPairs(table, "bill_")];
}

/** Pairs (column of a month, bill of the month before), while there are such columns. */
function monthPairs(table, prefix) {
  const pairs = [];
  for (let month = 1; findColumn(table, `bill_${month + 1}`) !== undefined; month++) {
    pairs.push([`${prefix}${month}`, `bill_${month + 1}`]);
  }
  return pairs;
}

function valuesOf(table, name) {
  return findColumn(table, name).values;
}

function shareOf(table, [first, second], holds) {
  const [a, b] = [valuesOf(table, first), valuesOf(table, second)];
  return a.reduce((count, value, row) => count + Number(holds(value, b[row])), 0) / a.length;
}

/** Ascending, without rows where one is missing. */
function differences(table, names) {
  return differenceOf(table, names)
    .filter((value) => !Number.isNaN(value))
    .sort();
}

function differenceOf(table, [first, second]) {
  const b = valuesOf(table, second);
  return valuesOf(table, first).map((value, row) => value - b[row]);
}
