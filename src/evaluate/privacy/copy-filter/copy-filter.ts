import type { RandomStream } from "../../../core/random.js";
import type { Table } from "../../../table/table.js";
import { codeTable, takeCodedRows } from "../coded-table.js";
import { fitGowerSpace } from "../gower-space.js";
import { sampleRows } from "../sample-rows.js";
import { type FilterLeak, loneRows, measureFilterLeak } from "./filter-leak.js";
import { CROWD, countNear } from "./rows-near.js";

/** What the filter compares with; the tables have the columns in the same kinds as the rows that are filtered. */
export interface CopyFilterTables {
  readonly train: Table;
  readonly holdout: Table;
  /** Names of the columns that are compared. */
  readonly columns: readonly string[];
  /** Gower's distance up to which a row is too near; 0: only equal rows. */
  readonly distance: number;
}

/** Drops rows that copy single training rows, and says what that tells. */
export interface CopyFilter {
  /** How many held-out rows there are, and how many of them have no training row near: places that the filter could empty. */
  countPlaces(signal?: AbortSignal): Promise<FilterPlaces>;
  /** Rows of `drawn` that may be released, ascending: all but those that have one to four training rows near them. */
  keep(drawn: Table, signal?: AbortSignal): Promise<Uint32Array>;
  /** What the emptied places tell whoever sees the released rows. */
  measureLeak(released: Table, random: RandomStream, signal?: AbortSignal): Promise<FilterLeak>;
  /** Whether `drawn` is near training rows more often than near as many held-out rows, by more than chance: the model copies. */
  copiesMoreThanChance(drawn: Table, random: RandomStream, signal?: AbortSignal): Promise<boolean>;
}

export interface FilterPlaces {
  readonly heldOut: number;
  readonly lone: number;
}

/** Standard errors beyond which an excess of copies is no chance (99.5 %), as in the audit. */
const SURE = 2.8;

/**
 * The filter: a row is dropped where one, two, three or four training rows are within the distance of it. A crowd of five and
 * more is no single person's, and stays. It draws nothing and knows no model.
 */
export function makeCopyFilter({ train, holdout, columns, distance }: CopyFilterTables): CopyFilter {
  const code = (rows: Table) => {
    const space = fitGowerSpace({ train, synthetic: rows, holdout }, columns);
    return { rows: codeTable(space, rows), train: codeTable(space, train), holdout: codeTable(space, holdout) };
  };
  return {
    async countPlaces(signal) {
      const real = code(train);
      return {
        heldOut: holdout.rowCount,
        lone: (await loneRows(real.train, real.holdout, distance, signal)).length,
      };
    },
    async keep(drawn, signal) {
      const coded = code(drawn);
      const near = await countNear(coded.train, coded.rows, distance, signal);
      return Uint32Array.from(near.keys()).filter((row) => near[row] === 0 || near[row]! >= CROWD);
    },
    async measureLeak(released, random, signal) {
      const { rows, ...real } = code(released);
      return measureFilterLeak({ ...real, released: rows }, distance, random, signal);
    },
    async copiesMoreThanChance(drawn, random, signal) {
      const coded = code(drawn);
      const size = Math.min(train.rowCount, holdout.rowCount);
      const sides = [coded.train, coded.holdout].map((side, at) =>
        takeCodedRows(side, sampleRows(side.rowCount, size, random.fork(at))),
      );
      const [inTrain, inHoldout] = await Promise.all(
        sides.map(
          async (side) => (await countNear(side, coded.rows, distance, signal)).filter((near) => near > 0).length,
        ),
      );
      return inTrain! - inHoldout! > SURE * Math.sqrt(inTrain! + inHoldout!);
    },
  };
}
