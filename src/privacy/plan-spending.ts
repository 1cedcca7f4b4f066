import { assertDefined } from "../core/errors.js";
import type { PlannedSpending } from "../core/progress.js";
import { type ColumnRole, roleOf } from "../schema/column-role.js";
import { isIdentifierName } from "../schema/identifier-name.js";
import type { TableSchema } from "../schema/table-schema.js";
import type { PrivacyBudget } from "./accounting/ledger.js";
import { planNoise } from "./accounting/plan-noise.js";
import { foreseeDomains } from "./domains/foresee-domains.js";
import { type JointKind, partsOfRounds, planRounds } from "./marginals/plan-rounds.js";

/** What is to be told of the rows, in the order of the touches. */
export type SpendingKind = EarlyKind | JointKind;

type EarlyKind = "rows" | "types" | "categories" | "bounds" | "bins" | "one-ways";

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
  /** Rows, rounded up to a power of two. */
  readonly size: number;
  readonly schema?: TableSchema | undefined;
  readonly target?: string | undefined;
}

/** Shares of the budget of what comes before joint counts; these get the rest. */
const SHARES: Readonly<Record<EarlyKind, number>> = {
  rows: 0.005,
  types: 0.015,
  categories: 0.02,
  bounds: 0.015,
  bins: 0.05,
  "one-ways": 0.1,
};

const EARLY = Object.keys(SHARES) as EarlyKind[];

/** Of delta: what publishing categories may cost outright. */
const CATEGORY_DELTA = 0.1;

/** Plans the spending of a budget before anything is spent. Throws E_PRIVACY_BUDGET. */
export function planSpending(facts: PublicFacts, budget: PrivacyBudget): SpendingPlan {
  const asked = plannedParts(facts, budget.epsilon).filter(({ changes }) => changes > 0);
  const total = asked.reduce((sum, { share }) => sum + share, 0);
  const delta = asked.some(({ kind }) => kind === "categories") ? CATEGORY_DELTA * budget.delta : 0;
  const releases = asked.map((part) => ({ ...part, share: part.share / total }));
  const sigmas = planNoise(budget, releases, { paidOutright: delta });
  const parts = releases.map(
    ({ kind, changes, share }, i): SpendingPart => ({
      kind,
      released: RELEASED[kind],
      share,
      changes,
      scale: sigmas[i]!,
      delta: kind === "categories" ? delta : 0,
    }),
  );
  return { budget, parts };
}

/** The noise with which a release of `changes` numbers costs what the plan has for its part. */
export function plannedSigma({ parts }: SpendingPlan, kind: SpendingKind, changes: number): number {
  const part = assertDefined(
    parts.find((candidate) => candidate.kind === kind),
    `the plan's part for ${RELEASED[kind]}`,
  );
  return part.scale * Math.sqrt(changes / part.changes);
}

const RELEASED: Readonly<Record<SpendingKind, string>> = {
  rows: "number of rows",
  types: "what the cells of each column are like",
  categories: "categories that enough rows have",
  bounds: "bounds of numbers and dates",
  bins: "bins of numbers and dates",
  "one-ways": "counts of each column's levels",
  pairs: "counts of pairs of columns",
  "triple scores": "which triples of columns are estimated worst",
  triples: "counts of triples of columns",
};

const LEARNED: readonly ColumnRole[] = ["category", "boolean", "number", "date"];

/** The columns that joint counts may be asked of; where types are not known yet, all that are not named like keys. */
export function learnedColumns({ columns, schema }: Pick<PublicFacts, "columns" | "schema">): readonly string[] {
  if (schema === undefined) return columns.filter((name) => !isIdentifierName(name));
  return schema.columns.filter((column) => LEARNED.includes(roleOf(column))).map(({ name }) => name);
}

/** Numbers that one row changes, by part; at most, where domains have to be found. */
function plannedParts(
  { columns, schema, target }: PublicFacts,
  epsilon: number,
): Pick<SpendingPart, "kind" | "share" | "changes">[] {
  const learned = learnedColumns({ columns, schema }).length;
  const changes = { rows: 1, ...foreseeDomains(columns, schema), "one-ways": learned };
  const early = EARLY.map((kind) => ({ kind, share: changes[kind] > 0 ? SHARES[kind] : 0, changes: changes[kind] }));
  const rest = 1 - early.reduce((sum, { share }) => sum + share, 0);
  const paired = target === undefined ? learned : learned - 1;
  const joint = partsOfRounds(planRounds(paired, epsilon)).map((part) => ({ ...part, share: part.share * rest }));
  return [...early, ...joint];
}
