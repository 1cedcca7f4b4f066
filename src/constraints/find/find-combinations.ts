import type { ConstraintOf } from "../../schema/constraint-schema.js";
import type { SearchColumn, SearchTable } from "./search-table.js";

/** Every combination is in so many rows: a rare one says that others may come. */
const MIN_ROWS = 5;
/** Share of the rows that would be other combinations if values were paired at random. */
const MIN_SHARE = 0.2;
const MAX_LEVELS = 1000;

/** Pairs of categories of which a good part of the combinations never occurs. Each column is in one pair, with the clearest. */
export function findCombinations(
  { columns, rowCount }: SearchTable,
  dependencies: readonly ConstraintOf<"functionalDependency">[],
): ConstraintOf<"fixedCombinations">[] {
  const looked = new Set(dependencies.map(({ dependent }) => dependent));
  const categories = columns.filter(
    ({ column, counts, name }) =>
      column.kind === "text" && counts.length >= 3 && counts.length <= MAX_LEVELS && !looked.has(name),
  );
  const pairs = categories
    .flatMap((a, at) => categories.slice(at + 1).map((b) => ({ a, b, share: absentShare(a, b, rowCount) })))
    .filter(({ share }) => share >= MIN_SHARE)
    .sort((x, y) => y.share - x.share);
  const used = new Set<SearchColumn>();
  return pairs.flatMap(({ a, b }) => {
    if (used.has(a) || used.has(b)) return [];
    used.add(a).add(b);
    return [{ kind: "fixedCombinations", columns: [a.name, b.name] }];
  });
}

/** The share of randomly paired rows whose combination never occurs; 0 where one that occurs is rare. */
function absentShare(a: SearchColumn, b: SearchColumn, rowCount: number): number {
  const counts = new Map<number, number>();
  for (let row = 0; row < rowCount; row++) {
    if (a.codes[row]! < 0 || b.codes[row]! < 0) continue;
    const cell = a.codes[row]! * b.counts.length + b.codes[row]!;
    counts.set(cell, (counts.get(cell) ?? 0) + 1);
  }
  let share = 1;
  for (const [cell, count] of counts) {
    if (count < MIN_ROWS) return 0;
    share -=
      (a.counts[Math.floor(cell / b.counts.length)]! / a.present) * (b.counts[cell % b.counts.length]! / b.present);
  }
  return share;
}
