import type { RandomStream } from "../../core/random.js";
import type { Table } from "../../table/table.js";
import { type AttributeTable, readAttributes } from "./attribute-table.js";
import { type CodedTable, codeTable, takeCodedRows } from "./coded-table.js";
import { type AuditTables, fitGowerSpace } from "./gower-space.js";
import type { PrivacyLimits } from "./privacy-limits.js";
import { sampleRows } from "./sample-rows.js";

/** One table of an audit: all rows coded, and a sample both coded and as attributes. */
export interface AuditSide {
  readonly all: CodedTable;
  /** Training and held-out samples are equally large. */
  readonly sample: CodedTable;
  /** The sample's rows as attacks compare them. */
  readonly attributes: AttributeTable;
}

/** The three tables of an audit in one coding. */
export interface Audit {
  readonly train: AuditSide;
  /** The sample is what an attacker searches. */
  readonly synthetic: AuditSide;
  readonly holdout: AuditSide | undefined;
  /** Synthetic rows whose nearest records are searched. */
  readonly queries: CodedTable;
  /** Synthetic rows as many as a real sample has, at most: predicates are as rare there as in it. */
  readonly predicateSource: AttributeTable;
}

/** Codes the tables and draws the samples of an audit; an empty held-out table is none. Throws E_PRIVACY_COLUMN. */
export function prepareAudit(
  tables: AuditTables,
  columns: readonly string[],
  limits: PrivacyLimits,
  random: RandomStream,
): Audit {
  const { train, synthetic } = tables;
  const holdout = tables.holdout?.rowCount === 0 ? undefined : tables.holdout;
  const space = fitGowerSpace(tables, columns);
  const references = Math.min(train.rowCount, holdout?.rowCount ?? train.rowCount, limits.references);
  const makeSide = (table: Table, count: number, label: string): AuditSide => {
    const all = codeTable(space, table);
    const rows = sampleRows(table.rowCount, count, random.fork(label));
    return { all, sample: takeCodedRows(all, rows), attributes: readAttributes(space, table, rows) };
  };
  const syntheticSide = makeSide(synthetic, limits.syntheticRows, "synthetic");
  const queried = sampleRows(synthetic.rowCount, limits.queries, random.fork("queries"));
  const predicateRows = sampleRows(synthetic.rowCount, references, random.fork("predicates"));
  return {
    train: makeSide(train, references, "train"),
    synthetic: syntheticSide,
    holdout: holdout === undefined ? undefined : makeSide(holdout, references, "holdout"),
    queries: takeCodedRows(syntheticSide.all, queried),
    predicateSource: readAttributes(space, synthetic, predicateRows),
  };
}
