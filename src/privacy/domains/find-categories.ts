import { dataError } from "../../core/errors.js";
import { thresholdOfDelta } from "../accounting/noisy-threshold.js";
import type { PaidTable } from "../paid-table.js";

/** Of a column whose published categories have a smaller share of the rows nothing is left to learn. */
const LEAST_PUBLISHED = 0.05;

/**
 * The categories of each column that enough rows have, by falling noisy count. Throws E_PRIVACY_DOMAIN, naming the columns of which
 * nothing, or nearly nothing, could be published.
 */
export function findCategories(
  paid: PaidTable,
  names: readonly string[],
  { rows, sigma, delta }: { readonly rows: number; readonly sigma: number; readonly delta: number },
): Map<string, readonly string[]> {
  if (names.length === 0) return new Map();
  const threshold = thresholdOfDelta(sigma, delta / names.length);
  const published = paid.countTexts("categories that enough rows have", names, { sigma, threshold, delta });
  const hopeless = names.filter(
    (_, i) => published[i]!.reduce((sum, { count }) => sum + count, 0) < LEAST_PUBLISHED * rows,
  );
  if (hopeless.length > 0) throw hugeDomain(hopeless, threshold);
  return new Map(names.map((name, i) => [name, published[i]!.map(({ text }) => text)]));
}

function hugeDomain(names: readonly string[], threshold: number): Error {
  const list = names.map((name) => `"${name}"`).join(", ");
  return dataError(
    "E_PRIVACY_DOMAIN",
    `too few rows of ${list} have a value that at least ${threshold} rows share: it cannot be published`,
    {
      where: `column "${names[0]}"`,
      hint: 'declare "levels" in the schema, give the column the type identifier, or name or text with a "generator", or leave it out ("drop": true)',
    },
  );
}
