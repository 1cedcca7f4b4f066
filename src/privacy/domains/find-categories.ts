import { dataError } from "../../core/errors.js";
import { thresholdOfDelta } from "../accounting/noisy-threshold.js";
import type { PaidTable } from "../paid-table.js";

/**
 * The categories of each column that enough rows have, by falling noisy count; undefined where those have a smaller share of the
 * rows together than the column asks for.
 */
export function findCategories(
  paid: PaidTable,
  columns: readonly { readonly name: string; readonly leastShare: number }[],
  { rows, sigma, delta }: { readonly rows: number; readonly sigma: number; readonly delta: number },
): Map<string, readonly string[] | undefined> {
  if (columns.length === 0) return new Map();
  const names = columns.map(({ name }) => name);
  const threshold = thresholdOfDelta(sigma, delta / names.length);
  const published = paid.countTexts("categories that enough rows have", names, { sigma, threshold, delta });
  return new Map(
    columns.map(({ name, leastShare }, i) => {
      const held = published[i]!.reduce((sum, { count }) => sum + count, 0);
      return [name, held < leastShare * rows ? undefined : published[i]!.map(({ text }) => text)];
    }),
  );
}

/** The error for columns of which nothing could be published, E_PRIVACY_DOMAIN. */
export function hugeDomain(names: readonly string[]): Error {
  const list = names.map((name) => `"${name}"`).join(", ");
  return dataError("E_PRIVACY_DOMAIN", `hardly any row of ${list} has a value that enough rows share to be published`, {
    where: `column "${names[0]}"`,
    hint: 'declare "levels" in the schema, give the column the type identifier, or name or text with a "generator", or leave it out ("drop": true)',
  });
}
