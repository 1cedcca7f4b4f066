import { wilsonInterval } from "../../../stats/wilson-interval.js";
import type { Figure, Report } from "../../report-schema.js";
import type { Sides } from "./coarse-column.js";

type Disclosure = NonNullable<Report["privacy"]["disclosure"]>;
type ClassFigures = Pick<Disclosure, "kAnonymity" | "smallClasses" | "kMap" | "smallMap" | "matches">;

/** Rows of each class, [classes], in every table, and in equally large samples of the released and of real rows. */
export interface ClassCounts {
  readonly all: Sides<Int32Array>;
  /** The real rows are held-out ones, or training rows where none were held out. */
  readonly equal: { readonly synthetic: Int32Array; readonly real: Int32Array };
}

/** A class of fewer rows is small: its rows are nearly alone. */
export const SMALL_CLASS = 5;

/**
 * How alone the released rows are among themselves (k-anonymity; Sweeney 2002, doi:10.1142/S0218488502001648) and among the
 * real rows (k-map), and how many have the quasi-identifiers of a training row.
 */
export function classFigures({ all, equal }: ClassCounts): ClassFigures {
  const { train, synthetic, holdout } = all;
  const real = holdout === undefined ? train : train.map((count, at) => count + holdout[at]!);
  const inSmall = (counts: Int32Array) => shareOfRows(counts, (at) => counts[at]! < SMALL_CLASS);
  const aloneIn = (counts: Int32Array, others: Int32Array) =>
    shareOfRows(counts, (at) => others[at]! > 0 && others[at]! < SMALL_CLASS);
  const heldOut = <T>(measure: (counts: Int32Array) => T) => (holdout === undefined ? undefined : measure(holdout));
  return {
    kAnonymity: {
      ...smallestClass(synthetic, synthetic),
      ceiling: smallestOf(equal.real),
      ...besideValue(smallestOf(synthetic), smallestOf(equal.synthetic)),
    },
    smallClasses: shareFigure(inSmall(synthetic), { ceiling: inSmall(equal.real), matched: inSmall(equal.synthetic) }),
    kMap: smallestClass(real, synthetic),
    smallMap: shareFigure(
      aloneIn(synthetic, real),
      holdout === undefined ? {} : { ceiling: aloneIn(holdout, train), matched: aloneIn(synthetic, train) },
    ),
    matches: shareFigure(
      shareOfRows(synthetic, (at) => train[at]! > 0),
      { ceiling: heldOut((counts) => shareOfRows(counts, (at) => train[at]! > 0)) },
    ),
  };
}

/** Rows and how many of them are meant. */
export interface RowShare {
  readonly rows: number;
  readonly of: number;
}

/** A share of released rows with Wilson's interval, beside the same share of real rows and of equally many released ones. */
export function shareFigure(
  { rows, of }: RowShare,
  beside: { readonly ceiling?: RowShare | undefined; readonly matched?: RowShare | undefined } = {},
): Figure {
  const { low, high } = wilsonInterval(rows, of);
  const { ceiling, matched } = beside;
  return {
    value: rows / of,
    low,
    high,
    n: of,
    ...(ceiling === undefined ? {} : { ceiling: ceiling.rows / ceiling.of }),
    ...besideValue(rows / of, matched === undefined ? undefined : matched.rows / matched.of),
    status: "ok",
  };
}

/** The same figure of as many rows as the ceiling has, where it is another. */
export function besideValue(value: number, matched: number | undefined): Pick<Figure, "matched"> {
  return matched === undefined || matched === value ? {} : { matched };
}

function shareOfRows(counts: Int32Array, isMeant: (at: number) => boolean): RowShare {
  let [rows, of] = [0, 0];
  for (let at = 0; at < counts.length; at++) {
    if (counts[at] === 0) continue;
    of += counts[at]!;
    if (isMeant(at)) rows += counts[at]!;
  }
  return { rows, of };
}

/** Rows of the smallest class of `counts` among those that have a row of `released`; n = their released rows. */
function smallestClass(counts: Int32Array, released: Int32Array): Figure {
  let smallest = Number.POSITIVE_INFINITY;
  let n = 0;
  for (let at = 0; at < counts.length; at++) {
    if (released[at] === 0 || counts[at] === 0) continue;
    n += released[at]!;
    smallest = Math.min(smallest, counts[at]!);
  }
  if (n === 0) return { status: "unavailable", reason: "no released row has the quasi-identifiers of a real one" };
  return { value: smallest, n, status: "ok" };
}

function smallestOf(counts: Int32Array): number {
  return counts.reduce((least, count) => (count > 0 && count < least ? count : least), Number.POSITIVE_INFINITY);
}
