import { makeRandom, type RandomStream } from "../../src/core/random.js";
import type { ColumnScore, PairScore } from "../../src/evaluate/report-schema.js";
import { normalize, similar } from "./fixture-figures.js";

/** Every pair of the columns, each with its picture; one has no score, one no picture. */
export function makePairs(columns: readonly ColumnScore[], holdout: boolean): PairScore[] {
  const random = makeRandom(99);
  return columns.flatMap((first, i) =>
    columns.slice(i + 1).map((second, offset) => makePair(first, second, i === 2 && offset === 4, holdout, random)),
  );
}

function makePair(
  first: ColumnScore,
  second: ColumnScore,
  isUnknown: boolean,
  holdout: boolean,
  random: RandomStream,
): PairScore {
  const columns: [string, string] = [first.name, second.name];
  if (isUnknown) {
    return {
      columns,
      metric: "ContingencySimilarity",
      score: { status: "unavailable", reason: "a constant column has no correlation" },
      association: { real: null, synthetic: null },
    };
  }
  const measure = measureOf(first, second);
  const strength = random.uniform() ** 3;
  const real = measure === "pearson" && random.uniform() < 0.5 ? -strength : strength;
  const change = 0.12 * (random.uniform() - 0.5);
  const synthetic = Math.max(measure === "pearson" ? -1 : 0, Math.min(1, real + change));
  return {
    columns,
    metric: measure === "pearson" ? "CorrelationSimilarity" : "ContingencySimilarity",
    score: similar(0.998 - 0.03 * random.uniform() ** 3, 0.9843, 32561, holdout),
    association: { measure, real, synthetic },
    ...(measure === "pearson" ? { spearman: { real: real * 0.9, synthetic: synthetic * 0.9 } } : {}),
    picture: makePicture(first.groups!.length, second.groups!.length, real, change, random),
  };
}

function measureOf(first: ColumnScore, second: ColumnScore): NonNullable<PairScore["association"]["measure"]> {
  const numbers = [first, second].filter((column) => column.type === "integer" || column.type === "decimal").length;
  if (numbers === 2) return "pearson";
  return numbers === 1 ? "correlationRatio" : "cramersV";
}

/** A ridge along the diagonal, as strong as the association; the synthetic one a little off. */
function makePicture(
  rows: number,
  width: number,
  strength: number,
  change: number,
  random: RandomStream,
): NonNullable<PairScore["picture"]> {
  const ridge = (slope: number) => (_: unknown, cell: number) => {
    const row = Math.floor(cell / width) / rows - 0.5;
    const column = (cell % width) / width - 0.5;
    return Math.exp(-(((row - slope * column) / 0.3) ** 2)) + 0.03 * random.uniform();
  };
  const cells = Array.from({ length: rows * width }, () => 0);
  const round = (share: number) => Math.round(share * 1e4) / 1e4;
  const real = normalize(cells.map(ridge(strength))).map(round);
  const synthetic = normalize(cells.map(ridge(strength + 3 * change))).map(round);
  return { real: real.map((share) => (share < 0.0006 ? null : share)), synthetic };
}
