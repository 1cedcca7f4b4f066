import type { RandomStream } from "../../core/random.js";
import type { AttackCount, AttackCounts } from "./attack-risk.js";
import { type CodedTable, takeCodedColumns, takeCodedRows } from "./coded-table.js";
import { nearestNeighbors } from "./nearest-neighbors.js";
import { sampleRows } from "./sample-rows.js";

/**
 * The linkability attack (Giomi et al. 2023, doi:10.56553/popets-2023-0055): an attacker holds two halves of each
 * target's columns in separate tables and links them where the nearest synthetic row (k = 1) of both halves is the same.
 * Columns are dealt to the halves in turn, those with the most distinct values first. The baseline links at random: its
 * expectation is one success in as many attempts as there are synthetic rows. Undefined with fewer than two columns.
 */
export async function attackLinkability(
  train: CodedTable,
  synthetic: CodedTable,
  holdout: CodedTable,
  attacks: number,
  random: RandomStream,
  signal?: AbortSignal,
): Promise<AttackCounts | undefined> {
  if (train.width < 2 || synthetic.rowCount === 0) return undefined;
  const halves = splitColumns(synthetic);
  const link = async (targets: CodedTable, label: string): Promise<AttackCount> => {
    const chosen = takeCodedRows(targets, sampleRows(targets.rowCount, attacks, random.fork(label)));
    const nearest: Int32Array[] = [];
    for (const half of halves) {
      const reference = takeCodedColumns(synthetic, half);
      nearest.push((await nearestNeighbors(reference, takeCodedColumns(chosen, half), 1, signal)).rows);
    }
    const [left, right] = nearest as [Int32Array, Int32Array];
    return { attempts: chosen.rowCount, successes: left.filter((row, target) => row === right[target]).length };
  };
  const attack = await link(train, "train");
  return {
    name: "two halves of the columns",
    attack,
    control: await link(holdout, "holdout"),
    baseline: guessLinks(synthetic.rowCount, attack.attempts, random.fork("guess")),
    requested: attacks,
  };
}

/** Columns dealt in turn to two halves, by falling number of distinct values. */
function splitColumns(table: CodedTable): [number[], number[]] {
  const distinct = Array.from({ length: table.width }, (_, column) => {
    const seen = new Set<number>();
    for (let row = 0; row < table.rowCount; row++) seen.add(table.values[row * table.width + column]!);
    return seen.size;
  });
  const order = distinct.map((_, column) => column).sort((a, b) => distinct[b]! - distinct[a]! || a - b);
  return [order.filter((_, at) => at % 2 === 0), order.filter((_, at) => at % 2 === 1)];
}

function guessLinks(syntheticRows: number, attempts: number, random: RandomStream): AttackCount {
  let successes = 0;
  for (let i = 0; i < attempts; i++) {
    const left = random.integer(syntheticRows);
    const right = random.integer(syntheticRows);
    if (left === right) successes++;
  }
  return { attempts, successes };
}
