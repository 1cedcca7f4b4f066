import type { SynthModel } from "../artifact/model.js";
import { dataError, type SynthError, throwIfAborted, usageError } from "../core/errors.js";
import { makeRandom } from "../core/random.js";
import type { CopyFilter } from "../evaluate/privacy/copy-filter/copy-filter.js";
import type { FilterLeak } from "../evaluate/privacy/copy-filter/filter-leak.js";
import { requirePlaces, requireSmallLeak } from "../evaluate/privacy/copy-filter/require-small-leak.js";
import { joinRows } from "../table/join-rows.js";
import { type Table, takeRows } from "../table/table.js";
import { openCopyFilter, requireDistance } from "./open-copy-filter.js";
import { DEFAULT_SEED, type RunOptions } from "./run-options.js";
import { type SampleChunksOptions, sampleChunks } from "./sample-chunks.js";

export interface WithoutCopiesOptions extends RunOptions, Pick<SampleChunksOptions, "rounds" | "truncation"> {
  /** Rows to deliver; default: as many as the model was fitted on. */
  readonly rows?: number | undefined;
  /** The rows that the model was fitted on. */
  readonly train: Table;
  /** Real rows that it was not fitted on: what the filter leaks is measured with them. */
  readonly holdout: Table;
  /** Gower's distance to a training row, in 0..1, up to which a row is dropped; default 0: equal rows. */
  readonly minDistance?: number | undefined;
}

/** Rows without copies of single training rows. */
export interface WithoutCopies {
  readonly table: Table;
  /** Rows that were dropped and replaced. */
  readonly dropped: number;
  readonly leak: FilterLeak;
}

/** Rows that are tried for each that is wanted, and some more for small samples. */
const [TRIED, TRIED_BESIDE] = [3, 1024];

/**
 * Draws rows from a model and drops those that one to four training rows are equal to, or within `minDistance` of; as many
 * further ones take their place. Refuses where that would tell who was in training. Same model, tables and seed, same rows.
 * Whoever has the model and the seed can draw what was dropped: hand out the rows without the model. Throws E_FILTER_LEAKS,
 * E_FILTER_TOO_FEW_ROWS, E_FILTER_STUCK, E_FILTER_COLUMNS, E_USAGE_NUMBER, E_PRIVACY_UNPAID, E_DATA_COLUMNS, and what sampleChunks throws.
 */
export async function sampleWithoutCopies(model: SynthModel, options: WithoutCopiesOptions): Promise<WithoutCopies> {
  const { minDistance = 0, rows = model.schema.rowCount, onProgress, signal } = options;
  requireDistance(minDistance);
  if (model.privacy !== undefined) throw promised();
  const batches = drawBatches(model, options, rows);
  const random = makeRandom(options.seed ?? DEFAULT_SEED).fork("filter");
  let filter: CopyFilter | undefined;
  let [kept, dropped] = [0, 0];
  const parts: Table[] = [];
  try {
    for (let wanted = rows; filter === undefined || kept < rows; wanted = Math.ceil(1.2 * (rows - kept)) + 64) {
      const { value: drawn } = await batches.next(wanted);
      if (drawn === undefined) throw stuck(kept, dropped);
      if (filter === undefined) {
        filter = openCopyFilter(model.schema, drawn, options, minDistance);
        requirePlaces(await filter.countPlaces(signal));
      }
      if (parts.length === 0 && (await filter.copiesMoreThanChance(drawn, random.fork("chance"), signal))) {
        onProgress?.({ kind: "notice", code: "N_FILTER_COPIES", message: COPIES });
      }
      const good = (await filter.keep(drawn, signal)).subarray(0, rows - kept);
      dropped += droppedAmong(good, drawn, kept + good.length === rows);
      parts.push(takeRows(drawn, good));
      kept += good.length;
      onProgress?.({ kind: "progress", stage: "sample", done: kept, total: rows, unit: "rows" });
    }
  } finally {
    // The threads that draw wait for more to be asked for: without this a refusal would leave the process open.
    await batches.return(undefined);
  }
  const table = joinRows(parts);
  const leak = await filter.measureLeak(table, random.fork("leak"), signal);
  requireSmallLeak(leak);
  return { table, dropped, leak };
}

function promised(): SynthError {
  const message =
    "the model promises differential privacy; where a row was dropped for being near a training row, that tells of the row, and was not paid for";
  return usageError("E_PRIVACY_UNPAID", message, {
    where: "minDistance",
    hint: "leave out --no-copies and --min-distance: the promise bounds what a copy tells",
  });
}

const COPIES =
  "the model draws rows near training rows more often than near held-out rows: dropping them leaves what is a little less near; audit the rows before they are shared";

/** Tables of as many rows as each call asks for, in the order of one sample, so that identifiers stay unique. */
async function* drawBatches(
  model: SynthModel,
  options: WithoutCopiesOptions,
  rows: number,
): AsyncGenerator<Table, undefined, number> {
  const { train, holdout, minDistance, onProgress, ...run } = options;
  const silent =
    onProgress && ((event: Parameters<typeof onProgress>[0]) => event.kind !== "progress" && onProgress(event));
  let wanted = rows;
  let waiting: Table[] = [];
  let count = 0;
  for await (const table of sampleChunks(model, { ...run, rows: TRIED * rows + TRIED_BESIDE, onProgress: silent })) {
    throwIfAborted(options.signal);
    waiting.push(table);
    count += table.rowCount;
    while (count >= wanted) {
      const all = joinRows(waiting);
      waiting = [takeRows(all, range(wanted, count))];
      count -= wanted;
      wanted = yield takeRows(all, range(0, wanted));
    }
  }
  return undefined;
}

/** Rows that were looked at and not kept: of the last table those behind the last kept row were not needed. */
function droppedAmong(good: Uint32Array, drawn: Table, isLast: boolean): number {
  const looked = isLast ? (good.at(-1) ?? -1) + 1 : drawn.rowCount;
  return looked - good.length;
}

function stuck(kept: number, dropped: number) {
  return dataError(
    "E_FILTER_STUCK",
    `${dropped} of ${kept + dropped} rows that were drawn are near single training rows`,
    {
      where: "--no-copies",
      hint: "the model repeats its training rows, or the distance is too large: fit it on more rows, or use a smaller distance",
    },
  );
}

function range(from: number, to: number): Uint32Array {
  return Uint32Array.from({ length: to - from }, (_, at) => from + at);
}
