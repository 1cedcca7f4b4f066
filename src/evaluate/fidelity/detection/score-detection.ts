import type { OnProgress } from "../../../core/progress.js";
import type { RandomStream } from "../../../core/random.js";
import { type FigureParts, unavailable } from "../../figure.js";
import type { Figure, Report } from "../../report-schema.js";
import type { ScoredTable, ScoredTables } from "../../scored-table.js";
import type { TrainHalves } from "../../split-train.js";
import {
  type AucEstimate,
  aucFigure,
  C2ST_ROWS,
  crossValidate,
  fitLogistic,
  MIN_C2ST_ROWS,
  makeBoosting,
  tooFewRows,
} from "./classifier-test.js";
import { FOLDS, makeTwoSample } from "./two-sample.js";

export interface DetectionOptions {
  readonly random: RandomStream;
  /** What ceilings come from where no row was held out. */
  readonly halves?: TrainHalves | undefined;
  readonly onProgress?: OnProgress | undefined;
  readonly signal?: AbortSignal | undefined;
}

type Detection = Report["fidelity"]["c2st"];

/** Two tables, to be told apart on equally many rows. */
interface Comparison {
  readonly name: "train" | "holdout" | "ceiling" | "matched";
  readonly reference: ScoredTable;
  readonly sample: ScoredTable;
  readonly rowsPerSide: number;
}

/** With so many rows a side every comparison has as many, so that figures and ceilings need no matching. */
const ENOUGH_ROWS = 10_000;

/**
 * Classifier two-sample tests of the synthetic rows against training and held-out rows. The ceiling is training against
 * held-out rows, or one half of training against the other; a figure on more rows than the ceiling has is `matched` by one
 * on as many.
 */
export async function scoreDetection(tables: ScoredTables, options: DetectionOptions): Promise<Detection> {
  const { random, signal, onProgress } = options;
  const comparisons = planComparisons(tables, options.halves);
  const total = FOLDS * comparisons.length;
  let done = 0;
  const onFold = (): void => onProgress?.({ kind: "progress", stage: "detection", done: ++done, total, unit: "folds" });
  const boosting = new Map<Comparison["name"], AucEstimate>();
  const logistic = new Map<Comparison["name"], AucEstimate>();
  for (const { name, reference, sample, rowsPerSide } of comparisons) {
    const two = makeTwoSample(reference, sample, rowsPerSide, random.fork(`c2st ${name}`));
    boosting.set(name, await crossValidate(two, two.features, makeBoosting(), { signal, onFold }));
    logistic.set(name, await crossValidate(two, two.features, fitLogistic, { signal }));
  }
  return { ...figures(tables, boosting), logistic: figures(tables, logistic) };
}

/** All comparisons that have rows enough. */
function planComparisons({ train, synthetic, holdout }: ScoredTables, halves: TrainHalves | undefined): Comparison[] {
  const [left, right] = holdout === undefined ? [halves?.left, halves?.right] : [train, holdout];
  const rowsOf = (...sides: (ScoredTable | undefined)[]): number =>
    Math.min(C2ST_ROWS, ...sides.map((side) => side?.rowCount ?? 0));
  const all = rowsOf(train, synthetic);
  const ceiling = rowsOf(left, right, synthetic);
  const most = ceiling >= ENOUGH_ROWS ? ceiling : all;
  const plan: Comparison[] = [{ name: "train", reference: train, sample: synthetic, rowsPerSide: most }];
  if (holdout !== undefined) {
    plan.push({ name: "holdout", reference: holdout, sample: synthetic, rowsPerSide: ceiling });
  }
  if (left !== undefined && right !== undefined) {
    plan.push({ name: "ceiling", reference: left, sample: right, rowsPerSide: ceiling });
    if (most > ceiling) plan.push({ name: "matched", reference: train, sample: synthetic, rowsPerSide: ceiling });
  }
  return plan.filter(({ rowsPerSide }) => rowsPerSide >= MIN_C2ST_ROWS);
}

/** The figures of one classifier. */
function figures(
  { train, synthetic, holdout }: ScoredTables,
  found: ReadonlyMap<Comparison["name"], AucEstimate>,
): { train: Figure; holdout: Figure } {
  const ceiling = found.get("ceiling");
  const matched = found.get("matched");
  const parts: FigureParts =
    ceiling === undefined ? {} : { ceiling: ceiling.value, ceilingError: ceiling.error, better: "lower" };
  const figureOf = (estimate: AucEstimate | undefined, real: ScoredTable, more: FigureParts): Figure =>
    estimate === undefined
      ? tooFewRows(Math.min(real.rowCount, synthetic.rowCount))
      : aucFigure(estimate, { ...parts, ...more });
  const matchedParts = matched === undefined ? {} : { matched: matched.value, matchedError: matched.error };
  return {
    train: figureOf(found.get("train"), train, matchedParts),
    holdout:
      holdout === undefined
        ? unavailable("there are no held-out rows")
        : figureOf(found.get("holdout"), smaller(train, holdout), {}),
  };
}

function smaller(a: ScoredTable, b: ScoredTable): ScoredTable {
  return a.rowCount < b.rowCount ? a : b;
}
