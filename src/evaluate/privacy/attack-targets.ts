import type { RandomStream } from "../../core/random.js";
import { type CodedTable, takeCodedRows } from "./coded-table.js";
import type { AuditSide } from "./prepare-audit.js";
import { sampleRows } from "./sample-rows.js";

/** The tables that attacks on records work on. */
export interface AttackedSides {
  readonly train: AuditSide;
  readonly synthetic: AuditSide;
  readonly holdout: AuditSide;
}

/** The records under attack, equally many of both sides: the same ones for every variant of an attack. */
export interface AttackTargets {
  /** Rows of the training sample. */
  readonly train: Uint32Array;
  /** Rows of the held-out sample. */
  readonly holdout: Uint32Array;
  /** [train.length + holdout.length, width] Training targets, then held-out ones. */
  readonly coded: CodedTable;
  /** Attacks asked for; there are fewer targets where there are fewer rows. */
  readonly requested: number;
}

/**
 * Draws up to `attacks` records of each side. A record that stands in both tables is attacked as what it was drawn as: leaving
 * it out would leave the rarer, more exposed records on both sides and change whose risk is meant.
 */
export function drawTargets(
  { train, holdout }: Pick<AttackedSides, "train" | "holdout">,
  attacks: number,
  random: RandomStream,
): AttackTargets {
  const count = Math.min(attacks, train.sample.rowCount, holdout.sample.rowCount);
  const trainRows = sampleRows(train.sample.rowCount, count, random.fork("train"));
  const holdoutRows = sampleRows(holdout.sample.rowCount, count, random.fork("holdout"));
  const { width } = train.sample;
  const values = new Float64Array(2 * count * width);
  values.set(takeCodedRows(train.sample, trainRows).values);
  values.set(takeCodedRows(holdout.sample, holdoutRows).values, count * width);
  const coded = { rowCount: 2 * count, width, values };
  return { train: trainRows, holdout: holdoutRows, coded, requested: attacks };
}
