import { dataError } from "../../../core/errors.js";
import type { RandomStream } from "../../../core/random.js";
import { type Column, takeColumn } from "../../../table/column.js";
import { joinRows } from "../../../table/join-rows.js";
import { makeTable, type Table, takeRows } from "../../../table/table.js";
import { codeTable } from "../coded-table.js";
import { fitGowerSpace } from "../gower-space.js";
import { makeRowIndex } from "../identical-matches.js";

export interface CanaryPlan {
  /** Groups of columns whose cells come from one row together (rules tie them); the groups are independent of each other. */
  readonly blocks: readonly (readonly string[])[];
  /** Categories that fewer rows have are not drawn: a model does not learn them. */
  readonly minCategoryCount: number;
  /** Fewer records are no use. */
  readonly least: number;
  readonly most: number;
}

/** Draws until there are enough, at most so many times over. */
const MAX_ROUNDS = 50;

/**
 * Made-up records: each cell is drawn from its column, each group of columns from a row of its own, so that the values are real
 * and the combination is nobody's. No two are equal, none equals a row of the table; as many as wanted, or as can be found. Throws E_CANARY_COLUMNS where there are not
 * two groups, and E_CANARY_COMBINATIONS where the table has so few combinations of values that none is left to make up.
 */
export function drawCanaries(table: Table, plan: CanaryPlan, random: RandomStream): Table {
  if (plan.blocks.length < 2) throw tooFewColumns();
  const columns = table.columns.map(({ name }) => name);
  const pools = plan.blocks.map((block) => drawableRows(table, block, plan.minCategoryCount));
  if (pools.some((pool) => pool.length === 0)) throw tooFewCombinations(plan.least);
  let drawn: Table | undefined;
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const more = drawRecords(table, plan.blocks, pools, plan.most, random);
    const all = drawn === undefined ? more : joinRows([drawn, more]);
    drawn = takeRows(all, newRows(table, all, columns).slice(0, plan.most));
    if (drawn.rowCount === plan.most) return drawn;
  }
  if (drawn === undefined || drawn.rowCount < plan.least) throw tooFewCombinations(plan.least);
  return drawn;
}

function drawRecords(
  table: Table,
  blocks: CanaryPlan["blocks"],
  pools: readonly Uint32Array[],
  count: number,
  random: RandomStream,
): Table {
  const sources = new Map<string, Uint32Array>();
  for (const [at, block] of blocks.entries()) {
    const pool = pools[at]!;
    const rows = Uint32Array.from({ length: count }, () => pool[random.integer(pool.length)]!);
    for (const name of block) sources.set(name, rows);
  }
  return makeTable(table.columns.map((column) => takeColumn(column, sources.get(column.name)!)));
}

/** Rows none of whose categories in these columns is rare. */
function drawableRows(table: Table, block: readonly string[], minCategoryCount: number): Uint32Array {
  const rare = table.columns
    .filter(({ name }) => block.includes(name))
    .map((column) => rareRows(column, minCategoryCount));
  return Uint32Array.from({ length: table.rowCount }, (_, row) => row).filter((row) => !rare.some((is) => is(row)));
}

function rareRows(column: Column, minCategoryCount: number): (row: number) => boolean {
  if (!("codes" in column)) return () => false;
  const counts = new Uint32Array(column.dictionary.length);
  for (const code of column.codes) if (code >= 0) counts[code]!++;
  return (row) => column.codes[row]! >= 0 && counts[column.codes[row]!]! < minCategoryCount;
}

/** Rows of `drawn` that equal no row of the table and none before them. */
function newRows(table: Table, drawn: Table, columns: readonly string[]): number[] {
  const space = fitGowerSpace({ train: table, synthetic: drawn }, columns);
  const coded = codeTable(space, drawn);
  const real = makeRowIndex(codeTable(space, table));
  const before = makeRowIndex(coded);
  const rows = Array.from({ length: drawn.rowCount }, (_, row) => row);
  return rows.filter((row) => real.find(coded, row) < 0 && before.find(coded, row) === row);
}

function tooFewColumns() {
  return dataError("E_CANARY_COLUMNS", "there are not two columns that could be combined anew", {
    hint: "canaries are new combinations of real values; rules that tie all columns together leave none (--no-find-constraints)",
  });
}

function tooFewCombinations(count: number) {
  return dataError("E_CANARY_COMBINATIONS", `the table leaves no ${count} combinations of its values that no row has`, {
    hint: "ask for fewer with --canaries; a table in which every combination occurs has no record that could be memorised",
  });
}
