import type { RandomStream } from "../../core/random.js";
import type { Table } from "../../table/table.js";
import { type AttributeTable, readAttributes } from "./attribute-table.js";
import { type CodedTable, codeTable, takeCodedRows } from "./coded-table.js";
import { type AuditTables, fitGowerSpace, type GowerSpace } from "./gower-space.js";
import type { PrivacyLimits } from "./privacy-limits.js";
import { fitRankSpace, rankTable } from "./rank-space.js";
import { sampleRows } from "./sample-rows.js";

/** One table of an audit: all rows coded, and a sample both coded and as attributes. */
export interface AuditSide {
  readonly all: CodedTable;
  /** Rows of the sample in random order: training's and held-out's are equally many. */
  readonly rows: Uint32Array;
  /** In Gower's space. */
  readonly sample: CodedTable;
  /** The sample's rows as attacks compare them. */
  readonly attributes: AttributeTable;
}

/** The three tables of an audit in one coding. */
export interface Audit {
  /** The columns, in the tables' order. */
  readonly space: GowerSpace;
  readonly train: AuditSide;
  /** The sample is what an attacker searches. */
  readonly synthetic: AuditSide;
  readonly holdout: AuditSide | undefined;
  /** The nearest records of synthetic rows, in each of the two spaces. */
  readonly searches: { readonly gower: RecordSearch; readonly euclidean: RecordSearch };
  /** Rows of the synthetic table whose nearest records are searched. */
  readonly queryRows: Uint32Array;
  /** Synthetic rows as many as a real sample has, at most: predicates are as rare there as in it. */
  readonly predicateSource: AttributeTable;
}

/** What is searched for the nearest records of synthetic rows. */
export interface RecordSearch {
  readonly queries: CodedTable;
  readonly train: CodedTable;
  /** As many rows as `train`. */
  readonly holdout: CodedTable | undefined;
}

/** Codes the tables and draws the samples of an audit; an empty held-out table is none. Throws E_PRIVACY_COLUMN. */
export function prepareAudit(
  tables: AuditTables,
  columns: readonly string[],
  limits: PrivacyLimits,
  random: RandomStream,
): Audit {
  const held = tables.holdout?.rowCount === 0 ? undefined : tables.holdout;
  const space = fitGowerSpace(tables, columns);
  const references = Math.min(tables.train.rowCount, held?.rowCount ?? tables.train.rowCount, limits.references);
  const makeSide = (table: Table, count: number, label: string): AuditSide => {
    const all = codeTable(space, table);
    const rows = sampleRows(table.rowCount, count, random.fork(label));
    return { all, rows, sample: takeCodedRows(all, rows), attributes: readAttributes(space, table, rows) };
  };
  const train = makeSide(tables.train, references, "train");
  const synthetic = makeSide(tables.synthetic, limits.syntheticRows, "synthetic");
  const holdout = held === undefined ? undefined : makeSide(held, references, "holdout");
  const queryRows = sampleRows(tables.synthetic.rowCount, limits.queries, random.fork("queries"));
  const predicateRows = sampleRows(tables.synthetic.rowCount, references, random.fork("predicates"));
  const gower = {
    queries: takeCodedRows(synthetic.all, queryRows),
    train: train.sample,
    holdout: holdout?.sample,
  };
  return {
    space,
    train,
    synthetic,
    holdout,
    searches: {
      gower,
      euclidean: rankSearch(space, gower, [train.all, ...(holdout === undefined ? [] : [holdout.all])]),
    },
    queryRows,
    predicateSource: readAttributes(space, tables.synthetic, predicateRows),
  };
}

/** The same rows in the rank-scaled Euclidean space of the real rows. */
function rankSearch(space: GowerSpace, gower: RecordSearch, real: readonly CodedTable[]): RecordSearch {
  const ranks = fitRankSpace(space, real);
  return {
    queries: rankTable(ranks, gower.queries),
    train: rankTable(ranks, gower.train),
    holdout: gower.holdout === undefined ? undefined : rankTable(ranks, gower.holdout),
  };
}
