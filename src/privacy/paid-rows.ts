import type { EncodedTable, Field } from "../encode/field.js";
import type { PrivacyLedger } from "./accounting/ledger.js";
import type { NoiseSource } from "./noise/noise-source.js";

/** A field as a question sees it: groups of its levels. */
export interface FieldGroups {
  /** Index into the fields. */
  readonly field: number;
  readonly groups: number;
  /** The group of each level [levels]; absent: each level is a group. */
  readonly groupOf?: Uint16Array | undefined;
}

/** Joint counts of some fields, row-major [groups of the first, ..., groups of the last]. */
export type JointQuestion = readonly FieldGroups[];

/** Encoded rows that answer questions for a price, as PaidTable does. */
export interface PaidRows {
  readonly ledger: PrivacyLedger;
  readonly fields: readonly Field[];
  /** Noisy joint counts by question. */
  readonly countJoint: (released: string, questions: readonly JointQuestion[], sigma: number) => Int32Array[];
  /**
   * How far joint counts are from estimates: noisy sums of |count - estimate|, by question [questions]; estimates are rounded to
   * whole numbers. One row changes each sum by 1 at most, so that a question costs what a table of counts does.
   */
  readonly scoreJoint: (
    released: string,
    questions: readonly { readonly of: JointQuestion; readonly estimate: ArrayLike<number> }[],
    sigma: number,
  ) => Int32Array;
}

export function makePaidRows(
  { fields, rows }: { readonly fields: readonly Field[]; readonly rows: EncodedTable },
  ledger: PrivacyLedger,
  noise: NoiseSource,
): PaidRows {
  const pay = (released: string, changes: number, sigma: number) =>
    ledger.spend({ released, mechanism: "discrete-gaussian", changes, scale: sigma, delta: 0 });
  return {
    ledger,
    fields,
    countJoint(released, questions, sigma) {
      pay(released, questions.length, sigma);
      return questions.map((question) => countJoint(rows, question).map((count) => count + noise.gaussian(sigma)));
    },
    scoreJoint(released, questions, sigma) {
      pay(released, questions.length, sigma);
      return Int32Array.from(questions, ({ of, estimate }) => {
        const counts = countJoint(rows, of);
        const distance = counts.reduce((sum, count, cell) => sum + Math.abs(count - Math.round(estimate[cell]!)), 0);
        return distance + noise.gaussian(sigma);
      });
    },
  };
}

function countJoint({ rowCount, fields }: EncodedTable, question: JointQuestion): Int32Array {
  const cells = new Uint32Array(rowCount);
  let size = 1;
  for (const { field, groups, groupOf } of question) {
    const codes = fields[field]!;
    for (let row = 0; row < rowCount; row++) {
      const group = groupOf === undefined ? codes[row]! : groupOf[codes[row]!]!;
      cells[row] = cells[row]! * groups + group;
    }
    size *= groups;
  }
  const counts = new Int32Array(size);
  for (const cell of cells) counts[cell]!++;
  return counts;
}
