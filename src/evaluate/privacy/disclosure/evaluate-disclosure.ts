import { setImmediate as nextTurn } from "node:timers/promises";
import { throwIfAborted } from "../../../core/errors.js";
import type { RandomStream } from "../../../core/random.js";
import type { Table } from "../../../table/table.js";
import type { Report } from "../../report-schema.js";
import { requireColumn } from "../gower-space.js";
import { sampleRows } from "../sample-rows.js";
import { type ClassCounts, classFigures } from "./class-figures.js";
import { COARSE_BINS, type CoarseColumn, coarsenColumn, mapSides, type Sides } from "./coarse-column.js";
import { countByClass, type EquivalenceClasses, groupByClass, makeClasses } from "./equivalence-classes.js";
import { type GroupedRows, measureSecret, type SecretMeasures } from "./measure-secret.js";
import type { QuasiIdentifiers } from "./quasi-identifiers.js";
import { scoreRates } from "./rate-risk.js";
import { replicatedUniques } from "./replicated-uniques.js";
import { reportSecrets } from "./report-secrets.js";

type Privacy = Report["privacy"];

/** What statisticians measure, where there are quasi-identifiers, and how. */
export interface DisclosureScores {
  readonly disclosure?: NonNullable<Privacy["disclosure"]>;
  readonly method: NonNullable<Privacy["method"]>;
}

/** The columns to look at. */
export interface DisclosureColumns {
  /** Names of all columns that are compared: those that are no quasi-identifiers are taken as secrets in turn. */
  readonly columns: readonly string[];
  readonly quasiIdentifiers: QuasiIdentifiers | undefined;
}

/** Quasi-identifiers with more different real values are binned: ages in years are not, weights to the gram are. */
const MOST_EXACT_VALUES = 100;

/**
 * Statistical disclosure control of the released table: classes of rows with equal quasi-identifiers, among the released and
 * among the real rows, and what they tell of every other column. Exact, over all rows; only what is compared with equally
 * many rows samples the larger table. Without quasi-identifiers there is no score, and `method` says why. Training and
 * synthetic table have rows. Throws E_PRIVACY_COLUMN, E_INTERRUPTED.
 */
export async function evaluateDisclosure(
  tables: Sides<Table>,
  { columns, quasiIdentifiers }: DisclosureColumns,
  random: RandomStream,
  signal?: AbortSignal,
): Promise<DisclosureScores> {
  if (quasiIdentifiers === undefined) return { method: { disclosure: NONE_CHOSEN } };
  const sides = tables.holdout?.rowCount === 0 ? { ...tables, holdout: undefined } : tables;
  const coarsen = (name: string, mostExact: number): CoarseColumn =>
    coarsenColumn(
      mapSides(sides, (table) => requireColumn(table, name)),
      mostExact,
    );
  const classes = makeClasses(quasiIdentifiers.columns.map((name) => coarsen(name, MOST_EXACT_VALUES)));
  const equal = equallyMany(classes, random.fork("equal"));
  const grouped = groupRows(classes, equal);
  const secrets: SecretMeasures[] = [];
  for (const name of columns) {
    if (quasiIdentifiers.columns.includes(name)) continue;
    await nextTurn();
    throwIfAborted(signal);
    const measured = measureSecret(name, coarsen(name, COARSE_BINS), grouped);
    if (measured !== undefined) secrets.push(measured);
  }
  const counts = countRows(classes, equal);
  return {
    disclosure: {
      quasiIdentifiers: { columns: [...quasiIdentifiers.columns], chosen: quasiIdentifiers.chosen },
      ...classFigures(counts),
      uniqueInBoth: scoreUniques(classes, counts, random.fork("uniques")),
      secrets: reportSecrets(secrets),
    },
    method: describeMethod(counts, sides.holdout !== undefined),
  };
}

const NONE_CHOSEN = "no quasi-identifiers were given, and no column is named like one";
const NO_UNIQUES = "no training row is alone with its quasi-identifiers";

/** Rows of two tables, as many of each; undefined where all of a table's rows are taken. */
interface EqualRows {
  readonly synthetic: Uint32Array | undefined;
  /** Of held-out rows, or of training rows where none were held out. */
  readonly real: Uint32Array | undefined;
}

function equallyMany({ of }: EquivalenceClasses, random: RandomStream): EqualRows {
  const [released, real] = [of.synthetic.length, realRows(of).length];
  const count = Math.min(released, real);
  return {
    synthetic: drawRows(released, count, random.fork("synthetic")),
    real: drawRows(real, count, random.fork("real")),
  };
}

function realRows(of: Sides<Int32Array>): Int32Array {
  return of.holdout ?? of.train;
}

function drawRows(rows: number, count: number, random: RandomStream): Uint32Array | undefined {
  return count >= rows ? undefined : sampleRows(rows, count, random);
}

function countRows({ of, count }: EquivalenceClasses, equal: EqualRows): ClassCounts {
  return {
    all: mapSides(of, (side) => countByClass(side, count)),
    equal: {
      synthetic: countByClass(of.synthetic, count, equal.synthetic),
      real: countByClass(realRows(of), count, equal.real),
    },
  };
}

function groupRows({ of, count }: EquivalenceClasses, equal: EqualRows): GroupedRows {
  const all = mapSides(of, (side) => groupByClass(side, count));
  return {
    all,
    equal: {
      synthetic: equal.synthetic === undefined ? all.synthetic : groupByClass(of.synthetic, count, equal.synthetic),
      real: equal.real === undefined ? (all.holdout ?? all.train) : groupByClass(realRows(of), count, equal.real),
    },
  };
}

/** Training and held-out rows, of equally many: the more rows, the fewer are alone. */
function scoreUniques({ of, count }: EquivalenceClasses, { all }: ClassCounts, random: RandomStream) {
  const { train, holdout } = of;
  const most = Math.min(train.length, holdout?.length ?? train.length);
  const rate = (side: Int32Array, label: string) => {
    const rows = drawRows(side.length, most, random.fork(label));
    return replicatedUniques(countByClass(side, count, rows), all.synthetic);
  };
  const control = holdout === undefined ? undefined : rate(holdout, "holdout");
  return scoreRates({ attack: rate(train, "train"), control }, NO_UNIQUES);
}

function describeMethod({ all }: ClassCounts, holdout: boolean): DisclosureScores["method"] {
  return {
    quasiIdentifierBins: `numbers and dates of more than ${MOST_EXACT_VALUES} different real values in ${COARSE_BINS} bins of equally many real rows, all else exact; missing is a value`,
    secretBins: `numbers and dates of more than ${COARSE_BINS} different real values in ${COARSE_BINS} bins`,
    releasedClasses: all.synthetic.reduce((classes, count) => classes + (count > 0 ? 1 : 0), 0),
    classCeilings: holdout ? "held-out rows" : "training rows",
    attribution: "a target whose class no released row has counts 0; intervals widened for the number of secrets",
  };
}
