import {
  countBoth,
  everyRow,
  type GroupedRows,
  intersect,
  type RowSet,
  rowsInRange,
  type SideCounts,
  subtract,
} from "./row-sets.js";
import { type Rule, rowsOfRule, surplusScore } from "./rules.js";
import type { GroupRange, TellingGroups } from "./telling-groups.js";

/** Rules that are found, at most. */
const MAX_RULES = 8;
/** Conditions of a rule, at most. */
const MAX_CONDITIONS = 4;
/** Rules that are kept to be made longer. */
const BEAM = 12;
/** A further condition must raise the score by this factor. */
const WORTH = 1.1;
/** Weaker rules are chance among so many that are tried. */
const MIN_SCORE = 3.5;
/** Synthetic rows that follow a rule, at least. */
const MIN_ROWS = 10;

interface Atom {
  readonly range: GroupRange;
  readonly set: RowSet;
}

interface Candidate {
  readonly rule: Rule;
  readonly set: RowSet;
  readonly score: number;
}

/**
 * Rules that more synthetic than real rows follow: beam search for the one with the largest score, up to four conditions,
 * then again on the rows that it leaves (subgroup discovery: Herrera et al. 2011, doi:10.1007/s10115-010-0356-2). Chance finds
 * such rules too: they are to be measured on other rows.
 * @param seeds rules to begin with beside single conditions
 */
export function findRules(rows: GroupedRows, groups: readonly TellingGroups[], seeds: readonly Rule[]): Rule[] {
  const atoms: Atom[] = groups.flatMap((group, column) =>
    group.ranges.map((range) => ({ range: { column, ...range }, set: rowsInRange(rows, { column, ...range }) })),
  );
  const started = seeds.map((rule) => ({ rule, set: rowsOfRule(rows, rule) }));
  const rules: Rule[] = [];
  let left = everyRow(rows);
  while (rules.length < MAX_RULES) {
    const best = findBestRule(rows, atoms, started, left);
    if (best === undefined || best.score < MIN_SCORE) break;
    rules.push(best.rule);
    left = subtract(left, best.set);
  }
  return rules;
}

function findBestRule(
  rows: GroupedRows,
  atoms: readonly Atom[],
  seeds: readonly Omit<Candidate, "score">[],
  left: RowSet,
): Candidate | undefined {
  const judge = (rule: Rule, set: RowSet, within: RowSet): Candidate => ({
    rule,
    set,
    score: scoreOf(rows, countBoth(rows, set, within)),
  });
  const singles = atoms.map(({ range, set }) => judge([range], set, left));
  const longer = seeds.map(({ rule, set }) => judge(rule, set, left));
  let beam = strongest([...singles, ...longer]);
  let best = beam[0];
  for (let conditions = 2; conditions <= MAX_CONDITIONS; conditions++) {
    const children = beam.flatMap((parent) => extend(rows, parent, atoms, left));
    beam = strongest(children);
    if (beam[0] === undefined) break;
    if (best === undefined || beam[0].score > best.score) best = beam[0];
  }
  return best;
}

/** The rule with one more condition each, where that is worth it. */
function extend(rows: GroupedRows, parent: Candidate, atoms: readonly Atom[], left: RowSet): Candidate[] {
  const within = intersect(parent.set, left);
  const children: Candidate[] = [];
  for (const { range, set } of atoms) {
    const score = scoreOf(rows, countBoth(rows, within, set));
    if (score < WORTH * parent.score) continue;
    const rule = addRange(parent.rule, range);
    if (rule.length > MAX_CONDITIONS) continue;
    children.push({ rule, set: intersect(parent.set, set), score });
  }
  return strongest(children);
}

function scoreOf(rows: GroupedRows, counts: SideCounts): number {
  return counts.synthetic < MIN_ROWS ? 0 : surplusScore(rows, counts);
}

/** Conditions on one column are merged: its ranges' common part. */
function addRange(rule: Rule, range: GroupRange): Rule {
  const own = rule.find(({ column }) => column === range.column);
  if (own === undefined) return [...rule, range].sort((a, b) => a.column - b.column);
  const first = Math.max(own.first, range.first);
  const last = Math.min(own.last, range.last);
  return rule.map((other) => (other === own ? { column: range.column, first, last } : other));
}

/** The best ones, each rule once; of rules with the same score the one found first. */
function strongest(candidates: readonly Candidate[]): Candidate[] {
  const sorted = candidates
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score || a.rule.length - b.rule.length);
  const kept = new Map<string, Candidate>();
  for (const candidate of sorted) {
    if (kept.size === BEAM) break;
    const key = candidate.rule.map(({ column, first, last }) => `${column}:${first}-${last}`).join();
    if (!kept.has(key)) kept.set(key, candidate);
  }
  return [...kept.values()];
}
