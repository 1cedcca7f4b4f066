import type { RowShare } from "./class-figures.js";
import type { CoarseColumn } from "./coarse-column.js";
import type { ClassRows } from "./equivalence-classes.js";

/** How much the classes of a table hide of a secret. */
export interface SecretDiversity {
  /** Different values in the class that has fewest. */
  readonly least: number;
  /** Rows in classes where all have the same value. */
  readonly same: RowShare;
}

/**
 * The diversity of a secret within the classes of one table (l-diversity; Machanavajjhala et al. 2007,
 * doi:10.1145/1217299.1217302). A missing value is a value of its own.
 * @param codes of the table's rows
 */
export function secretDiversity(
  { starts, rows }: ClassRows,
  codes: Int32Array,
  { levels }: Pick<CoarseColumn, "levels">,
): SecretDiversity {
  /** The class that a level was last seen in, less one is none. */
  const seenIn = new Int32Array(levels).fill(-1);
  let [least, same] = [Number.POSITIVE_INFINITY, 0];
  for (let at = 0; at + 1 < starts.length; at++) {
    const [from, to] = [starts[at]!, starts[at + 1]!];
    if (from === to) continue;
    let different = 0;
    for (let i = from; i < to; i++) {
      const code = codes[rows[i]!]!;
      if (seenIn[code] === at) continue;
      seenIn[code] = at;
      different++;
    }
    least = Math.min(least, different);
    if (different === 1) same += to - from;
  }
  return { least, same: { rows: same, of: rows.length } };
}
