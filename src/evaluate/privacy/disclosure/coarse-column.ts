import { binFeature, fitFeatureBins } from "../../../stats/feature-bins.js";
import type { Column } from "../../../table/column.js";

/** Something of each table of an audit. */
export interface Sides<T> {
  readonly train: T;
  readonly synthetic: T;
  readonly holdout?: T | undefined;
}

/** A column of every table as codes: values that an outsider would hold for equal have the same one, in whichever table. */
export interface CoarseColumn {
  /** [rows], in 0..levels-1; a missing value is a value of its own. */
  readonly codes: Sides<Int32Array>;
  readonly levels: number;
}

/** Bins of a number or date that has too many values. */
export const COARSE_BINS = 10;

/**
 * Codes of a column. Numbers and dates of which the real rows (training and held-out) have more than `mostExact` different
 * values are put into ten bins of equally many real rows; everything else is taken as it is.
 */
export function coarsenColumn(sides: Sides<Column>, mostExact: number): CoarseColumn {
  if ("codes" in sides.train) return shareCodes(sides);
  const values = mapSides(sides, (column) => ("codes" in column ? new Float64Array(0) : column.values));
  const real = [values.train, ...(values.holdout === undefined ? [] : [values.holdout])];
  if (hasAtMost(mostExact, real)) return codeExactly(values);
  const bins = fitFeatureBins({ kind: "number", values: join(real) }, COARSE_BINS);
  const codes = mapSides(values, (side) => Int32Array.from(binFeature(bins, { kind: "number", values: side })));
  return { codes, levels: bins.binCount + 1 };
}

/** The same of each table. */
export function mapSides<T, U>({ train, synthetic, holdout }: Sides<T>, change: (side: T) => U): Sides<U> {
  const both = { train: change(train), synthetic: change(synthetic) };
  return holdout === undefined ? both : { ...both, holdout: change(holdout) };
}

/** A code a spelling (booleans: their own codes), 0 for missing. */
function shareCodes(sides: Sides<Column>): CoarseColumn {
  const known = new Map<string, number>();
  const codeOf = (spelling: string): number => {
    const code = known.get(spelling) ?? known.size + 1;
    known.set(spelling, code);
    return code;
  };
  const codes = mapSides(sides, (column) => {
    if (!("codes" in column)) return new Int32Array(column.values.length);
    if (column.kind === "boolean") return column.codes.map((code) => code + 1);
    const shared = column.dictionary.map(codeOf);
    return column.codes.map((code) => (code < 0 ? 0 : shared[code]!));
  });
  return { codes, levels: sides.train.kind === "boolean" ? 3 : known.size + 1 };
}

function codeExactly(values: Sides<Float64Array>): CoarseColumn {
  const known = new Map<number, number>();
  const codes = mapSides(values, (side) => {
    const coded = new Int32Array(side.length);
    for (let row = 0; row < side.length; row++) {
      const code = known.get(side[row]!) ?? known.size;
      known.set(side[row]!, code);
      coded[row] = code;
    }
    return coded;
  });
  return { codes, levels: known.size };
}

function hasAtMost(most: number, sides: readonly Float64Array[]): boolean {
  const seen = new Set<number>();
  for (const side of sides) {
    for (const value of side) {
      if (!Number.isNaN(value) && seen.add(value).size > most) return false;
    }
  }
  return true;
}

function join(sides: readonly Float64Array[]): Float64Array {
  const joined = new Float64Array(sides.reduce((rows, side) => rows + side.length, 0));
  let at = 0;
  for (const side of sides) {
    joined.set(side, at);
    at += side.length;
  }
  return joined;
}
