import type { RandomStream } from "../../core/random.js";
import type { AttackCount, AttackCounts } from "./attack-risk.js";
import type { AttackedSides, AttackTargets } from "./attack-targets.js";
import { splitColumns } from "./column-splits.js";
import { nearestRows } from "./nearest-leaving-out.js";

/**
 * The linkability attack (Giomi et al. 2023, doi:10.56553/popets-2023-0055): an attacker holds two sets of each target's columns
 * in separate tables and links them where the nearest synthetic row (k = 1; of equally near ones the lowest) is the same for
 * both. Tried on several splits of the columns. The baseline links at random: its expectation is one success in as many
 * attempts as there are synthetic rows. Empty with fewer than two columns. Throws E_INTERRUPTED.
 */
export async function attackLinkability(
  { synthetic }: AttackedSides,
  targets: AttackTargets,
  quasiIdentifiers: readonly number[],
  random: RandomStream,
  signal?: AbortSignal,
): Promise<AttackCounts[]> {
  const { sample, attributes } = synthetic;
  if (sample.rowCount === 0) return [];
  const baseline = guessLinks(sample.rowCount, targets.train.length, random.fork("guess"));
  const counts: AttackCounts[] = [];
  for (const { name, left, right } of splitColumns(sample, quasiIdentifiers, random.fork("splits"))) {
    const nearestLeft = await nearestRows(sample, targets.coded, left, signal);
    const nearestRight = await nearestRows(sample, targets.coded, right, signal);
    const linked = nearestLeft.map((row, target) => (row === nearestRight[target] ? 1 : 0));
    const held = targets.train.length;
    counts.push({
      name,
      known: left.map((column) => attributes.columns[column]!.name),
      attack: countLinks(linked.subarray(0, held)),
      control: countLinks(linked.subarray(held)),
      baseline,
      requested: targets.requested,
    });
  }
  return counts;
}

function countLinks(linked: Int32Array): AttackCount {
  return { attempts: linked.length, successes: linked.reduce((sum, link) => sum + link, 0) };
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
