import type { EncodedTable, Field } from "../encode/field.js";
import type { PrivacyLedger } from "./accounting/ledger.js";
import { countJoint } from "./count-joint.js";
import type { JointQuestion } from "./joint-question.js";
import type { NoiseSource } from "./noise/noise-source.js";

export type { FieldGroups, JointQuestion } from "./joint-question.js";

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

/** Encoded rows behind a ledger: `source.rows` is not touched before a question is paid. */
export function makePaidRows(
  source: { readonly fields: readonly Field[]; readonly rows: EncodedTable },
  ledger: PrivacyLedger,
  noise: NoiseSource,
): PaidRows {
  const pay = (released: string, changes: number, sigma: number) =>
    ledger.spend({ released, mechanism: "discrete-gaussian", changes, scale: sigma, delta: 0 });
  return {
    ledger,
    fields: source.fields,
    countJoint(released, questions, sigma) {
      if (questions.length === 0) return [];
      pay(released, questions.length, sigma);
      return countJoint(source.rows, questions).map((counts) => counts.map((count) => count + noise.gaussian(sigma)));
    },
    scoreJoint(released, questions, sigma) {
      if (questions.length === 0) return new Int32Array(0);
      pay(released, questions.length, sigma);
      const joint = countJoint(
        source.rows,
        questions.map(({ of }) => of),
      );
      return Int32Array.from(questions, ({ estimate }, i) => {
        const distance = joint[i]!.reduce((sum, count, cell) => sum + Math.abs(count - Math.round(estimate[cell]!)), 0);
        return distance + noise.gaussian(sigma);
      });
    },
  };
}
