import type { RandomStream } from "../../core/random.js";
import type { LevelRows } from "../training/level-rows.js";
import type { LevelMap } from "./level-map.js";

const STARTS = 20;
/** Starts x fields of a search: wide tables get fewer starts. */
const MAX_STARTED_FIELDS = 2000;
const MAX_ROWS = 20_000;
const MIN_ROWS = 1000;
/** Pairs x rows that mutual information is estimated from. */
const MAX_COUNTED = 3e8;

/**
 * Partitions the fields into `groups` rounds of growing size such that fields of one round tell little of each other:
 * swap search for the least sum of bias-corrected pairwise mutual information inside groups, best of 20 random starts.
 * Fields of one group can be drawn in one pass at the least cost in fidelity.
 *
 * @returns the fields of each round, in the order of the rounds
 */
export function groupFields(rows: LevelRows, map: LevelMap, groups: number, random: RandomStream): number[][] {
  return groupByInformation(pairwiseInformation(rows, map), map.fields, groups, random);
}

/** The same from the fields' mutual information [K, K], which is worth computing once for several numbers of groups. */
export function groupByInformation(
  information: Float64Array,
  fields: number,
  groups: number,
  random: RandomStream,
): number[][] {
  const rounds = Math.min(groups, fields);
  let best: { readonly cost: number; readonly group: Int32Array } | undefined;
  const starts = Math.max(1, Math.min(STARTS, Math.floor(MAX_STARTED_FIELDS / fields)));
  for (let start = 0; start < starts; start++) {
    const group = startingGroups(fields, rounds, random);
    improveBySwaps(group, information, fields);
    const cost = insideCost(group, information, fields);
    if (best === undefined || cost < best.cost) best = { cost, group };
  }
  const group = best!.group;
  return Array.from({ length: rounds }, (_, round) => [...group.keys()].filter((field) => group[field] === round));
}

/** Mutual information of every pair of fields in nats, less its bias (a - 1)(b - 1) / 2N (Miller 1955); [K, K]. */
export function pairwiseInformation(rows: LevelRows, map: Pick<LevelMap, "fields" | "starts">): Float64Array {
  const { fields, starts } = map;
  const affordable = Math.max(MIN_ROWS, Math.floor((2 * MAX_COUNTED) / fields ** 2));
  const count = Math.min(rows.rowCount, MAX_ROWS, affordable);
  const information = new Float64Array(fields * fields);
  for (let a = 0; a < fields; a++) {
    for (let b = a + 1; b < fields; b++) {
      const value = pairInformation(
        rows,
        count,
        fields,
        [a, starts[a]!, starts[a + 1]!],
        [b, starts[b]!, starts[b + 1]!],
      );
      information[a * fields + b] = value;
      information[b * fields + a] = value;
    }
  }
  return information;
}

type FieldSpan = readonly [field: number, start: number, end: number];

function pairInformation(rows: LevelRows, count: number, fields: number, a: FieldSpan, b: FieldSpan): number {
  const width = b[2] - b[1];
  const joint = new Float64Array((a[2] - a[1]) * width);
  const left = new Float64Array(a[2] - a[1]);
  const right = new Float64Array(width);
  for (let row = 0; row < count; row++) {
    const i = rows.levels[row * fields + a[0]]! - a[1];
    const j = rows.levels[row * fields + b[0]]! - b[1];
    joint[i * width + j]!++;
    left[i]!++;
    right[j]!++;
  }
  let sum = 0;
  for (let i = 0; i < left.length; i++) {
    for (let j = 0; j < width; j++) {
      const both = joint[i * width + j]!;
      if (both > 0) sum += (both / count) * Math.log((both * count) / (left[i]! * right[j]!));
    }
  }
  const seen = (counts: Float64Array) => counts.reduce((total, value) => total + (value > 0 ? 1 : 0), 0);
  return sum - ((seen(left) - 1) * (seen(right) - 1)) / (2 * count);
}

/** Round sizes grow as 1 : 2 : ... : rounds, since early rounds know least. */
function startingGroups(fields: number, rounds: number, random: RandomStream): Int32Array {
  const order = random.permutation(fields);
  const group = new Int32Array(fields);
  const whole = (rounds * (rounds + 1)) / 2;
  let round = 0;
  for (let at = 0; at < fields; at++) {
    const left = fields - at;
    const due = (fields * ((round + 1) * (round + 2))) / 2 / whole;
    if (round < rounds - 1 && (at >= Math.max(round + 1, Math.round(due)) || left <= rounds - 1 - round)) round++;
    group[order[at]!] = round;
  }
  return group;
}

/** Swaps two fields of different groups as long as that lowers the information inside groups. */
function improveBySwaps(group: Int32Array, information: Float64Array, fields: number): void {
  const toGroup = informationToGroups(group, information, fields); // [fields, groups]
  const groups = toGroup.length / fields;
  for (let improved = true; improved; ) {
    improved = false;
    for (let a = 0; a < fields; a++) {
      for (let b = a + 1; b < fields; b++) {
        const [groupA, groupB] = [group[a]!, group[b]!];
        if (groupA === groupB) continue;
        const shared = 2 * information[a * fields + b]!;
        const before = toGroup[a * groups + groupA]! + toGroup[b * groups + groupB]!;
        const after = toGroup[a * groups + groupB]! + toGroup[b * groups + groupA]! - shared;
        if (after >= before - 1e-9) continue;
        group[a] = groupB;
        group[b] = groupA;
        improved = true;
        for (let other = 0; other < fields; other++) {
          const moved = information[other * fields + b]! - information[other * fields + a]!;
          toGroup[other * groups + groupA]! += moved;
          toGroup[other * groups + groupB]! -= moved;
        }
      }
    }
  }
}

/** Sum of each field's information on the fields of each group, [fields, groups]. */
function informationToGroups(group: Int32Array, information: Float64Array, fields: number): Float64Array {
  const groups = group.reduce((most, round) => Math.max(most, round + 1), 0);
  const sums = new Float64Array(fields * groups);
  for (let a = 0; a < fields; a++) {
    for (let b = 0; b < fields; b++) if (a !== b) sums[a * groups + group[b]!]! += information[a * fields + b]!;
  }
  return sums;
}

function insideCost(group: Int32Array, information: Float64Array, fields: number): number {
  let cost = 0;
  for (let a = 0; a < fields; a++) {
    for (let b = a + 1; b < fields; b++) if (group[a] === group[b]) cost += information[a * fields + b]!;
  }
  return cost;
}
