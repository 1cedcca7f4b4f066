/**
 * What is known of the rows of a chunk. Rows of which the same is known share a state, and the network is evaluated once a
 * state: after the first field of a one-by-one chunk there are as many states as that field has levels, and only after two
 * or three fields as many as rows.
 */
export interface RowStates {
  /** How many states there are; where each row has its own, state r is row r. */
  count(): number;
  /** The state at the round before that each state comes from, [count]; undefined where it is the same one. */
  parents(): Uint32Array | undefined;
  /** Levels (of the concatenation) known since the round before, [count, m]. */
  learned(): Int32Array;
  /** Calls `visit` for every row of the states `from` .. `to - 1`. */
  forRows(from: number, to: number, visit: (row: number, state: number) => void): void;
  /** What a round drew: for each of its fields the levels (of the concatenation), [rows]. */
  learn(fields: readonly Int32Array[]): void;
}

/** Above this share of the rows, a state for each of them is cheaper than to look for equal ones. */
const SHARED_LIMIT = 0.5;

/**
 * The states of `rows` rows, of which nothing is known: one for all, or one for each where `isShared` is false.
 *
 * @param levelCount L; the level L stands for "nothing learned"
 */
export function makeRowStates(rows: number, levelCount: number, isShared: boolean): RowStates {
  let sharing: Sharing | undefined = isShared ? allShared(rows) : undefined;
  let count = isShared ? 1 : rows;
  let learned: Int32Array = new Int32Array(count).fill(levelCount);
  let parents: Uint32Array | undefined;
  return {
    count: () => count,
    parents: () => parents,
    learned: () => learned,
    forRows: (from, to, visit) => {
      if (sharing === undefined) for (let row = from; row < to; row++) visit(row, row);
      else visitShared(sharing, from, to, visit);
    },
    learn: (fields) => {
      const former = sharing;
      if (sharing !== undefined) sharing = refineAll(sharing, fields, levelCount);
      if (sharing !== undefined && sharing.offsets.length - 1 > rows * SHARED_LIMIT) sharing = undefined;
      if (sharing === undefined) {
        count = rows;
        parents = former?.stateOf;
        learned = interleave(fields, rows, (row) => row);
        return;
      }
      const { order, offsets } = sharing;
      count = offsets.length - 1;
      parents = Uint32Array.from({ length: count }, (_, state) => former!.stateOf[order[offsets[state]!]!]!);
      learned = interleave(fields, count, (state) => order[offsets[state]!]!);
    },
  };
}

/** Which rows have which state: those of state s are order[offsets[s]] .. order[offsets[s + 1] - 1]. */
interface Sharing {
  readonly stateOf: Uint32Array;
  readonly order: Uint32Array;
  readonly offsets: Uint32Array;
}

function allShared(rows: number): Sharing {
  const order = Uint32Array.from({ length: rows }, (_, row) => row);
  return { stateOf: new Uint32Array(rows), order, offsets: Uint32Array.of(0, rows) };
}

function visitShared(
  { order, offsets }: Sharing,
  from: number,
  to: number,
  visit: (row: number, state: number) => void,
): void {
  for (let state = from; state < to; state++) {
    for (let at = offsets[state]!; at < offsets[state + 1]!; at++) visit(order[at]!, state);
  }
}

function interleave(fields: readonly Int32Array[], count: number, rowOf: (state: number) => number): Int32Array {
  const values = new Int32Array(count * fields.length);
  let at = 0;
  for (let state = 0; state < count; state++) {
    const row = rowOf(state);
    for (const levels of fields) values[at++] = levels[row]!;
  }
  return values;
}

function refineAll(sharing: Sharing, fields: readonly Int32Array[], levelCount: number): Sharing {
  return fields.reduce((states, levels) => refine(states, levels, levelCount), sharing);
}

/** Splits each state by its rows' levels. */
function refine({ order, offsets }: Sharing, levels: Int32Array, levelCount: number): Sharing {
  const stateOf = new Uint32Array(order.length);
  const sizes: number[] = [];
  const made = new Int32Array(levelCount).fill(-1);
  for (let state = 0; state + 1 < offsets.length; state++) {
    const firstMade = sizes.length;
    for (let at = offsets[state]!; at < offsets[state + 1]!; at++) {
      const row = order[at]!;
      const level = levels[row]!;
      if (made[level]! < firstMade) made[level] = sizes.push(0) - 1;
      stateOf[row] = made[level]!;
      sizes[made[level]!]!++;
    }
  }
  return sortRows(stateOf, sizes);
}

function sortRows(stateOf: Uint32Array, sizes: readonly number[]): Sharing {
  const offsets = new Uint32Array(sizes.length + 1);
  for (const [state, size] of sizes.entries()) offsets[state + 1] = offsets[state]! + size;
  const next = offsets.slice();
  const order = new Uint32Array(stateOf.length);
  for (let row = 0; row < stateOf.length; row++) order[next[stateOf[row]!]!++] = row;
  return { stateOf, order, offsets };
}
