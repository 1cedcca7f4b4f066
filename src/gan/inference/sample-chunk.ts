import type { RandomStream } from "../../core/random.js";
import { allowedBias } from "./allowed-levels.js";
import { BATCH_ROWS, type CompletionEngine } from "./completion-engine.js";
import { drawFromShares } from "./draw-levels.js";
import type { FoldedNetwork } from "./folded-network.js";
import { makeRowStates, type RowStates } from "./row-states.js";

/** The order in which a chunk's fields are drawn. */
export type SamplingOrder =
  /** One field a round, in a random order a chunk: exact. */
  | { readonly kind: "one-by-one" }
  /** The fields of each group in one round, given all groups before. */
  | { readonly kind: "groups"; readonly groups: readonly (readonly number[])[] };

/** Turns the copy levels among what was drawn of a field into ordinary ones; levels of the concatenation, [rows]. */
export type SettleCopies = (field: number, levels: Int32Array) => void;

/** Fields that are known before anything is drawn. */
export interface KnownFields {
  readonly fields: readonly number[];
  /** Levels of the concatenation, [rows] a field; copies are settled like drawn ones. */
  readonly levels: readonly Int32Array[];
}

export interface ChunkOptions {
  readonly rows: number;
  readonly random: RandomStream;
  readonly order: SamplingOrder;
  /** Without it no copy level is drawn. */
  readonly settle?: SettleCopies | undefined;
  readonly known?: KnownFields | undefined;
  /** By field the levels that are never drawn, of the concatenation. */
  readonly closed?: readonly (readonly number[])[] | undefined;
}

/**
 * Draws the rows of one chunk. What a row gets depends on the chunk's random stream and its place in the chunk, not on how
 * many rows the chunk has.
 *
 * @returns levels of the concatenation, [rows] a field
 */
export async function sampleChunk(
  engine: CompletionEngine,
  network: FoldedNetwork,
  options: ChunkOptions,
): Promise<Int32Array[]> {
  const { rows, random, settle, known, closed } = options;
  const isKnown = new Uint8Array(network.heads.length);
  const levels: Int32Array[] = network.heads.map(() => new Int32Array(rows));
  const states = makeRowStates(rows, network.starts.at(-1)!, network.fromLatent === undefined);
  const streams = makeStreams(network, states);
  const learn = (fields: readonly number[]): void => {
    for (const field of fields) {
      settle?.(field, levels[field]!);
      isKnown[field] = 1;
    }
    if (fields.length > 0) states.learn(fields.map((field) => levels[field]!));
  };
  if (known !== undefined) {
    for (const [at, field] of known.fields.entries()) levels[field] = known.levels[at]!.slice();
    learn(known.fields);
  }
  for (const [round, group] of roundsOf(network, options).entries()) {
    const fields = group.filter((field) => isKnown[field] === 0);
    if (fields.length === 0) continue;
    const biases = fields.map((field) =>
      allowedBias(network, field, settle === undefined ? undefined : isKnown, closed?.[field]),
    );
    await drawRound(engine, network, { states, streams: streams.next(), fields, biases, levels, rows, random, round });
    learn(fields);
  }
  return levels;
}

function roundsOf(network: FoldedNetwork, { order, random }: ChunkOptions): readonly (readonly number[])[] {
  switch (order.kind) {
    case "one-by-one":
      return Array.from(random.fork("order").permutation(network.heads.length), (field) => [field]);
    case "groups":
      return order.groups;
    default:
      return order satisfies never;
  }
}

/** The residual streams' starts of the states: those of the round before, and where this round's are written. */
interface Streams {
  readonly former: Float32Array;
  readonly current: Float32Array;
}

function makeStreams({ start, width }: FoldedNetwork, states: RowStates): { next(): Streams } {
  let spare: Float32Array = new Float32Array(0);
  let latest: Float32Array = new Float32Array(states.count() * width);
  for (let at = 0; at < latest.length; at += width) latest.set(start, at);
  return {
    next: () => {
      const length = states.count() * width;
      const parents = states.parents();
      const former = parents === undefined ? latest : takeRows(latest, parents, width);
      latest = spare.length >= length ? spare : new Float32Array(length);
      spare = former;
      return { former, current: latest };
    },
  };
}

function takeRows(matrix: Float32Array, rows: Uint32Array, width: number): Float32Array {
  const taken = new Float32Array(rows.length * width);
  for (let i = 0; i < rows.length; i++) {
    taken.set(matrix.subarray(rows[i]! * width, (rows[i]! + 1) * width), i * width);
  }
  return taken;
}

interface Round {
  readonly round: number;
  readonly fields: readonly number[];
  readonly biases: readonly Float32Array[];
  readonly levels: readonly Int32Array[];
  readonly states: RowStates;
  readonly streams: Streams;
  readonly rows: number;
  readonly random: RandomStream;
}

async function drawRound(engine: CompletionEngine, network: FoldedNetwork, round: Round): Promise<void> {
  const { fields, biases, levels, states, streams, rows, random } = round;
  const { width, latent, starts } = network;
  const uniforms = fields.map((field) => filled(rows, (values) => random.fork(field).fillUniform(values)));
  const z = network.fromLatent && filled(rows * latent, (values) => random.fork(`z${round.round}`).fillNormal(values));
  const count = states.count();
  const learned = states.learned();
  const perState = learned.length / count;
  for (let from = 0; from < count; from += BATCH_ROWS) {
    const to = Math.min(count, from + BATCH_ROWS);
    await engine.features({
      rows: to - from,
      former: streams.former.subarray(from * width, to * width),
      learned: learned.subarray(from * perState, to * perState),
      z: z?.subarray(from * latent, to * latent),
      start: streams.current.subarray(from * width, to * width),
    });
    const shares = await engine.shares(fields, biases);
    for (const [index, field] of fields.entries()) {
      const [own, u, start, shared] = [levels[field]!, uniforms[index]!, starts[field]!, shares[index]!];
      const count = biases[index]!.length;
      states.forRows(from, to, (row, state) => {
        own[row] = start + drawFromShares(shared, (state - from) * count, count, u[row]!);
      });
    }
  }
}

function filled(length: number, fill: (values: Float32Array) => void): Float32Array {
  const values = new Float32Array(length);
  fill(values);
  return values;
}
