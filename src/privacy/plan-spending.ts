import type { PlannedSpending } from "../core/progress.js";
import { type ColumnRole, roleOf } from "../schema/column-role.js";
import type { TableSchema } from "../schema/table-schema.js";
import type { PrivacyBudget } from "./accounting/ledger.js";
import { planNoise } from "./accounting/plan-noise.js";
import { foreseeDomains } from "./domains/foresee-domains.js";

/** What is to be told of the rows, in the order of the touches. */
export type SpendingKind = "rows" | "types" | "categories" | "bounds" | "bins" | "one-ways" | "pairs";

export interface SpendingPart extends PlannedSpending {
  readonly kind: SpendingKind;
}

/** Everything that a private run is going to spend. */
export interface SpendingPlan {
  readonly budget: PrivacyBudget;
  readonly parts: readonly SpendingPart[];
}

/** What a plan may know: nothing of it depends on a row. */
export interface PublicFacts {
  readonly columns: readonly string[];
  readonly schema?: TableSchema | undefined;
  readonly target?: string | undefined;
}

/** Shares of the budget of what comes before joint counts; these get the rest. */
const SHARES: Readonly<Record<Exclude<SpendingKind, "pairs">, number>> = {
  rows: 0.005,
  types: 0.015,
  categories: 0.02,
  bounds: 0.015,
  bins: 0.05,
  "one-ways": 0.1,
};

/** Of delta: what publishing categories may cost outright. */
const CATEGORY_DELTA = 0.1;

/** Plans the spending of a budget before anything is spent. Throws E_PRIVACY_BUDGET. */
export function planSpending(facts: PublicFacts, budget: PrivacyBudget): SpendingPlan {
  const changes = changesOf(facts);
  const kinds = KINDS.filter((kind) => changes[kind] > 0);
  const delta = changes.categories > 0 ? CATEGORY_DELTA * budget.delta : 0;
  const before = kinds.reduce((sum, kind) => sum + (kind === "pairs" ? 0 : SHARES[kind]), 0);
  const shares = kinds.map((kind) => (kind === "pairs" ? 1 - before : SHARES[kind]));
  const total = shares.reduce((sum, share) => sum + share, 0);
  const releases = kinds.map((kind, i) => ({ share: shares[i]! / total, changes: changes[kind] }));
  const sigmas = planNoise(budget, releases, { paidOutright: delta });
  return {
    budget,
    parts: kinds.map((kind, i) => ({
      kind,
      released: RELEASED[kind],
      ...releases[i]!,
      scale: sigmas[i]!,
      delta: kind === "categories" ? delta : 0,
    })),
  };
}

/** The noise with which a release of `changes` numbers costs what the plan has for its part. */
export function plannedSigma({ parts }: SpendingPlan, kind: SpendingKind, changes: number): number {
  const part = parts.find((candidate) => candidate.kind === kind);
  return part === undefined ? Number.MIN_VALUE : part.scale * Math.sqrt(changes / part.changes);
}

const RELEASED: Readonly<Record<SpendingKind, string>> = {
  rows: "number of rows",
  types: "what the cells of each column are like",
  categories: "categories that enough rows have",
  bounds: "bounds of numbers and dates",
  bins: "bins of numbers and dates",
  "one-ways": "counts of each column's levels",
  pairs: "joint counts of columns",
};

const KINDS = Object.keys(RELEASED) as SpendingKind[];

const LEARNED: readonly ColumnRole[] = ["category", "boolean", "number", "date"];

/** Numbers that one row changes, by part; at most, where domains have to be found. */
function changesOf({ columns, schema, target }: PublicFacts): Record<SpendingKind, number> {
  const learned = schema?.columns.filter((column) => LEARNED.includes(roleOf(column))).length ?? columns.length;
  const paired = target === undefined ? learned : learned - 1;
  return {
    rows: 1,
    ...foreseeDomains(columns, schema),
    "one-ways": learned,
    pairs: Math.max(0, (paired * (paired - 1)) / 2),
  };
}
