import type { RandomStream } from "../../core/random.js";
import type { AttackCount, AttackCounts } from "./attack-risk.js";
import type { AttributeColumn } from "./attribute-table.js";
import { type CodedTable, takeCodedColumns, takeCodedRows } from "./coded-table.js";
import { nearestNeighbors } from "./nearest-neighbors.js";
import { sampleRows } from "./sample-rows.js";
import type { AttackTables } from "./singling-out.js";

/** A guessed number is right within this share of the secret's magnitude. */
const NUMBER_TOLERANCE = 0.05;
/** A guessed date is right within this share of the real range: dates have no zero to be relative to. */
const DATE_TOLERANCE = 0.01;

/** The coded tables, rows as in the attribute tables. */
export interface CodedTables {
  readonly train: CodedTable;
  readonly synthetic: CodedTable;
  readonly holdout: CodedTable;
}

/**
 * The inference attack (Giomi et al. 2023, doi:10.56553/popets-2023-0055) on one secret column: the attacker knows all other
 * columns of a target and guesses what its nearest synthetic row holds. Right: the same category, a number within 5 % of the
 * secret's magnitude, a date within 1 % of the range, missing for missing. Baseline: the secret of a random synthetic row.
 * Undefined with fewer than two columns.
 */
export async function attackInference(
  coded: CodedTables,
  attributes: AttackTables,
  secret: number,
  attacks: number,
  random: RandomStream,
  signal?: AbortSignal,
): Promise<AttackCounts | undefined> {
  if (coded.train.width < 2 || coded.synthetic.rowCount === 0) return undefined;
  const known = Array.from({ length: coded.train.width }, (_, column) => column).filter((column) => column !== secret);
  const reference = takeCodedColumns(coded.synthetic, known);
  const guesses = attributes.synthetic.columns[secret]!;
  const infer = async (side: "train" | "holdout"): Promise<AttackCount> => {
    const rows = sampleRows(coded[side].rowCount, attacks, random.fork(side));
    const targets = takeCodedColumns(takeCodedRows(coded[side], rows), known);
    const nearest = await nearestNeighbors(reference, targets, 1, signal);
    return countRight(attributes[side].columns[secret]!, rows, guesses, nearest.rows);
  };
  const attack = await infer("train");
  const targets = sampleRows(coded.train.rowCount, attacks, random.fork("train"));
  const guessing = random.fork("guess");
  const atRandom = Int32Array.from(targets, () => guessing.integer(coded.synthetic.rowCount));
  return {
    name: guesses.name,
    attack,
    control: await infer("holdout"),
    baseline: countRight(attributes.train.columns[secret]!, targets, guesses, atRandom),
    requested: attacks,
  };
}

/** True where the guess counts as the secret. */
export function isRightGuess(guess: number, secret: number, column: Pick<AttributeColumn, "kind" | "range">): boolean {
  if (guess === secret) return true;
  if (!Number.isFinite(guess) || !Number.isFinite(secret) || column.kind === "category") return false;
  const tolerance = column.kind === "date" ? DATE_TOLERANCE * column.range : NUMBER_TOLERANCE * Math.abs(secret);
  return Math.abs(guess - secret) <= tolerance;
}

function countRight(
  secrets: AttributeColumn,
  targets: Uint32Array,
  guesses: AttributeColumn,
  guessedBy: Int32Array,
): AttackCount {
  let successes = 0;
  for (let i = 0; i < targets.length; i++) {
    if (isRightGuess(guesses.values[guessedBy[i]!]!, secrets.values[targets[i]!]!, secrets)) successes++;
  }
  return { attempts: targets.length, successes };
}
