import type { BoundedMean } from "../../../stats/bounded-mean-interval.js";
import type { CoarseColumn } from "./coarse-column.js";
import type { ClassRows } from "./equivalence-classes.js";

/** How well the released rows of their class guess the secret of targets. */
export interface Attribution {
  /** Probability that a random released row of the target's class has its secret; 0 where the class has no released row. */
  readonly guessed: BoundedMean;
  /** The same of a random released row of any class, for the targets whose class has one. */
  readonly marginal: BoundedMean;
  /** 1 where all released rows of the target's class have its secret, else 0. */
  readonly certain: BoundedMean;
}

/** Rows by class and the secret's code of each row. */
export interface SecretRows {
  readonly classes: ClassRows;
  readonly codes: Int32Array;
}

/**
 * The correct attribution probability (Elliot 2014; Taub et al. 2018, doi:10.1007/978-3-319-99771-1_9, in the form where a
 * target without a class counts 0), and the share of targets that their class discloses with certainty and rightly (DiSCO;
 * Raab, Nowok and Dibben 2024, arXiv:2406.16826). Classes are numbered alike in both tables.
 */
export function attributeSecret(
  released: SecretRows,
  targets: SecretRows,
  { levels }: Pick<CoarseColumn, "levels">,
): Attribution {
  const counts = new Int32Array(levels);
  const shares = levelShares(released.codes, levels);
  const [guessed, marginal, certain] = [makeMean(), makeMean(), makeMean()];
  const { starts, rows } = targets.classes;
  for (let at = 0; at + 1 < starts.length; at++) {
    if (starts[at] === starts[at + 1]) continue;
    const [from, to] = [released.classes.starts[at]!, released.classes.starts[at + 1]!];
    addCodes(counts, released, from, to, 1);
    for (let i = starts[at]!; i < starts[at + 1]!; i++) {
      const code = targets.codes[rows[i]!]!;
      guessed.add(from === to ? 0 : counts[code]! / (to - from));
      marginal.add(from === to ? 0 : shares[code]!);
      certain.add(from < to && counts[code] === to - from ? 1 : 0);
    }
    addCodes(counts, released, from, to, -1);
  }
  return { guessed: guessed.get(), marginal: marginal.get(), certain: certain.get() };
}

function addCodes(counts: Int32Array, { classes, codes }: SecretRows, from: number, to: number, change: number): void {
  for (let i = from; i < to; i++) {
    const code = codes[classes.rows[i]!]!;
    counts[code] = counts[code]! + change;
  }
}

function levelShares(codes: Int32Array, levels: number): Float64Array {
  const shares = new Float64Array(levels);
  for (let row = 0; row < codes.length; row++) shares[codes[row]!] = shares[codes[row]!]! + 1;
  return shares.map((count) => count / codes.length);
}

function makeMean(): { add(value: number): void; get(): BoundedMean } {
  let [n, sum, squares] = [0, 0, 0];
  return {
    add(value) {
      n++;
      sum += value;
      squares += value * value;
    },
    get() {
      const mean = n === 0 ? 0 : sum / n;
      return { mean, variance: n === 0 ? 0 : Math.max(0, squares / n - mean * mean), n };
    },
  };
}
