import type { PlannedSpending } from "../core/progress.js";
import { type ColumnRole, roleOf } from "../schema/column-role.js";
import type { ColumnSchema, TableSchema } from "../schema/table-schema.js";
import { gaussianBudget } from "./accounting/gaussian-privacy.js";
import type { PrivacyBudget } from "./accounting/ledger.js";

/** What is to be told of the rows, in the order of the touches. */
export type SpendingKind = "rows" | "types" | "categories" | "bounds" | "bins" | "one-ways" | "pairs";

export interface SpendingPart extends PlannedSpending {
  readonly kind: SpendingKind;
}

/** Everything that a private run is going to spend, made of public facts alone. */
export interface SpendingPlan {
  readonly budget: PrivacyBudget;
  /** Squared mu of the whole budget: a release of `changes` numbers at scale sigma costs changes / sigma^2 of it. */
  readonly total: number;
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

/** Halvings of a number's range, at most, that are counted for its bins. */
const BIN_DEPTH = 8;

/** Plans the spending of a budget before anything is spent. */
export function planSpending(facts: PublicFacts, budget: PrivacyBudget): SpendingPlan {
  const changes = changesOf(facts);
  const delta = changes.categories > 0 ? CATEGORY_DELTA * budget.delta : 0;
  const total = gaussianBudget(budget.epsilon, budget.delta - delta) ** 2;
  const before = KINDS.filter((kind) => kind !== "pairs" && changes[kind] > 0) as Exclude<SpendingKind, "pairs">[];
  const rest = 1 - before.reduce((sum, kind) => sum + SHARES[kind], 0);
  const part = (kind: SpendingKind, share: number): SpendingPart => ({
    kind,
    released: RELEASED[kind],
    share,
    changes: changes[kind],
    scale: Math.sqrt(changes[kind] / (share * total)),
    delta: kind === "categories" ? delta : 0,
  });
  const parts = before.map((kind) => part(kind, SHARES[kind]));
  return { budget, total, parts: changes.pairs > 0 ? [...parts, part("pairs", rest)] : parts };
}

/** The noise with which a release of `changes` numbers costs just what the plan has for the part; undefined: not in the plan. */
export function plannedSigma(plan: SpendingPlan, kind: SpendingKind, changes: number): number | undefined {
  const part = plan.parts.find((candidate) => candidate.kind === kind);
  return part && Math.sqrt(changes / (part.share * plan.total));
}

const RELEASED: Readonly<Record<SpendingKind, string>> = {
  rows: "number of rows",
  types: "what the cells of each column are like",
  categories: "categories that enough rows have",
  bounds: "bounds of numbers and dates",
  bins: "bins of numbers and dates",
  "one-ways": "counts of each column's levels",
  pairs: "counts of pairs of columns",
};

const KINDS = Object.keys(RELEASED) as SpendingKind[];

/** Most numbers that one row changes, by part. */
function changesOf({ columns, schema, target }: PublicFacts): Record<SpendingKind, number> {
  const learned = schema === undefined ? columns.length : schema.columns.filter(isLearned).length;
  const numbers = schema === undefined ? columns.length : schema.columns.filter(isNumber).length;
  const others = target === undefined ? learned : learned - 1;
  return {
    rows: 1,
    types: schema === undefined ? columns.length : 0,
    categories: schema === undefined ? columns.length : schema.columns.filter(hasUndeclaredLevels).length,
    bounds: schema === undefined ? columns.length : schema.columns.filter(hasUndeclaredBounds).length,
    bins: numbers * BIN_DEPTH,
    "one-ways": learned,
    pairs: (others * (others - 1)) / 2,
  };
}

const LEARNED: readonly ColumnRole[] = ["category", "boolean", "number", "date"];

function isLearned(column: ColumnSchema): boolean {
  return LEARNED.includes(roleOf(column));
}

function isNumber(column: ColumnSchema): boolean {
  const role = roleOf(column);
  return role === "number" || role === "date";
}

function hasUndeclaredLevels(column: ColumnSchema): boolean {
  return roleOf(column) === "category" && column.levels === undefined;
}

function hasUndeclaredBounds(column: ColumnSchema): boolean {
  return isNumber(column) && (column.bounds?.min === undefined || column.bounds.max === undefined);
}
