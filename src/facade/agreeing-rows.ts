import type { SynthModel } from "../artifact/model.js";
import { ownedColumns } from "../constraints/transform.js";
import type { OnProgress } from "../core/progress.js";
import { type Column, isMissing } from "../table/column.js";
import { joinRows } from "../table/join-rows.js";
import { findColumn, type Table, takeRows } from "../table/table.js";

/** Candidates for each row that does not agree at once, pass after pass; and in all. */
const CANDIDATES = [32, 256];
const MAX_DRAWN = 300_000;

/**
 * Completed rows in which the columns that constraints make agree with what is given, so that given cells can take their place and
 * the constraints still hold: rows that do not agree are drawn again. Tells by N_GIVEN_CONSTRAINTS how many never did.
 *
 * @param draw completes the rows of a table; passes are numbered from 0
 */
export async function drawAgreeing(
  model: SynthModel,
  given: Table,
  draw: (rows: Table, pass: number) => Promise<Table>,
  onProgress: OnProgress | undefined,
): Promise<Table> {
  const names = (model.constraints?.transforms ?? []).flatMap((one) =>
    one.kind === "nulled" ? [one.column] : ownedColumns(one),
  );
  let drawn = await draw(given, 0);
  let open = disagreeing(given, drawn, names);
  for (const [pass, most] of CANDIDATES.entries()) {
    if (open.length === 0) break;
    const count = Math.max(1, Math.min(most, Math.floor(MAX_DRAWN / open.length)));
    const rows = takeRows(
      given,
      open.flatMap((row) => Array<number>(count).fill(row)),
    );
    const candidates = await draw(rows, pass + 1);
    const failed = new Set(disagreeing(rows, candidates, names));
    const places = Uint32Array.from({ length: drawn.rowCount }, (_, row) => row);
    const left: number[] = [];
    for (const [at, row] of open.entries()) {
      const found = Array.from({ length: count }, (_, turn) => at * count + turn).find((turn) => !failed.has(turn));
      if (found === undefined) left.push(row);
      else places[row] = drawn.rowCount + found;
    }
    drawn = takeRows(joinRows([drawn, candidates]), places);
    open = left;
  }
  if (open.length > 0) onProgress?.(notAgreeing(open.length));
  return drawn;
}

/** The rows in which a given cell of the columns is not what was drawn. */
function disagreeing(given: Table, drawn: Table, names: readonly string[]): number[] {
  const pairs = names.flatMap((name) => {
    const [own, other] = [findColumn(given, name), findColumn(drawn, name)];
    return own === undefined || other === undefined ? [] : [[own, other] as const];
  });
  return Array.from({ length: given.rowCount }, (_, row) => row).filter((row) =>
    pairs.some(([own, other]) => !isMissing(own, row) && valueAt(own, row) !== valueAt(other, row)),
  );
}

function valueAt(column: Column, row: number): number | string | undefined {
  return "values" in column ? column.values[row] : column.dictionary[column.codes[row]!];
}

function notAgreeing(rows: number) {
  const what = rows === 1 ? "1 row keeps" : `${rows} rows keep`;
  const message = `${what} what was given, but not all constraints: nothing was found that goes with it`;
  return { kind: "notice" as const, code: "N_GIVEN_CONSTRAINTS", message };
}
