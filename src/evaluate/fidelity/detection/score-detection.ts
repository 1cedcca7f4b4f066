import type { OnProgress } from "../../../core/progress.js";
import type { RandomStream } from "../../../core/random.js";
import { type FigureParts, unavailable } from "../../figure.js";
import type { Figure, Report } from "../../report-schema.js";
import type { ScoredTable, ScoredTables } from "../../scored-table.js";
import type { TrainHalves } from "../../split-train.js";
import {
  type AucEstimate,
  aucFigure,
  c2stRows,
  crossValidate,
  fitLogistic,
  MIN_C2ST_ROWS,
  makeBoosting,
  tooFewRows,
  whyBelowHalf,
} from "./classifier-test.js";
import { type ComparedRows, findTellTales, withoutTellTales } from "./tell-tales.js";
import { type ColumnLosses, noteLosses } from "./telling-columns.js";
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

interface ComparisonResult extends ComparedRows {
  readonly boosting: AucEstimate;
  readonly logistic: AucEstimate;
}

/** With so many rows a side every comparison has as many, so that figures and ceilings need no matching. */
const ENOUGH_ROWS = 10_000;

/** Progress of one fold in steps; a column alone or a search for rules is one. */
const STEPS_PER_FOLD = 3;

/**
 * Classifier two-sample tests of the synthetic rows against training and held-out rows, by boosting and by logistic
 * regression, and what gives them away. The ceiling is training against held-out rows, or one half of training against
 * the other; a figure on more rows than the ceiling has is `matched` by one on as many.
 */
export async function scoreDetection(tables: ScoredTables, options: DetectionOptions): Promise<Detection> {
  const { random, signal } = options;
  const comparisons = planComparisons(tables, options.halves);
  const total = FOLDS * STEPS_PER_FOLD * comparisons.length + tables.columns.length + 2;
  const advance = makeProgress(options.onProgress, total);
  const telling = tables.holdout === undefined ? "train" : "holdout";
  const results = new Map<Comparison["name"], ComparisonResult>();
  for (const comparison of comparisons) {
    const { name } = comparison;
    const shuffling = name === telling ? random.fork("shuffled") : undefined;
    const onFold = (): void => advance(STEPS_PER_FOLD);
    results.set(name, await compare(comparison, { random: random.fork(`c2st ${name}`), shuffling, signal, onFold }));
  }
  const compared = results.get(telling);
  const tellTales =
    compared === undefined
      ? withoutTellTales(tables, "there are too few rows to compare")
      : await findTellTales(tables, compared, { random: random.fork("tell-tales"), signal, onStep: () => advance(1) });
  return { ...figures(tables, results, "boosting"), logistic: figures(tables, results, "logistic"), tellTales };
}

function makeProgress(onProgress: OnProgress | undefined, total: number): (steps: number) => void {
  let done = 0;
  return (steps) => {
    done += steps;
    onProgress?.({ kind: "progress", stage: "detection", done, total, unit: "steps" });
  };
}

interface CompareOptions {
  readonly random: RandomStream;
  /** Shuffles columns, to learn what the booster looks at; undefined: it is not asked. */
  readonly shuffling: RandomStream | undefined;
  readonly signal: AbortSignal | undefined;
  readonly onFold: () => void;
}

/** Both classifiers on the same rows and folds. */
async function compare(
  { reference, sample: other, rowsPerSide }: Comparison,
  { random, shuffling, signal, onFold }: CompareOptions,
): Promise<ComparisonResult> {
  const sample = makeTwoSample(reference, other, rowsPerSide, random);
  const losses: ColumnLosses = new Map();
  const note = shuffling === undefined ? undefined : noteLosses(losses, shuffling);
  const boosting = await crossValidate(sample, sample.features, makeBoosting(), {
    signal,
    onFold: (...fold) => {
      note?.(...fold);
      onFold();
    },
  });
  const logistic = await crossValidate(sample, sample.features, fitLogistic, { signal });
  return { boosting, logistic, sample, losses };
}

/** All comparisons that have rows enough. */
function planComparisons({ train, synthetic, holdout }: ScoredTables, halves: TrainHalves | undefined): Comparison[] {
  const [left, right] = holdout === undefined ? [halves?.left, halves?.right] : [train, holdout];
  const rowsOf = (...sides: (ScoredTable | undefined)[]): number =>
    Math.min(c2stRows(train.columns.length), ...sides.map((side) => side?.rowCount ?? 0));
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
  results: ReadonlyMap<Comparison["name"], ComparisonResult>,
  classifier: "boosting" | "logistic",
): { train: Figure; holdout: Figure } {
  const found = (name: Comparison["name"]): AucEstimate | undefined => results.get(name)?.[classifier];
  const ceiling = found("ceiling");
  const matched = found("matched");
  const parts: FigureParts =
    ceiling === undefined ? {} : { ceiling: ceiling.value, ceilingError: ceiling.error, better: "lower" };
  const figureOf = (estimate: AucEstimate | undefined, real: ScoredTable, more: FigureParts): Figure =>
    estimate === undefined
      ? tooFewRows(Math.min(real.rowCount, synthetic.rowCount))
      : aucFigure(estimate, { ...parts, ...more, reason: reasonOf(estimate) });
  // A regression sees shares only: below .5 they agree more closely than chance has it, which matching does as copying does.
  const reasonOf = (estimate: AucEstimate) => (classifier === "boosting" ? whyBelowHalf(estimate) : undefined);
  const asManyRows = matched === undefined ? {} : { matched: matched.value, matchedError: matched.error };
  return {
    train: figureOf(found("train"), train, asManyRows),
    holdout:
      holdout === undefined
        ? unavailable("there are no held-out rows")
        : figureOf(found("holdout"), smaller(train, holdout), {}),
  };
}

function smaller(a: ScoredTable, b: ScoredTable): ScoredTable {
  return a.rowCount < b.rowCount ? a : b;
}
