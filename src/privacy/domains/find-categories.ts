import { dataError } from "../../core/errors.js";
import { thresholdOfDelta } from "../accounting/noisy-threshold.js";
import type { PaidTable } from "../paid-table.js";

/** Of a column whose published categories have a smaller share of the rows nothing is left to learn. */
const LEAST_PUBLISHED = 0.05;

/**
 * The categories of each column that enough rows have, by falling noisy count; undefined where nothing, or nearly nothing, could be
 * published.
 */
export function findCategories(
  paid: PaidTable,
  names: readonly string[],
  { rows, sigma, delta }: { readonly rows: number; readonly sigma: number; readonly delta: number },
): Map<string, readonly string[] | undefined> {
  if (names.length === 0) return new Map();
  const threshold = thresholdOfDelta(sigma, delta / names.length);
  const published = paid.countTexts("categories that enough rows have", names, { sigma, threshold, delta });
  return new Map(
    names.map((name, i) => {
      const held = published[i]!.reduce((sum, { count }) => sum + count, 0);
      return [name, held < LEAST_PUBLISHED * rows ? undefined : published[i]!.map(({ text }) => text)];
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
