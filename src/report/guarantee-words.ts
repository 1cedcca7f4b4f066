import { type Guarantee, spendingShares } from "../evaluate/contract/guarantee-schema.js";
import { formatCount, formatPercent } from "./format.js";

/** Does the promise hold? Not where the noise can be computed. */
export function isPromised({ epsilon }: Guarantee): boolean {
  return epsilon.value !== undefined;
}

/** The guarantee in one line: "Differentially private: epsilon 1, delta 1e-5". */
export function guaranteeHeading(guarantee: Guarantee): string {
  const { epsilon, delta } = guarantee;
  if (epsilon.value === undefined) return "Not private: seeded";
  return `Differentially private: epsilon ${epsilon.value}, delta ${formatDelta(delta)}`;
}

/** What is promised, in words for somebody who is no statistician, one sentence each; why nothing is, where nothing is. */
export function promiseSentences({ epsilon, delta }: Guarantee): string[] {
  if (epsilon.value === undefined) {
    return [
      `Nothing is promised: ${epsilon.reason}. Such runs are for tests.`,
      "The ledger shows what a run with secret noise would have spent.",
    ];
  }
  const factor = Math.exp(epsilon.value);
  return [
    "The synthetic rows, the model, and whatever anybody computes from them would have come out almost as likely had any one row not been in the training table.",
    `In figures: one row more or less changes the probability of any outcome by a factor of at most ${factor < 1000 ? factor.toPrecision(3) : factor.toExponential(1)} (e to the epsilon), but for outcomes of probability ${formatDelta(delta)} in all (delta).`,
    `Somebody who knows every other row, and finds it as likely as not that a certain row was in training, guesses right at most ${formatPercent((factor + delta) / (factor + 1))} of the time.`,
    "This holds for every attack, known or not, now and later, however many rows are drawn.",
  ];
}

/** What the promise does not cover, one sentence each. */
export function limitSentences(): readonly string[] {
  return LIMITS;
}

const LIMITS = [
  "Several rows of one person: k rows are protected by k times epsilon, not by epsilon.",
  "What is true of people in general: rows are made to show it, and it can be held against somebody who was never in the table.",
  "Figures computed on real rows: those of an audit, and whether the rows passed it.",
  "Rows held out of training: only the audit saw them.",
  "What else is published of the same table: every further model or table made from it adds its own epsilon.",
  "The size of the table to a power of two, how long the run took, and all that is taken as public.",
] as const;

/** A ledger as a table of texts: what was released, by which mechanism, how many numbers one row changes, the noise, the share of the budget. */
export function ledgerRows({ ledger }: Pick<Guarantee, "ledger">): string[][] {
  const shares = spendingShares(ledger);
  return ledger.map(({ released, mechanism, changes, scale, delta }, at) => [
    released,
    MECHANISMS[mechanism],
    formatCount(changes),
    `${SCALES[mechanism]} = ${scale < 1000 ? Number(scale.toPrecision(4)) : formatCount(Math.round(scale))}`,
    `${formatPercent(shares[at]!)}${delta === 0 ? "" : `, delta ${formatDelta(delta)}`}`,
  ]);
}

/** The headings of `ledgerRows`. */
export const LEDGER_HEADINGS = [
  "Released",
  "Mechanism",
  "Numbers that one row changes",
  "Noise",
  "Share of the budget",
] as const;

/** "all together epsilon 0.9987 of 1, at delta 1e-5"; what came of it where the noise is known. */
export function spentSentence({ spent, epsilon, delta }: Guarantee): string {
  if (spent.value === undefined || epsilon.value === undefined) return "Nothing of it counts: the noise is known.";
  // Never rounded down: it is an upper bound.
  const rounded = Math.ceil(spent.value * 1e4 - 1e-6) / 1e4;
  return `All entries together spend epsilon ${rounded} of ${epsilon.value} at delta ${formatDelta(delta)}, by numerical composition of their privacy losses.`;
}

/** "1e-5". */
export function formatDelta(delta: number): string {
  return Number(delta.toPrecision(3)).toExponential();
}

const MECHANISMS = { "discrete-gaussian": "discrete Gaussian", "discrete-laplace": "discrete Laplace" } as const;
const SCALES = { "discrete-gaussian": "σ", "discrete-laplace": "t" } as const;
