import type { ConstraintOf } from "../../schema/constraint-schema.js";
import { agreement, type SearchColumn, type SearchTable } from "./search-table.js";

type Dependency = ConstraintOf<"functionalDependency">;

/** Rows that would break a dependency if values were paired at random. */
const MIN_EXPECTED = 20;

/** Rare values are not published, and what goes with them cannot be looked up: at most this share of the rows may have some. */
const MAX_RARE_SHARE = 0.01;
const RARE_ROWS = 5;

/**
 * Columns that one other column determines: the one with the fewest values that does. Determinants that are seen once say
 * nothing, so that many must be seen again.
 */
export function findDependencies({ columns, rowsPerSampled }: SearchTable): Dependency[] {
  const coded = columns.filter(({ counts, column }) => counts.length >= 2 && isDiscrete(column.kind));
  return coded.flatMap((dependent, at): Dependency[] => {
    const before = (one: SearchColumn): boolean =>
      one.counts.length > dependent.counts.length ||
      (one.counts.length === dependent.counts.length && coded.indexOf(one) < at);
    const determinants = coded
      .filter((one) => one !== dependent && before(one) && isPublished(one, rowsPerSampled))
      .filter((one) => determines(one, dependent))
      .sort((a, b) => a.counts.length - b.counts.length);
    const [best] = determinants;
    return best === undefined
      ? []
      : [{ kind: "functionalDependency", determinants: [best.name], dependent: dependent.name }];
  });
}

function isPublished({ counts, present }: SearchColumn, rowsPerSampled: number): boolean {
  const rare = counts.reduce((sum, count) => sum + (count * rowsPerSampled < RARE_ROWS ? count : 0), 0);
  return rare <= MAX_RARE_SHARE * present;
}

function isDiscrete(kind: SearchColumn["column"]["kind"]): boolean {
  return kind === "text" || kind === "boolean" || kind === "number";
}

function determines(determinant: SearchColumn, dependent: SearchColumn): boolean {
  const values = new Int32Array(determinant.counts.length).fill(-1);
  let again = 0;
  for (let row = 0; row < determinant.codes.length; row++) {
    const code = determinant.codes[row]!;
    const value = dependent.codes[row]!;
    if (code < 0 || value < 0) continue;
    if (values[code]! < 0) values[code] = value;
    else if (values[code] !== value) return false;
    else again++;
  }
  return again * (1 - agreement(dependent)) >= MIN_EXPECTED;
}
