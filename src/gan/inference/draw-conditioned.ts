import { dataError } from "../../core/errors.js";
import type { RandomStream } from "../../core/random.js";
import { countAtMost } from "../../stats/sorted-search.js";
import { allowedBias } from "./allowed-levels.js";
import { BATCH_ROWS, type CompletionEngine } from "./completion-engine.js";
import { type ConditionTable, conditionedFields, evaluateKnown } from "./condition-table.js";
import { drawFromShares } from "./draw-levels.js";
import type { FoldedNetwork } from "./folded-network.js";

/** Attempts at a row before its conditions are called too rare. */
const MAX_ATTEMPTS = 2000;

/**
 * Draws the conditioned fields of `rows` rows from their joint distribution under the conditions, exactly: a combination of
 * the table; then the fields beyond it, each within what is allowed, where the row is kept with the probability that the
 * field's own distribution has there, and else begun anew.
 *
 * @returns levels of the concatenation, [rows] a field, in the order of the table's fields and then the rest
 * Throws E_SAMPLE_CONDITION_RARE.
 */
export async function drawConditioned(
  engine: CompletionEngine,
  network: FoldedNetwork,
  table: ConditionTable,
  rows: number,
  random: RandomStream,
): Promise<Int32Array[]> {
  const drawn = Array.from({ length: table.fields.length + table.rest.length }, () => new Int32Array(rows));
  let pending: Uint32Array = Uint32Array.from({ length: rows }, (_, row) => row);
  for (let attempt = 0; pending.length > 0; attempt++) {
    if (attempt === MAX_ATTEMPTS) throw tooRare();
    const stream = random.fork(attempt);
    drawCombinations(table, drawn, pending, uniforms(stream.fork("table"), rows));
    let alive = pending;
    for (let at = 0; at < table.rest.length && alive.length > 0; at++) {
      alive = await drawRest(engine, network, { table, at, drawn, rows: alive, random: stream.fork(at) });
    }
    const kept = new Set(alive);
    pending = pending.filter((row) => !kept.has(row));
  }
  return drawn;
}

function drawCombinations(
  { fields, levels, cumulative }: ConditionTable,
  drawn: readonly Int32Array[],
  rows: Uint32Array,
  u: Float32Array,
): void {
  const total = cumulative[cumulative.length - 1]!;
  for (const row of rows) {
    const combination = Math.min(cumulative.length - 1, countAtMost(cumulative, u[row]! * total));
    for (let at = 0; at < fields.length; at++) drawn[at]![row] = levels[combination * fields.length + at]!;
  }
}

interface RestDraw {
  readonly table: ConditionTable;
  /** Which of the fields beyond the table. */
  readonly at: number;
  readonly drawn: readonly Int32Array[];
  readonly rows: Uint32Array;
  readonly random: RandomStream;
}

/** Draws one field beyond the table for some rows; returns those that are kept. */
async function drawRest(
  engine: CompletionEngine,
  network: FoldedNetwork,
  { table, at, drawn, rows, random }: RestDraw,
): Promise<Uint32Array> {
  const { field, weights, given } = table.rest[at]!;
  const known = drawn.slice(0, table.fields.length + at);
  const own = drawn[known.length]!;
  const keep = uniforms(random.fork("keep"), own.length);
  const u = uniforms(random.fork("level"), own.length);
  const bias = allowedBias(network, field, undefined);
  const kept: number[] = [];
  const givenLevels = given === undefined ? undefined : drawn[conditionedFields(table).indexOf(given)]!;
  for (let from = 0; from < rows.length; from += BATCH_ROWS) {
    const batch = rows.subarray(from, from + BATCH_ROWS);
    const levels = Int32Array.from({ length: batch.length * known.length }, (_, index) => {
      return known[index % known.length]![batch[Math.floor(index / known.length)]!]!;
    });
    await evaluateKnown(engine, network, levels, batch.length);
    const shares = (await engine.shares([field], [bias]))[0]!;
    for (const [index, row] of batch.entries()) {
      const start = index * bias.length;
      const allowed = weights[givenLevels === undefined ? 0 : givenLevels[row]! - network.starts[given!]!];
      let mass = 0;
      for (let level = 0; level < bias.length; level++) {
        if (allowed !== undefined) shares[start + level]! *= allowed[level] ?? 0;
        mass += shares[start + level]!;
      }
      if (!(keep[row]! < mass)) continue; // unconditioned, it would have landed elsewhere
      own[row] = network.starts[field]! + drawFromShares(shares, start, bias.length, u[row]! * mass);
      kept.push(row);
    }
  }
  return Uint32Array.from(kept);
}

function uniforms(random: RandomStream, count: number): Float32Array {
  const values = new Float32Array(count);
  random.fillUniform(values);
  return values;
}

function tooRare() {
  return dataError("E_SAMPLE_CONDITION_RARE", "rows that meet the conditions are too rare to be drawn", {
    hint: "allow more in some column, or put conditions on fewer columns",
  });
}
