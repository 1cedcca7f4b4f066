import type { ColumnScore, Figure, Report, TellTales } from "./report-schema.js";

type Level = Report["verdict"]["level"];
type Ceilings = Report["tables"]["ceilings"];

/** A sentence of the verdict and how good what it says is. */
interface Finding {
  readonly level: Level;
  readonly sentence: string;
}

/** Distance of a similarity from its ceiling up to which it is good, and up to which it is no defect. */
const SCORE_GAPS = [0.02, 0.07] as const;
/** The same from 1, where no ceiling says how much of the distance is chance. */
const UNKNOWN_CEILING_GAPS = [0.02, 0.15] as const;
/** The same for the AUC of telling synthetic rows from real ones. */
const DETECTION_LIMITS = [0.6, 0.75] as const;
/** Below this AUC copies stand on both sides of a fold. */
const DETECTION_COPIES = 0.45;
/** Share of a real-trained model's advantage that must be kept to be good, and to be no defect. */
const UTILITY_KEPT = [0.9, 0.7] as const;
/** A share of rows nearer to training that is below this cannot come of learning from training. */
const NEARER_TO_HOLDOUT = 0.45;
/** Difference in the share of missing values that is worth a sentence. */
const MISSING_GAP = 0.02;
/** The same, from which it is a defect. */
const MISSING_DEFECT = 0.1;
/** Standard errors that it must have beside: the largest of many columns' differences is looked at. */
const MISSING_NOISE = 3.5;

/**
 * What the report says, in three to six sentences for somebody who is no statistician. The level is that of the worst
 * finding; without held-out rows it is "caution" at best, since nothing is known about copying.
 */
export function makeVerdict(report: Omit<Report, "verdict">): Report["verdict"] {
  const { fidelity, tables } = report;
  const findings = [
    differenceFinding(tables.differences ?? []),
    similarityFinding(fidelity.columnShapes, "Single columns", worstColumn(report), tables.ceilings),
    similarityFinding(fidelity.pairTrends, "Relations between pairs of columns", worstPair(report), tables.ceilings),
    detectionFinding(fidelity.c2st, tables.ceilings),
    utilityFinding(report.utility, tables.ceilings),
    missingFinding(report),
    privacyFinding(report),
  ].filter((finding) => finding !== undefined);
  const levels = findings.map((finding) => finding.level);
  const level = levels.includes("bad") ? "bad" : levels.includes("caution") ? "caution" : "good";
  return { level, sentences: findings.map((finding) => finding.sentence) };
}

/** Columns that are named in a sentence, at most. */
const NAMED_COLUMNS = 3;

function differenceFinding(differences: NonNullable<Report["tables"]["differences"]>): Finding | undefined {
  const lost = differences.filter(({ problem }) => problem !== "only in synthetic");
  if (lost.length === 0) return undefined;
  const named = lost.slice(0, NAMED_COLUMNS).map(({ name }) => `"${name}"`);
  const more = lost.length - named.length;
  const list = more === 0 ? named.join(", ") : `${named.join(", ")} and ${more} more`;
  const [count, them] = lost.length === 1 ? ["One column", "it"] : [`${lost.length} columns`, "them"];
  return {
    level: "caution",
    sentence: `${count} could not be compared, since a table lacks ${them} or has values of another kind: ${list}.`,
  };
}

function similarityFinding(
  figure: Figure,
  what: string,
  worst: string | undefined,
  ceilings: Ceilings,
): Finding | undefined {
  if (figure.value === undefined) {
    return what.startsWith("Single")
      ? { level: "bad", sentence: `${what} could not be compared: ${figure.reason}.` }
      : undefined;
  }
  const gap = (figure.ceiling ?? 1) - (figure.matched ?? figure.value);
  const limits = figure.ceiling === undefined ? UNKNOWN_CEILING_GAPS : SCORE_GAPS;
  const level = gap <= limits[0] ? "good" : gap <= limits[1] ? "caution" : "bad";
  const detail = level === "good" || worst === undefined ? "" : `; furthest off is ${worst}`;
  return {
    level,
    sentence: `${what} match the real ones within ${percent(1 - figure.value)}${reference(figure, ceilings)}${detail}.`,
  };
}

function reference(figure: Figure, ceilings: Ceilings): string {
  if (figure.ceiling === undefined) return "";
  const real = ceilings === "split" ? "one half of the real rows matches the other" : "held-out real rows match";
  const held = `${real} within ${percent(1 - figure.ceiling)}`;
  const same = figure.matched === undefined ? "" : `, as many synthetic rows within ${percent(1 - figure.matched)}`;
  const closer = figure.aboveCeiling === "beyond noise" ? "; closer than chance brings other real rows" : "";
  return `; ${held}${same}${closer}`;
}

function worstColumn(report: Omit<Report, "verdict">): string | undefined {
  const worst = lowest(report.fidelity.columns.map((column) => column.score));
  return worst === undefined ? undefined : `"${report.fidelity.columns[worst]!.name}"`;
}

function worstPair(report: Omit<Report, "verdict">): string | undefined {
  const worst = lowest(report.fidelity.pairs.map((pair) => pair.score));
  if (worst === undefined) return undefined;
  const [a, b] = report.fidelity.pairs[worst]!.columns;
  return `"${a}" with "${b}"`;
}

function lowest(figures: readonly Figure[]): number | undefined {
  let worst: number | undefined;
  figures.forEach((figure, at) => {
    if (figure.value === undefined) return;
    if (worst === undefined || figure.value < figures[worst]!.value!) worst = at;
  });
  return worst;
}

function detectionFinding(
  { train, holdout, tellTales }: Report["fidelity"]["c2st"],
  ceilings: Ceilings,
): Finding | undefined {
  const figure = holdout.value === undefined ? train : holdout;
  if (figure.value === undefined) return undefined;
  if (isBelowGuessing(figure) || isBelowGuessing(train)) {
    const sentence =
      "A program trained to tell synthetic rows from real ones does worse than guessing: many rows stand in both tables, or several times in one, as copies do.";
    return { level: "caution", sentence };
  }
  const level = figure.value <= DETECTION_LIMITS[0] ? "good" : figure.value <= DETECTION_LIMITS[1] ? "caution" : "bad";
  const rows = holdout.value === undefined ? "a training row" : "a real row it has not been made from";
  const real = ceilings === "split" ? "two halves of the real table" : "two real tables";
  const ceiling = figure.ceiling === undefined ? "" : `; for ${real} it is ${percent(figure.ceiling)}`;
  const column = level === "good" ? undefined : tellTales?.columns.find(isTelling)?.name;
  const most = column === undefined ? "" : `; the column "${column}" tells most`;
  const sentence = `Shown a synthetic row and ${rows}, a program trained for it picks the synthetic one in ${percent(figure.value)} of cases; guessing is 50 %${ceiling}${most}.`;
  return { level, sentence };
}

/** Shuffled or alone, by more than chance. */
function isTelling({ importance, alone }: TellTales["columns"][number]): boolean {
  return (importance.low ?? 0) > 0 || (alone.low ?? 0) > 0.5;
}

/** By more than chance, in few rows. */
function isBelowGuessing({ value, high }: Figure): boolean {
  return value !== undefined && value < DETECTION_COPIES && (high ?? value) < 0.5;
}

function utilityFinding(
  { target, metric, synthetic, real, baseline }: Report["utility"],
  ceilings: Ceilings,
): Finding | undefined {
  if (synthetic.value === undefined || real.value === undefined || baseline.value === undefined) return undefined;
  const advantage = real.value - baseline.value;
  const figures = `${metric} ${synthetic.value.toFixed(3)} instead of ${real.value.toFixed(3)}, knowing nothing gives ${baseline.value}`;
  if (advantage <= Math.max(0.02, (real.high ?? real.value) - real.value)) {
    return {
      level: "good",
      sentence: `The column "${target}" can hardly be predicted from the others, from real rows neither (${figures}).`,
    };
  }
  if (ceilings === "split" && (synthetic.low ?? 0) > (real.high ?? 1)) {
    return {
      level: "caution",
      sentence: `A model trained on the synthetic rows predicts "${target}" better than one trained on real rows (${figures}), as copies of the rows tested on would make it.`,
    };
  }
  const kept = (synthetic.value - baseline.value) / advantage;
  const level = kept >= UTILITY_KEPT[0] ? "good" : kept >= UTILITY_KEPT[1] ? "caution" : "bad";
  const word = level === "good" ? "nearly as well as" : level === "caution" ? "less well than" : "much less well than";
  const same = kept >= 1 ? "as well as" : word;
  return {
    level,
    sentence: `A model trained on the synthetic rows predicts "${target}" in real rows ${same} one trained on real rows (${figures}).`,
  };
}

function missingFinding(report: Omit<Report, "verdict">): Finding | undefined {
  const gaps = report.fidelity.columns.map(({ missing }) => {
    const gap = Math.abs(missing.real - missing.synthetic);
    return gap > MISSING_NOISE * missingError(missing, report.tables) ? gap : 0;
  });
  const largest = Math.max(0, ...gaps);
  if (largest <= MISSING_GAP) return undefined;
  const { name, missing } = report.fidelity.columns[gaps.indexOf(largest)]!;
  const sentence = `Missing values differ: "${name}" lacks ${percent(missing.synthetic)} of its values, in the training table ${percent(missing.real)}.`;
  return { level: largest >= MISSING_DEFECT ? "bad" : "caution", sentence };
}

/** Standard error of the difference of two shares that are the same in truth. */
function missingError(missing: ColumnScore["missing"], tables: Report["tables"]): number {
  const { train, synthetic } = tables;
  const share = (missing.real * train.rows + missing.synthetic * synthetic.rows) / (train.rows + synthetic.rows);
  return Math.sqrt(share * (1 - share) * (1 / train.rows + 1 / synthetic.rows));
}

function privacyFinding(report: Omit<Report, "verdict">): Finding {
  const { release, privacy } = report;
  if (privacy.dcrShare.value === undefined) {
    const reason = privacy.dcrShare.reason ?? "the comparison was not made";
    return { level: "caution", sentence: `Whether rows were copied is not known: ${reason}.` };
  }
  const share = `${percent(privacy.dcrShare.value)} of the synthetic rows are nearer to a training row than to a held-out one, where copying nothing gives 50 %`;
  if ((privacy.dcrShare.high ?? privacy.dcrShare.value) < NEARER_TO_HOLDOUT) {
    return { level: "caution", sentence: `Only ${share}: were they made from the held-out rows?` };
  }
  if (release.shareable) return { level: "good", sentence: `No sign of copied records: ${share}.` };
  const [first, ...others] = release.failures;
  const more = others.length === 0 ? "" : ` (and ${others.length} more)`;
  return { level: "bad", sentence: `Do not share this table. ${first?.message ?? share}${more}` };
}

/** .0052 as "0.52 %", .123 as "12.3 %". */
function percent(share: number): string {
  const points = share * 100;
  return `${points.toFixed(Math.abs(points) < 2 ? 2 : 1)} %`;
}
