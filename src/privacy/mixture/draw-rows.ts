import type { RandomStream } from "../../core/random.js";
import { type EncodedTable, type FieldData, makeCodes } from "../../encode/field.js";
import type { FieldGroups } from "../paid-rows.js";
import { sharesWithinGroups } from "./level-mixture.js";
import type { Mixture } from "./mixture.js";

/**
 * Rows of a mixture: each row's component, each field's group by the component, its level by the levels' counts within the group
 * (all levels alike where none of them was counted).
 *
 * Components, the groups of a component's rows, and the levels of a group's rows are drawn systematically (one random offset
 * for all of them; Carpenter et al. 1999, doi:10.1049/ip-rsn:19990255) and shuffled: their shares have almost no sampling error, and
 * every row has the same distribution as if drawn on its own.
 */
export function drawRows(
  { mixture, oneWays }: { readonly mixture: Mixture; readonly oneWays: readonly ArrayLike<number>[] },
  rowCount: number,
  random: RandomStream,
): EncodedTable {
  const { weights, fields } = mixture;
  const sizes = systematicCounts(weights, rowCount, random.fork("components"));
  const places = random.fork("places").permutation(rowCount);
  const codes = fields.map((grouping, field): FieldData => {
    const stream = random.fork(field);
    const groups = drawGroups(mixture, field, sizes, stream);
    const levels = grouping.groupOf === undefined ? groups : drawLevels(groups, grouping, oneWays[field]!, stream);
    const placed = makeCodes(oneWays[field]!.length, rowCount);
    for (let row = 0; row < rowCount; row++) placed[places[row]!] = levels[row]!;
    return placed;
  });
  return { rowCount, fields: codes };
}

/** Groups of one field, the rows of a component next to each other. */
function drawGroups(mixture: Mixture, field: number, sizes: Uint32Array, random: RandomStream): Uint16Array {
  const { starts, probabilities } = mixture;
  const width = starts.at(-1)!;
  const groups = new Uint16Array(sizes.reduce((sum, size) => sum + size, 0));
  let from = 0;
  sizes.forEach((size, component) => {
    const at = component * width;
    const own = probabilities.subarray(at + starts[field]!, at + starts[field + 1]!);
    fillShuffled(groups.subarray(from, from + size), own, random);
    from += size;
  });
  return groups;
}

function drawLevels(
  groups: Uint16Array,
  { groups: count, groupOf }: FieldGroups,
  counts: ArrayLike<number>,
  random: RandomStream,
): Uint16Array {
  const within = sharesWithinGroups(counts, groupOf, count);
  const members = Array.from({ length: count }, (): number[] => []);
  groupOf!.forEach((group, level) => {
    members[group]!.push(level);
  });
  const rows = Array.from({ length: count }, (): number[] => []);
  groups.forEach((group, row) => {
    rows[group]!.push(row);
  });
  const levels = new Uint16Array(groups.length);
  rows.forEach((own, group) => {
    const shares = members[group]!.map((level) => within[level]!);
    const drawn = new Uint16Array(own.length);
    fillShuffled(drawn, shares, random);
    own.forEach((row, i) => {
      levels[row] = members[group]![drawn[i]!]!;
    });
  });
  return levels;
}

/** Fills with indices into `shares` in random order, as often as their shares say. */
function fillShuffled(out: Uint16Array, shares: ArrayLike<number>, random: RandomStream): void {
  let next = 0;
  systematicCounts(shares, out.length, random).forEach((count, index) => {
    out.fill(index, next, next + count);
    next += count;
  });
  for (let i = out.length - 1; i > 0; i--) {
    const j = random.integer(i + 1);
    const swapped = out[i]!;
    out[i] = out[j]!;
    out[j] = swapped;
  }
}

/** How many of `total` evenly spaced points, at one random offset, fall to each share: the expected number, rounded up or down. */
function systematicCounts(shares: ArrayLike<number>, total: number, random: RandomStream): Uint32Array {
  const counts = new Uint32Array(shares.length);
  let whole = 0;
  for (let i = 0; i < shares.length; i++) whole += shares[i]!;
  const offset = random.uniform();
  let passed = 0;
  let below = 0;
  let last = 0;
  for (let i = 0; i < shares.length; i++) {
    if (shares[i]! > 0) last = i;
    below += (shares[i]! / whole) * total;
    const points = Math.min(total, Math.max(passed, Math.ceil(below - offset)));
    counts[i] = points - passed;
    passed = points;
  }
  counts[last]! += total - passed; // the sum of the shares, rounded
  return counts;
}
