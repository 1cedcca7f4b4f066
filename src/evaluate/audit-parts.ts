import type { OnProgress } from "../core/progress.js";
import { makeRandom } from "../core/random.js";
import type { TableSchema } from "../schema/table-schema.js";
import type { Table } from "../table/table.js";
import { scoreDetection } from "./fidelity/detection/score-detection.js";
import { scoreFidelity } from "./fidelity/score-fidelity.js";
import { makeScoredTables } from "./make-scored-tables.js";
import { evaluatePrivacy } from "./privacy/evaluate-privacy.js";
import type { ShadowTable } from "./privacy/shadow-attack.js";
import type { Report } from "./report-schema.js";
import type { ScoredTables } from "./scored-table.js";
import { splitTrain, type TrainHalves } from "./split-train.js";
import { scoreUtility } from "./utility/score-utility.js";

/** What every part of an audit looks at: aligned tables and plain options, so that it can be sent to a thread. */
export interface AuditJob {
  readonly train: Table;
  readonly synthetic: Table;
  readonly holdout?: Table;
  readonly schema: TableSchema;
  /** Each part draws from streams of this seed. */
  readonly seed: number;
  readonly target?: string | undefined;
  readonly everyTarget?: boolean | undefined;
  readonly compat?: "sdmetrics" | undefined;
  readonly quasiIdentifiers?: readonly string[] | undefined;
  readonly attacks?: number | undefined;
  readonly shadows?: readonly ShadowTable[] | undefined;
}

/** What the parts of an audit find. */
export interface AuditResults {
  readonly fidelity: Awaited<ReturnType<typeof scoreFidelity>>;
  readonly detection: Report["fidelity"]["c2st"];
  readonly utility: Report["utility"];
  readonly privacy: Report["privacy"];
}

export type AuditPart = keyof AuditResults;

/** How to report progress and how to be stopped. */
export interface PartRun {
  readonly onProgress?: OnProgress | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** One part of an audit, which needs none of the others: the same job, the same result, in whichever thread and order. */
export async function runAuditPart<Part extends AuditPart>(
  part: Part,
  job: AuditJob,
  run: PartRun,
): Promise<AuditResults[Part]> {
  return PARTS[part](job, run);
}

type Parts = { readonly [Part in AuditPart]: (job: AuditJob, run: PartRun) => Promise<AuditResults[Part]> };

const PARTS: Parts = {
  fidelity: async (job, run) => {
    const tables = scoredTables(job);
    const halves = halvesOf(job, tables);
    return scoreFidelity(tables, { random: streamOf(job, "fidelity"), halves, compat: job.compat, ...run });
  },
  detection: async (job, run) => {
    const tables = scoredTables(job);
    return scoreDetection(tables, { random: streamOf(job, "detection"), halves: halvesOf(job, tables), ...run });
  },
  utility: async (job, run) => {
    const { target, everyTarget } = job;
    return scoreUtility(scoredTables(job), { target, everyTarget, random: streamOf(job, "utility"), ...run });
  },
  privacy: async ({ train, synthetic, holdout, quasiIdentifiers, attacks, shadows, ...job }, { onProgress, signal }) =>
    evaluatePrivacy({
      train,
      synthetic,
      ...(holdout === undefined ? {} : { holdout }),
      columns: scoredTables({ train, synthetic, ...job }).columns.map(({ name }) => name),
      random: streamOf(job, "privacy"),
      quasiIdentifiers,
      shadows,
      limits: attacks === undefined ? {} : { attacks },
      ...(onProgress === undefined ? {} : { onProgress }),
      ...(signal === undefined ? {} : { signal }),
    }),
};

function scoredTables({ train, synthetic, holdout, schema }: Omit<AuditJob, "seed">) {
  return makeScoredTables({ train, synthetic, ...(holdout === undefined ? {} : { holdout }) }, schema).tables;
}

/** Training in halves, where no row was held out: the same ones for every part. */
function halvesOf(job: AuditJob, tables: ScoredTables): TrainHalves | undefined {
  return splitTrain(tables, makeRandom(job.seed).fork("halves"));
}

function streamOf(job: Pick<AuditJob, "seed">, part: AuditPart) {
  return makeRandom(job.seed).fork(part);
}
