import type { ConstraintOf } from "../../schema/constraint-schema.js";
import { inputsOf } from "./find-formulas.js";
import type { SearchColumn, SearchTable } from "./search-table.js";

/** Rows, and share of rows, that would break an inequality if values were paired at random. */
const MIN_EXPECTED = 20;
const MIN_SHARE = 0.01;
const MAX_COLUMNS = 200;

/** A pair of columns, `low` never above `high`. */
interface Pair {
  readonly low: SearchColumn;
  readonly high: SearchColumn;
  readonly strict: boolean;
}

/**
 * Columns of numbers, or of dates, that are in order in every row though their ranges overlap; in chains where they can be.
 * What a formula tells (a part below its sum) is left out.
 */
export function findInequalities(
  { columns, rowCount }: SearchTable,
  formulas: readonly (ConstraintOf<"sum"> | ConstraintOf<"derived">)[],
): ConstraintOf<"inequality">[] {
  const numeric = columns
    .filter(({ values, counts }) => values !== undefined && counts.length > 2)
    .slice(0, MAX_COLUMNS);
  const families = formulas.map((one) => new Set([one.kind === "sum" ? one.whole : one.column, ...inputsOf(one)]));
  const pairs = numeric.flatMap((low) =>
    numeric.flatMap((high) => {
      if (low === high || low.column.kind !== high.column.kind) return [];
      if (families.some((names) => names.has(low.name) && names.has(high.name))) return [];
      return findPair(low, high, rowCount) ?? [];
    }),
  );
  const direct = pairs.filter(({ low, high }) => !pairs.some((a) => a.low === low && leads(pairs, a.high, high)));
  return joinChains(direct).map(({ names, strict }) => ({
    kind: "inequality",
    columns: names,
    ...(strict ? { strict } : {}),
  }));
}

function leads(pairs: readonly Pair[], low: SearchColumn, high: SearchColumn): boolean {
  return pairs.some((pair) => pair.low === low && pair.high === high);
}

function findPair(low: SearchColumn, high: SearchColumn, rowCount: number): Pair | undefined {
  const [lows, highs] = [low.values!, high.values!];
  let both = 0;
  let equal = 0;
  for (let row = 0; row < rowCount; row++) {
    if (lows[row]! > highs[row]!) return undefined;
    if (lows[row]! <= highs[row]!) both++;
    if (lows[row]! === highs[row]!) equal++;
  }
  const random = pairAtRandom(lows, highs);
  const isEvident = random.broken * both >= MIN_EXPECTED && random.broken >= MIN_SHARE && equal < both;
  return isEvident ? { low, high, strict: equal === 0 && random.equal * both >= MIN_EXPECTED } : undefined;
}

/** Shares of rows out of order and equal, where each low value is paired with high values of other rows. */
function pairAtRandom(lows: Float64Array, highs: Float64Array): { broken: number; equal: number } {
  let [pairs, broken, equal] = [0, 0, 0];
  for (const part of [0.271, 0.437, 0.618, 0.843]) {
    const shift = Math.max(1, Math.floor(part * lows.length));
    for (let row = 0; row < lows.length; row++) {
      const high = highs[(row + shift) % highs.length]!;
      if (Number.isNaN(high) || Number.isNaN(lows[row]!)) continue;
      pairs++;
      if (lows[row]! > high) broken++;
      if (lows[row] === high) equal++;
    }
  }
  return { broken: pairs === 0 ? 0 : broken / pairs, equal: pairs === 0 ? 0 : equal / pairs };
}

/** Pairs as chains: each takes up the pairs that go on from its end, of the same strictness. */
function joinChains(pairs: readonly Pair[]): { readonly names: string[]; readonly strict: boolean }[] {
  const open = new Set(pairs);
  const isStart = (pair: Pair): boolean =>
    ![...open].some((one) => one.high === pair.low && one.strict === pair.strict);
  const chains: { names: string[]; strict: boolean }[] = [];
  while (open.size > 0) {
    const start = [...open].find(isStart) ?? [...open][0]!;
    open.delete(start);
    const chain = [start.low, start.high];
    for (;;) {
      const next = [...open].find((pair) => pair.low === chain.at(-1) && pair.strict === start.strict);
      if (next === undefined) break;
      open.delete(next);
      chain.push(next.high);
    }
    chains.push({ names: chain.map(({ name }) => name), strict: start.strict });
  }
  return chains;
}
