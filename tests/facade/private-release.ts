import { makeRandom } from "../../src/core/random.js";
import { encodeTable, fieldsOf, fitTableEncoding } from "../../src/encode/table-encoding.js";
import { inferSchema, makeTable, type Table } from "../../src/index.js";
import { groupStarts } from "../../src/privacy/mixture/mixture.js";
import type { PrivateRelease } from "../../src/privacy/private-request.js";

/** Rows that nobody minds: a category, a number of few values, a number of many. */
export function publicRows(rows: number): Table {
  const random = makeRandom(3);
  const kinds = Int32Array.from({ length: rows }, () => random.integer(3));
  return makeTable([
    { name: "kind", kind: "text", codes: kinds, dictionary: ["ash", "elm", "oak"], missingText: "" },
    numbers("age", rows, (row) => 10 * kinds[row]! + random.integer(5)),
    numbers("height", rows, (row) => Math.round(100 * (kinds[row]! + random.uniform())) / 100),
  ]);
}

function numbers(name: string, rows: number, numberOf: (row: number) => number) {
  const values = Float64Array.from({ length: rows }, (_, row) => numberOf(row));
  return { name, kind: "number" as const, values, format: { decimals: name === "age" ? 0 : 2 }, missingText: "" };
}

/** A release as learnPrivately makes it, but of rows that are public: one component a kind. */
export function makeRelease(): PrivateRelease {
  const table = publicRows(600);
  const schema = inferSchema(table);
  const encoding = fitTableEncoding(
    table,
    schema,
    { numbers: "quantile-bins", bins: 8, levelsPerNumber: 20, minCategoryCount: 5, maxModes: 10 },
    makeRandom(1),
  );
  const fields = fieldsOf(encoding).map((field, index) => ({
    field: index,
    groups: (field as { levels: number }).levels,
  }));
  const rows = encodeTable(encoding, table, makeRandom(2));
  const starts = groupStarts(fields);
  const width = starts.at(-1)!;
  const probabilities = new Float64Array(3 * width);
  const weights = new Float64Array(3);
  for (let row = 0; row < rows.rowCount; row++) {
    const component = rows.fields[0]![row]!;
    weights[component]! += 1 / rows.rowCount;
    fields.forEach((_, at) => {
      probabilities[component * width + starts[at]! + rows.fields[at]![row]!]! += 1;
    });
  }
  normalize(probabilities, starts, width);
  return {
    schema: { ...schema, rowCount: 612 },
    encoding,
    measurements: [
      { of: [{ field: 0, groups: 2, groupOf: Uint16Array.of(0, 1, 1) }], counts: Float64Array.of(200, 412), sigma: 3 },
    ],
    oneWays: fields.map(({ groups }, at) => {
      const counts = new Float64Array(groups);
      for (const level of rows.fields[at]!) counts[level]!++;
      return counts;
    }),
    mixture: { weights, fields, starts, probabilities },
    record: {
      epsilon: 1,
      delta: 1e-5,
      spent: 0.98,
      neighbours: "add-or-remove-one-row",
      noise: "secure",
      ledger: [
        { released: "number of rows", mechanism: "discrete-gaussian", changes: 1, scale: 52.5, delta: 0 },
        { released: "joint counts of columns", mechanism: "discrete-gaussian", changes: 3, scale: 6.7, delta: 1e-6 },
      ],
      assumptions: ["the names of the columns and how the file stores them"],
    },
  };
}

function normalize(probabilities: Float64Array, starts: readonly number[], width: number): void {
  for (let at = 0; at < probabilities.length; at += width) {
    for (let field = 0; field + 1 < starts.length; field++) {
      const own = probabilities.subarray(at + starts[field]!, at + starts[field + 1]!);
      const sum = own.reduce((total, share) => total + share, 0);
      own.forEach((share, level) => {
        own[level] = share / sum;
      });
    }
  }
}
