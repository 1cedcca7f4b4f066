import { probit } from "simple-statistics";
import { wilsonInterval } from "../../../stats/wilson-interval.js";
import { unavailable } from "../../figure.js";
import type { Figure, Pattern } from "../../report-schema.js";
import { MIN_GROUP_ROWS } from "../column-groups.js";
import {
  countBoth,
  everyRow,
  type GroupedRows,
  intersect,
  type RowSet,
  rowsInRange,
  type SideCounts,
} from "./row-sets.js";
import type { GroupRange, TellingGroups } from "./telling-groups.js";

/** What rows have in common: ranges of different columns. */
export type Rule = readonly GroupRange[];

/** The rows that follow a rule. */
export function rowsOfRule(rows: GroupedRows, rule: Rule): RowSet {
  return rule.reduce((set, range) => intersect(set, rowsInRange(rows, range)), everyRow(rows));
}

/**
 * How many standard errors the synthetic share of rows lies above the real one (two proportions, pooled); 0 where no row
 * counts.
 */
export function surplusScore(rows: GroupedRows, { real, synthetic }: SideCounts): number {
  const { realRows, syntheticRows } = rows;
  const pooled = (real + synthetic) / (realRows + syntheticRows);
  const variance = pooled * (1 - pooled) * (1 / realRows + 1 / syntheticRows);
  return variance > 0 ? (synthetic / syntheticRows - real / realRows) / Math.sqrt(variance) : 0;
}

/** Chance that one or more of the rules reported of rows that cannot be told apart are false. */
const FALSE_ALARMS = 0.01;

/**
 * The rules whose shares differ on rows that they were not found on, the largest difference first: Newcombe's interval
 * (1998, doi:10.1002/(SICI)1097-0258(19980430)17:8<873::AID-SIM779>3.0.CO;2-I, method 10) without 0, at a level for as many
 * rules as are tried. A share of one to four real rows is not given.
 */
export function measureRules(
  rows: GroupedRows,
  rules: readonly Rule[],
  groups: readonly TellingGroups[],
  direction: "surplus" | "either",
): Pattern[] {
  const z = probit(1 - FALSE_ALARMS / 2 / Math.max(1, rules.length));
  const all = everyRow(rows);
  const measured = rules.map((rule) => ({ rule, counts: countBoth(rows, rowsOfRule(rows, rule), all) }));
  const difference = ({ real, synthetic }: SideCounts): number => synthetic / rows.syntheticRows - real / rows.realRows;
  return measured
    .filter(({ counts }) => direction === "either" || difference(counts) > 0)
    .filter(({ counts }) => isDifferent(rows, counts, z))
    .sort((a, b) => Math.abs(difference(b.counts)) - Math.abs(difference(a.counts)))
    .map(({ rule, counts: { real, synthetic } }) => ({
      conditions: rule.map((range) => groups[range.column]!.conditionOf(range)),
      real:
        real > 0 && real < MIN_GROUP_ROWS
          ? unavailable(`fewer than ${MIN_GROUP_ROWS} real rows`)
          : shareFigure(real, rows.realRows),
      synthetic: shareFigure(synthetic, rows.syntheticRows),
    }));
}

function isDifferent({ realRows, syntheticRows }: GroupedRows, { real, synthetic }: SideCounts, z: number): boolean {
  const isMore = synthetic / syntheticRows > real / realRows;
  const [more, moreRows] = isMore ? [synthetic, syntheticRows] : [real, realRows];
  const [less, lessRows] = isMore ? [real, realRows] : [synthetic, syntheticRows];
  const high = more / moreRows;
  const low = less / lessRows;
  const error = Math.hypot(high - wilsonInterval(more, moreRows, z).low, wilsonInterval(less, lessRows, z).high - low);
  return high - low > error;
}

function shareFigure(count: number, n: number): Figure {
  const { low, high } = wilsonInterval(count, n);
  return { value: count / n, low, high, n, status: "ok" };
}
