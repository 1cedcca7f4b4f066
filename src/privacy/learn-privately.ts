import { dataError, type SynthError, usageError } from "../core/errors.js";
import { makeRandom } from "../core/random.js";
import { fieldsOfColumn } from "../encode/column-encoding.js";
import type { TableEncoding } from "../encode/table-encoding.js";
import { requireSameColumns } from "../schema/require-same-columns.js";
import type { TableSchema } from "../schema/table-schema.js";
import type { Table } from "../table/table.js";
import { makeLedger, type PrivacyLedger } from "./accounting/ledger.js";
import { planNoise } from "./accounting/plan-noise.js";
import { publicSize } from "./default-delta.js";
import { findDomains } from "./domains/find-domains.js";
import { requireDeclared } from "./domains/require-declared.js";
import { makeRecord } from "./make-record.js";
import { groupLevels, MOST_GROUPS } from "./marginals/group-levels.js";
import { type JointMeans, measureJoint } from "./marginals/measure-joint.js";
import { measureOneWays, type OneWays } from "./marginals/measure-one-ways.js";
import { type JointPart, type JointRound, partsOfRounds, planRounds } from "./marginals/plan-rounds.js";
import { fitMixture } from "./mixture/fit-mixture.js";
import { makeNoise } from "./noise/noise-source.js";
import type { FieldGroups, PaidRows } from "./paid-rows.js";
import { makePaidTable } from "./paid-table.js";
import {
  learnedColumns,
  type PublicFacts,
  plannedSigma,
  planSpending,
  type SpendingKind,
  type SpendingPlan,
} from "./plan-spending.js";
import type { PrivateRelease, PrivateRequest, PrivateRunOptions } from "./private-request.js";
import { requireEnoughBudget } from "./require-enough-budget.js";

/**
 * Everything that is told of a table's rows under differential privacy: plans the spending, tells the plan (N_PRIVACY_PLAN), then
 * finds domains, bins, counts, and fits the mixture. Throws E_PRIVACY_*, E_SCHEMA_*.
 */
export async function learnPrivately(
  table: Table,
  request: PrivateRequest,
  options: PrivateRunOptions,
): Promise<PrivateRelease> {
  const { privacy, target } = request;
  const { random } = options;
  const plan = planRun(table, request, options);
  const ledger = makeLedger({ epsilon: privacy.epsilon, delta: privacy.delta });
  const noise = makeNoise(privacy.noiseSeed === undefined ? undefined : makeRandom(privacy.noiseSeed).fork("noise"));
  const paidTable = makePaidTable(table, ledger, noise);
  const sigmaOf = (kind: SpendingKind, changes: number) => plannedSigma(plan, kind, changes);
  const delta = plan.parts.reduce((sum, part) => sum + part.delta, 0);
  const domains = findDomains(paidTable, request, { sigmaOf, delta }, options.onProgress);
  const read = paidTable.readAs(domains.schema);
  const encodedBy = (encoding: TableEncoding) => read.encodedBy(encoding, random.fork("encode"));
  const all = encodedBy(domains.encoding);
  requireFields(all, domains.schema, request, ledger);
  const counted = { value: domains.rows, variance: sigmaOf("rows", 1) ** 2 };
  const sigma = sigmaOf("one-ways", all.fields.length);
  const oneWays = measureOneWays({ paid: all, encoding: domains.encoding, counted }, sigma);
  const paid = encodedBy(oneWays.encoding);
  const groups = groupFields(paid, oneWays, target);
  const fit: JointMeans["fit"] = (measurements, { start, isRough }) =>
    fitMixture(
      { rows: oneWays.rows, fields: groups, measurements, oneWays: oneWays.counts },
      { ...options, random: random.fork("mixture"), start, ...(isRough && { maxSteps: ROUGH_STEPS }) },
    );
  const targetGroups = groups.find(({ field }) => paid.fields[field]!.name === target);
  const rounds = planRounds(targetGroups === undefined ? groups.length : groups.length - 1, privacy.epsilon);
  const { measurements, mixture } = await measureJoint(
    { paid, rows: oneWays.rows, groups, target: targetGroups, rounds, before: oneWays.measured },
    { fit, sigmaOf: (part) => sigmaOfRest(ledger, rounds, part) },
  );
  const schema = withCounts(domains.schema, paid, oneWays);
  return {
    schema,
    encoding: oneWays.encoding,
    measurements,
    oneWays: oneWays.counts,
    mixture,
    record: makeRecord(ledger, noise.kind, request, schema),
  };
}

/** The plan of a run, told; what public facts alone refuse is refused here. */
function planRun(table: Table, request: PrivateRequest, { onProgress }: PrivateRunOptions): SpendingPlan {
  const { privacy, schema: declared, target } = request;
  const columns = table.columns.map(({ name }) => name);
  const facts = { columns, size: publicSize(table.rowCount), schema: declared, target };
  if (declared !== undefined) requireSameColumns(columns, declared);
  requireDeclared(columns, request);
  requireLearned(facts);
  const plan = planSpending(facts, privacy);
  requireEnoughBudget(plan, facts);
  onProgress?.({
    kind: "notice",
    code: "N_PRIVACY_PLAN",
    message: `epsilon ${privacy.epsilon} at delta ${privacy.delta} is going to be spent on ${plan.parts.length} parts`,
    spending: plan.parts,
  });
  return plan;
}

function requireLearned(facts: PublicFacts): void {
  const { target } = facts;
  const learned = learnedColumns(facts);
  if (learned.length === 0) throw nothingToLearn();
  if (target === undefined || learned.includes(target)) return;
  throw usageError("E_PRIVACY_TARGET", `the target "${target}" is not a column that is learned`, {
    where: "target",
    hint: "name a column that the schema neither drops nor calls an identifier or a constant (without a schema: that is not named like a key)",
  });
}

function nothingToLearn(): SynthError {
  return dataError("E_DATA_NOTHING_TO_LEARN", "every column is constant, an identifier or left out", {
    hint: "give a schema in which a column is a category, a number, a boolean or a date",
  });
}

/** Throws where what was found leaves nothing to learn, or not the target: it has then been paid for. */
function requireFields(
  { fields }: PaidRows,
  found: TableSchema,
  { privacy, target }: PrivateRequest,
  ledger: PrivacyLedger,
): void {
  if (fields.length === 0) throw nothingToLearn();
  if (target === undefined || fields.some(({ name }) => name === target)) return;
  const reason = found.columns.find(({ name }) => name === target)?.reason;
  const spent = `${(Math.ceil(100 * ledger.spent()) / 100).toFixed(2)} of epsilon ${privacy.epsilon}`;
  const message = `the target "${target}" is not learned (${reason}); finding this out has spent ${spent}, and nothing else was released`;
  throw usageError("E_PRIVACY_TARGET", message, {
    where: "target",
    hint: `declare "${target}" in a schema (its type, and levels or bounds), or name another target`,
  });
}

/** The schema with what one-ways tell: the number of rows, and what share of each column is missing. */
function withCounts(schema: TableSchema, { fields }: PaidRows, { rows, counts }: OneWays): TableSchema {
  const columns = schema.columns.map((column) => {
    const at = fields.findIndex(({ name }) => name === column.name);
    const field = fields[at];
    const missingLevel = field?.kind === "discrete" ? field.missingLevel : undefined;
    return missingLevel === undefined
      ? column
      : { ...column, missingShare: Math.min(1, counts[at]![missingLevel]! / rows) };
  });
  return { ...schema, rowCount: rows, columns };
}

/** The noise of the next joint counts, out of all that is left: what was planned for earlier parts and not needed is theirs. */
function sigmaOfRest(ledger: PrivacyLedger, rounds: readonly JointRound[], next: JointPart): number {
  const parts = partsOfRounds(rounds);
  const at = parts.findIndex(({ kind }) => kind === next.kind);
  return planNoise(ledger.budget, parts.slice(at), { before: ledger.entries() })[0]!;
}

/** Steps of a fit that only chooses what is measured next. */
const ROUGH_STEPS = 400;

/** Groups of the target, at most: every pair is counted once for each. */
const TARGET_GROUPS = 8;

function groupFields(paid: PaidRows, { encoding, counts }: OneWays, target: string | undefined): FieldGroups[] {
  const kinds = encoding.columns.flatMap((column) => {
    const kind: "ordered" | "named" = column.kind === "quantile-bins" ? "ordered" : "named";
    return fieldsOfColumn(column).map(() => kind);
  });
  return paid.fields.map((field, index) => {
    const missingLevel = field.kind === "discrete" ? field.missingLevel : undefined;
    const levels = { field: index, counts: counts[index]!, kind: kinds[index]!, missingLevel };
    return groupLevels(levels, field.name === target ? TARGET_GROUPS : MOST_GROUPS);
  });
}
