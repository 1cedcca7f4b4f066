import type { ColumnEncoding } from "../../encode/column-encoding.js";

/** Noisy counts within so many sigmas of 0 do not show that any row is counted there. */
const CLEAR = 3;

/** A column's encoding without the levels that no row seems to have, and the levels that stay, ascending. */
export interface KeptLevels {
  readonly column: ColumnEncoding;
  readonly levels: readonly number[];
}

/**
 * Drops the missing and the rare level of a column whose noisy counts [levels] are about 0: noise alone would otherwise put missing
 * values into columns that have none. Rows that are missing or rare all the same then count as the level that `encodeTable` falls
 * back to. The last level of a column stays.
 */
export function dropAbsent(column: ColumnEncoding, counts: ArrayLike<number>, sigma: number): KeptLevels {
  const all = Array.from({ length: counts.length }, (_, level) => level);
  const isAbsent = (level: number) => counts[level]! <= CLEAR * sigma;
  const missingLevel = counts.length - 1;
  switch (column.kind) {
    case "one-hot": {
      const rareLevel = column.categories.length;
      const isRareAbsent = column.rare && isAbsent(rareLevel);
      const isMissingAbsent = column.missing && isAbsent(missingLevel);
      const dropped = [...(isRareAbsent ? [rareLevel] : []), ...(isMissingAbsent ? [missingLevel] : [])];
      if (dropped.length === counts.length) return { column, levels: all };
      return {
        column: { ...column, rare: column.rare && !isRareAbsent, missing: column.missing && !isMissingAbsent },
        levels: all.filter((level) => !dropped.includes(level)),
      };
    }
    case "quantile-bins": {
      if (!column.missing || !isAbsent(missingLevel) || missingLevel === 0) return { column, levels: all };
      const levels = all.slice(0, -1);
      const fallback = levels.reduce((most, level) => (counts[level]! > counts[most]! ? level : most), 0);
      return { column: { ...column, missing: false, fallback }, levels };
    }
    default:
      return { column, levels: all };
  }
}
