import { makeTable, type Table } from "../../../../src/table/table.js";
import { texts } from "../tables.js";

type Row = readonly [sex: string, town: string | null, illness: string];

function patients(rows: readonly Row[]): Table {
  return makeTable([
    texts(
      "sex",
      rows.map(([sex]) => sex),
    ),
    texts(
      "town",
      rows.map(([, town]) => town),
    ),
    texts(
      "illness",
      rows.map(([, , illness]) => illness),
    ),
  ]);
}

/** Classes by sex and town: f Bern 5, m Bern 2, m Graz 1, m without a town 2. */
export const RELEASED = patients([
  ["f", "Bern", "asthma"],
  ["m", "Bern", "asthma"],
  ["f", "Bern", "gout"],
  ["m", null, "none"],
  ["f", "Bern", "asthma"],
  ["m", "Graz", "none"],
  ["f", "Bern", "gout"],
  ["m", "Bern", "asthma"],
  ["m", null, "asthma"],
  ["f", "Bern", "asthma"],
]);

/** Classes: f Bern 2, m Graz, f Graz, f without a town and m Bern 1. */
export const TRAIN = patients([
  ["m", "Graz", "none"],
  ["f", "Bern", "asthma"],
  ["f", "Bern", "flu"],
  ["f", "Graz", "gout"],
  ["f", null, "asthma"],
  ["m", "Bern", "gout"],
]);

/** Classes: m Bern 2, f Bern, f Graz, f without a town and m Graz 1. */
export const HOLDOUT = patients([
  ["f", "Bern", "gout"],
  ["m", "Bern", "asthma"],
  ["f", "Graz", "none"],
  ["m", "Bern", "asthma"],
  ["f", null, "none"],
  ["m", "Graz", "flu"],
]);
