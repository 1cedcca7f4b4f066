import { type SynthError, usageError } from "../core/errors.js";
import type { TableSchema } from "../schema/table-schema.js";
import { epsilonOfGaussian, gaussianBudget } from "./accounting/gaussian-privacy.js";
import { foreseeDomains } from "./domains/foresee-domains.js";
import { whatIsLacking } from "./domains/what-is-lacking.js";
import type { PublicFacts, SpendingPart, SpendingPlan } from "./plan-spending.js";

/** Noise of a column's counts, as a share of the rows, from which on it is as large as the counts of 20 even levels. */
const DROWNING = 0.05;

/** A larger one, which protects little, is not advised. */
const LARGEST_EPSILON = 20;

/** What declaring a column saves. */
const FOUND = ["types", "categories", "bounds"] as const;

/** Columns that are named. */
const NAMED = 5;

/**
 * Throws E_PRIVACY_BUDGET_SMALL where the noise of one column's counts is as large as the counts: says which epsilon would do, or
 * how few columns. `size`: of the table, as publicSize has it.
 */
export function requireEnoughBudget(plan: SpendingPlan, facts: PublicFacts): void {
  const part = plan.parts.find(({ kind }) => kind === "one-ways");
  if (part === undefined) return;
  const factor = part.scale / (DROWNING * facts.size);
  if (factor > 1) throw tooSmall(plan, facts, { columns: part.changes, factor, sigma: part.scale });
}

function tooSmall(
  { budget, parts }: SpendingPlan,
  facts: PublicFacts,
  { columns, factor, sigma }: { readonly columns: number; readonly factor: number; readonly sigma: number },
): SynthError {
  const { epsilon, delta } = budget;
  const enough = epsilonOfGaussian(gaussianBudget(epsilon, delta) * factor, delta);
  const kept = Math.floor(columns / factor ** 2);
  const ways = [
    ...(enough <= LARGEST_EPSILON ? [`give epsilon ${roundUp(enough)} or more`] : []),
    ...(kept >= 1
      ? [
          `drop ${columns - kept} of the ${columns} columns and keep the ${kept} most useful ("drop": true in the schema leaves one out)`,
        ]
      : []),
    ...whatToDeclare(parts, facts),
    "give more rows",
  ];
  return usageError(
    "E_PRIVACY_BUDGET_SMALL",
    `epsilon ${epsilon} is too small for ${columns} columns of at most ${facts.size} rows: every count would have noise of ${Math.round(sigma)} rows; nothing was released`,
    { where: "privacy.epsilon", hint: ways.join(", or ") },
  );
}

/** The columns that cost most to find, as a way out; none where all are declared. */
function whatToDeclare(parts: readonly SpendingPart[], { columns, schema }: PublicFacts): string[] {
  const shareOf = (names: readonly string[], declared: TableSchema | undefined) => {
    const changes = foreseeDomains(names, declared);
    const found = parts.flatMap(({ kind, share, changes: all }) =>
      FOUND.filter((one) => one === kind).map((one) => (share * changes[one]) / all),
    );
    return found.reduce((sum, share) => sum + share, 0);
  };
  if (schema === undefined) {
    return [`declare the columns' types, levels and bounds in a schema (${toFind(shareOf(columns, undefined))})`];
  }
  const costs = schema.columns
    .filter((column) => whatIsLacking(column).length > 0)
    .map((column) => ({ name: column.name, share: shareOf([column.name], { ...schema, columns: [column] }) }))
    .sort((a, b) => b.share - a.share);
  if (costs.length === 0) return [];
  const named = costs.slice(0, NAMED);
  const names = named.map(({ name }) => `"${name}"`).join(", ");
  const more = costs.length > NAMED ? ` first, the dearest to find of ${costs.length}` : "";
  return [`declare levels or bounds of ${names}${more} (${toFind(named.reduce((sum, { share }) => sum + share, 0))})`];
}

function toFind(share: number): string {
  return `finding them takes ${Math.max(1, Math.round(100 * share))} % of the budget`;
}

/** Two significant digits, rounded up. */
function roundUp(value: number): number {
  const unit = 10 ** (Math.floor(Math.log10(value)) - 1);
  return Number((Math.ceil((value * 1.001) / unit) * unit).toPrecision(2));
}
