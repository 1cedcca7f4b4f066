import type { OnProgress } from "../../core/progress.js";
import type { RandomStream } from "../../core/random.js";
import type { Figure, Report } from "../report-schema.js";
import { evaluateDisclosure } from "./disclosure/evaluate-disclosure.js";
import { evaluateOutliers } from "./disclosure/evaluate-outliers.js";
import { chooseQuasiIdentifiers } from "./disclosure/quasi-identifiers.js";
import { evaluateAttacks } from "./evaluate-attacks.js";
import { evaluateDistances } from "./evaluate-distances.js";
import { evaluateMembership } from "./evaluate-membership.js";
import type { AuditTables } from "./gower-space.js";
import { isOverlapping, overlapNotice } from "./holdout-overlap.js";
import { prepareAudit } from "./prepare-audit.js";
import { PRIVACY_LIMITS, type PrivacyLimits } from "./privacy-limits.js";
import { codeShadows, type ShadowTable } from "./shadow-attack.js";

/** What a privacy audit compares. */
export interface PrivacyOptions extends AuditTables {
  /** Names of the columns to compare; leave out identifiers, free text and constants. */
  readonly columns: readonly string[];
  readonly random: RandomStream;
  /** Columns that an outsider may know of a person; default: those whose names say so. */
  readonly quasiIdentifiers?: readonly string[] | undefined;
  /** Tables of models that were trained as the audited one was, on known parts of the real rows. */
  readonly shadows?: readonly ShadowTable[] | undefined;
  readonly limits?: Partial<PrivacyLimits>;
  readonly onProgress?: OnProgress;
  readonly signal?: AbortSignal;
}

/** Steps of an audit, as progress counts them. */
const CHECKS = 5;

/**
 * Audits a synthetic table against the training rows and held-out rows: nearest records, identical matches, membership
 * inference, the three attacks of the Art. 29 Working Party, outliers and disclosure measures. What needs held-out rows is
 * unavailable without them. Same tables and stream, same figures. Throws E_PRIVACY_COLUMN, E_EVALUATE_QUASI_IDENTIFIER,
 * E_INTERRUPTED.
 */
export async function evaluatePrivacy(options: PrivacyOptions): Promise<Report["privacy"]> {
  const { onProgress, signal } = options;
  const limits = { ...PRIVACY_LIMITS, ...options.limits };
  const reason = whyNothingCompares(options);
  if (reason !== undefined) return nothingCompared(reason);
  let done = 0;
  const step = async <T>(message: string, work: Promise<T>): Promise<T> => {
    onProgress?.({ kind: "progress", stage: "privacy", done: done++, total: CHECKS, unit: "checks", quality: message });
    return work;
  };
  onProgress?.({
    kind: "stage",
    stage: "privacy",
    message: "comparing synthetic rows with training and held-out rows",
  });
  const audit = prepareAudit(options, options.columns, limits, options.random.fork("samples"));
  const distances = await step("nearest records", evaluateDistances(audit, signal));
  const overlap = distances.holdoutOverlap;
  if (overlap !== undefined && isOverlapping(overlap)) onProgress?.(overlapNotice(overlap));
  const membership = await step(
    "membership inference",
    evaluateMembership(audit, {
      rowLimit: limits.members,
      shadows: codeShadows(options),
      random: options.random.fork("membership"),
      signal,
    }),
  );
  const { columns } = options;
  const quasiIdentifiers = chooseQuasiIdentifiers(options.quasiIdentifiers, columns);
  const known = quasiIdentifiers?.columns ?? [];
  const attacked = { attacks: limits.attacks, quasiIdentifiers: known, random: options.random.fork("attacks"), signal };
  const attacks = await step("attacks", evaluateAttacks(audit, attacked));
  const outliers = await step("outliers", evaluateOutliers(audit, signal));
  const disclosure = await step(
    "disclosure",
    evaluateDisclosure(options, { columns, quasiIdentifiers }, options.random.fork("disclosure"), signal),
  );
  onProgress?.({ kind: "progress", stage: "privacy", done: CHECKS, total: CHECKS, unit: "checks" });
  const method = { ...distances.method, attacks: limits.attacks, ...outliers.method, ...disclosure.method };
  return { ...distances, membership, ...attacks, ...outliers, ...disclosure, method };
}

function whyNothingCompares({ columns, train, synthetic }: PrivacyOptions): string | undefined {
  if (columns.length === 0) return "there is no column to compare";
  if (train.rowCount === 0) return "the training table has no rows";
  return synthetic.rowCount === 0 ? "the synthetic table has no rows" : undefined;
}

function nothingCompared(reason: string): Report["privacy"] {
  const figure: Figure = { status: "unavailable", reason };
  const attack = { risk: figure };
  return {
    dcr: { median: figure, fifthPercentile: figure },
    dcrShare: figure,
    nndr: figure,
    identicalMatchShare: figure,
    membership: attack,
    singlingOut: attack,
    linkability: attack,
    inference: attack,
  };
}
