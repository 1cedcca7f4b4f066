import { countBoth, everyRow, type GroupedRows } from "./row-sets.js";
import { type Rule, rowsOfRule, surplusScore } from "./rules.js";
import { type GroupRange, MISSING_GROUP, type TellingGroups } from "./telling-groups.js";

/** Cells that are found, at most. */
const MAX_CELLS = 10;
/** Cells that one column is part of, at most. */
const MAX_PER_COLUMN = 3;
/** Groups of a column, at most, beside the missing one. */
const MAX_GROUPS = 10;
/** Weaker cells are chance among so many. */
const MIN_SCORE = 3.5;
/** Cells that are looked at again. */
const MAX_CANDIDATES = 1000;

/** A column in a few groups. */
interface CoarseColumn {
  /** What each group is; rows that are in none have the code ranges.length. */
  readonly ranges: readonly GroupRange[];
  /** [rows] */
  readonly codes: Uint8Array;
}

interface Candidate {
  readonly rule: Rule;
  /** Distance of the shares in standard errors, either way. */
  readonly score: number;
}

/**
 * The cells of three columns whose shares differ most, in standard errors: all triples of columns, each in up to eleven
 * groups. A condition that adds nothing is dropped, and a cell much like one before is left out. Chance finds such cells
 * too: they are to be measured on other rows.
 */
export function findCells(rows: GroupedRows, groups: readonly TellingGroups[]): Rule[] {
  const columns = groups.map((group, column) => coarsen(rows, group, column));
  const size = Math.min(3, columns.length);
  let candidates: Candidate[] = [];
  for (const set of columnSets(columns.length, size)) {
    candidates.push(
      ...strongCells(
        rows,
        set.map((at) => columns[at]!),
      ),
    );
    if (candidates.length > 4 * MAX_CANDIDATES) candidates = strongest(candidates);
  }
  return pickDifferent(rows, strongest(candidates));
}

function strongest(candidates: Candidate[]): Candidate[] {
  return candidates.sort((a, b) => b.score - a.score).slice(0, MAX_CANDIDATES);
}

function* columnSets(count: number, size: number, first = 0): Generator<number[]> {
  if (size === 0) yield [];
  else {
    for (let at = first; at < count; at++) {
      for (const rest of columnSets(count, size - 1, at + 1)) yield [at, ...rest];
    }
  }
}

/** Neighbouring groups taken together until each holds a tenth of the rows; categories: the most frequent ones. */
function coarsen(rows: GroupedRows, group: TellingGroups, column: number): CoarseColumn {
  const fine = rows.codes[column]!;
  const ranges: GroupRange[] = [];
  if (group.isOrdered) {
    const counts = new Uint32Array(group.count);
    for (const code of fine) if (code < group.count) counts[code] = counts[code]! + 1;
    let first = 0;
    let held = 0;
    counts.forEach((count, at) => {
      held += count;
      if (held < fine.length / MAX_GROUPS && at < group.count - 1) return;
      ranges.push({ column, first, last: at });
      first = at + 1;
      held = 0;
    });
  } else {
    for (let at = 0; at < Math.min(MAX_GROUPS, group.count); at++) ranges.push({ column, first: at, last: at });
  }
  ranges.push({ column, first: MISSING_GROUP, last: MISSING_GROUP });
  const coarse = new Uint8Array(256).fill(ranges.length);
  for (const [code, { first, last }] of ranges.entries()) coarse.fill(code, first, last + 1);
  return { ranges, codes: fine.map((code) => coarse[code]!) };
}

/** The cells of one set of columns that stand out. */
function strongCells(rows: GroupedRows, columns: readonly CoarseColumn[]): Candidate[] {
  const sizes = columns.map(({ ranges }) => ranges.length + 1);
  const cells = sizes.reduce((product, size) => product * size, 1);
  const real = countCells(columns, sizes, cells, 0, rows.realRows);
  const synthetic = countCells(columns, sizes, cells, rows.realRows, rows.realRows + rows.syntheticRows);
  const found: Candidate[] = [];
  for (let cell = 0; cell < cells; cell++) {
    if (real[cell] === 0 && synthetic[cell] === 0) continue;
    const score = Math.abs(surplusScore(rows, { real: real[cell]!, synthetic: synthetic[cell]! }));
    if (score < MIN_SCORE) continue;
    const rule = rangesOfCell(columns, sizes, cell);
    if (rule !== undefined) found.push({ rule, score });
  }
  return found;
}

function countCells(
  columns: readonly CoarseColumn[],
  sizes: readonly number[],
  cells: number,
  from: number,
  to: number,
): Uint32Array {
  const counts = new Uint32Array(cells);
  const [a, b, c] = columns.map(({ codes }) => codes);
  const sizeB = sizes[1] ?? 1;
  const sizeC = sizes[2] ?? 1;
  for (let row = from; row < to; row++) {
    const cell = (a![row]! * sizeB + (b === undefined ? 0 : b[row]!)) * sizeC + (c === undefined ? 0 : c[row]!);
    counts[cell] = counts[cell]! + 1;
  }
  return counts;
}

/** Undefined for cells of rows that are in no group. */
function rangesOfCell(columns: readonly CoarseColumn[], sizes: readonly number[], cell: number): Rule | undefined {
  const rule: GroupRange[] = [];
  let rest = cell;
  for (let at = columns.length - 1; at >= 0; at--) {
    const range = columns[at]!.ranges[rest % sizes[at]!];
    if (range === undefined) return undefined;
    rule.unshift(range);
    rest = Math.floor(rest / sizes[at]!);
  }
  return rule;
}

function pickDifferent(rows: GroupedRows, candidates: readonly Candidate[]): Rule[] {
  const picked: Rule[] = [];
  const seen = new Map<string, Candidate>();
  for (const candidate of candidates) {
    if (picked.length === MAX_CELLS) break;
    const rule = dropIdleConditions(rows, candidate, seen);
    if (!picked.some((other) => isAlike(rule, other)) && hasRoom(rule, picked)) picked.push(rule);
  }
  return picked;
}

/** Two cells that say much the same: of the same columns, or with two conditions in common. */
function isAlike(a: Rule, b: Rule): boolean {
  const sameColumns = a.length === b.length && a.every(({ column }, at) => b[at]!.column === column);
  return sameColumns || a.filter((range) => b.some((other) => isSame(range, other))).length >= 2;
}

function isSame(a: GroupRange, b: GroupRange): boolean {
  return a.column === b.column && a.first === b.first && a.last === b.last;
}

function hasRoom(rule: Rule, picked: readonly Rule[]): boolean {
  return rule.every(
    ({ column }) => picked.filter((other) => other.some((range) => range.column === column)).length < MAX_PER_COLUMN,
  );
}

/** Leaves conditions out one by one while the cell stands out as much without. */
function dropIdleConditions(rows: GroupedRows, { rule, score }: Candidate, seen: Map<string, Candidate>): Rule {
  if (rule.length === 1) return rule;
  const shorter = rule.map((range) =>
    judge(
      rows,
      rule.filter((other) => other !== range),
      seen,
    ),
  );
  const best = shorter.reduce((a, b) => (b.score > a.score ? b : a));
  return best.score >= score ? dropIdleConditions(rows, best, seen) : rule;
}

function judge(rows: GroupedRows, rule: Rule, seen: Map<string, Candidate>): Candidate {
  const key = rule.map(({ column, first }) => `${column}:${first}`).join();
  const known = seen.get(key);
  if (known !== undefined) return known;
  const score = Math.abs(surplusScore(rows, countBoth(rows, rowsOfRule(rows, rule), everyRow(rows))));
  const judged = { rule, score };
  seen.set(key, judged);
  return judged;
}
