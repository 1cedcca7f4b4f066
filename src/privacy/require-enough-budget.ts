import { type SynthError, usageError } from "../core/errors.js";
import { epsilonOfGaussian, gaussianBudget } from "./accounting/gaussian-privacy.js";
import { whatIsLacking } from "./domains/what-is-lacking.js";
import type { PublicFacts, SpendingPlan } from "./plan-spending.js";

/** Noise of a column's counts, as a share of the rows, from which on it is as large as the counts of 20 even levels. */
const DROWNING = 0.05;

/** A larger one is not accepted. */
const LARGEST_EPSILON = 20;

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
  { budget }: SpendingPlan,
  { size, schema }: PublicFacts,
  { columns, factor, sigma }: { readonly columns: number; readonly factor: number; readonly sigma: number },
): SynthError {
  const { epsilon, delta } = budget;
  const enough = epsilonOfGaussian(gaussianBudget(epsilon, delta) * factor, delta);
  const kept = Math.floor(columns / factor ** 2);
  const undeclared = schema?.columns
    .filter((column) => whatIsLacking(column).length > 0)
    .map(({ name }) => `"${name}"`);
  const ways = [
    ...(enough <= LARGEST_EPSILON ? [`give epsilon ${roundUp(enough)} or more`] : []),
    ...(kept >= 1
      ? [`keep the ${kept} most useful of the ${columns} columns ("drop": true in the schema leaves one out)`]
      : []),
    ...(undeclared === undefined ? ["declare the columns' types, levels and bounds in a schema"] : []),
    ...(undeclared !== undefined && undeclared.length > 0
      ? [`declare levels or bounds of ${undeclared.join(", ")}`]
      : []),
    "give more rows",
  ];
  return usageError(
    "E_PRIVACY_BUDGET_SMALL",
    `epsilon ${epsilon} is too small for ${columns} columns of at most ${size} rows: every count would have noise of ${Math.round(sigma)} rows; nothing was released`,
    { where: "privacy.epsilon", hint: ways.join(", or ") },
  );
}

/** Two significant digits, rounded up. */
function roundUp(value: number): number {
  const unit = 10 ** (Math.floor(Math.log10(value)) - 1);
  return Number((Math.ceil((value * 1.001) / unit) * unit).toPrecision(2));
}
