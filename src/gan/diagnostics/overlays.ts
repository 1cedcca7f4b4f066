import type { EncodedTable } from "../../encode/field.js";
import type { TrainingOverlay } from "../trained-generator.js";
import type { MeteredData } from "./metered-data.js";
import type { ProbeSpace } from "./probe-space.js";

/** Fields that are drawn through time: the first that vary. */
const MAX_FIELDS = 6;
const MAX_GROUPS = 40;

/** Real rows that a group of levels has at least. */
const MIN_GROUP_ROWS = 5;

/** A field as it is drawn: its codes in groups of neighbours. */
interface DrawnField {
  readonly field: number;
  readonly name: string;
  /** Group of each code. */
  readonly groups: Uint8Array;
  /** Shares of the groups among real rows. */
  readonly real: readonly number[];
}

/** Compares drawn rows with all real rows, field by field; each overlay has one look. */
export function makeOverlays(
  { fields, train, validation }: MeteredData,
  space: ProbeSpace,
): (phase: string, step: number, drawn: EncodedTable) => readonly TrainingOverlay[] {
  const drawnFields = fields
    .map((field, index) => describeField(field.name, index, space, [train, validation]))
    .filter(({ real }) => real.length > 1)
    .slice(0, MAX_FIELDS);
  return (phase, step, drawn) =>
    drawnFields.map(({ field, name, groups, real }) => ({
      field: name,
      phase,
      real,
      looks: [{ step, shares: groupShares(countField(field, space, [drawn]), groups, real.length) }],
    }));
}

function describeField(name: string, field: number, space: ProbeSpace, tables: readonly EncodedTable[]): DrawnField {
  const counts = countField(field, space, tables);
  const groups = groupNeighbours(counts);
  return { field, name, groups, real: groupShares(counts, groups, groups.at(-1)! + 1) };
}

function countField(field: number, space: ProbeSpace, tables: readonly EncodedTable[]): Float64Array {
  const counts = new Float64Array(space.levels[field]!);
  for (const { fields } of tables) for (const value of fields[field]!) counts[space.codeOf(field, value)]!++;
  return counts;
}

/** Neighbouring codes together until a group has a fortieth of the rows, where there are more codes, and five of them. */
function groupNeighbours(counts: Float64Array): Uint8Array {
  const total = counts.reduce((sum, count) => sum + count, 0);
  const least = Math.max(MIN_GROUP_ROWS, counts.length > MAX_GROUPS ? total / MAX_GROUPS : 0);
  const groups = new Uint8Array(counts.length);
  let group = 0;
  let rows = 0;
  let rowsLeft = total;
  counts.forEach((count, code) => {
    // A new group begins only where the rest is enough for one.
    if (rows >= least && rowsLeft >= least) {
      group++;
      rows = 0;
    }
    groups[code] = group;
    rows += count;
    rowsLeft -= count;
  });
  return groups;
}

function groupShares(counts: Float64Array, groups: Uint8Array, length: number): readonly number[] {
  const total = counts.reduce((sum, count) => sum + count, 0);
  const shares = Array<number>(length).fill(0);
  counts.forEach((count, code) => {
    shares[groups[code]!]! += count / total;
  });
  return shares;
}
