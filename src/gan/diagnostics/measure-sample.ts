import type { RandomStream } from "../../core/random.js";
import type { EncodedTable } from "../../encode/field.js";
import type { TrainingOverlay } from "../trained-generator.js";
import { countCodes, type FieldCounts, lostShare, meanEntropyRatio, shapeDifference } from "./field-measures.js";
import type { MeteredData } from "./metered-data.js";
import { coverageOf, dcrShareOf, neighborRadii, packedAucOf, pairDistances } from "./neighbor-measures.js";
import { makeOverlays } from "./overlays.js";
import { choosePairs, classColumns, classesOfCodes, pairDifference, pairEntropyRatio } from "./pair-measures.js";
import { makeProbeSpace, type ProbeRows, type ProbeSpace } from "./probe-space.js";
import type { TrainingMeasures } from "./training-measures.js";

/** Rows that a look draws, and real rows of each kind that they are compared with, at most. */
const MAX_ROWS = 1000;

/** Of these, rows that distances are taken between. */
const MAX_DISTANCE_ROWS = 500;

/** What is measured on drawn rows: always all of it. */
export type SampleMeasures = Required<
  Pick<
    TrainingMeasures,
    | "shapeError"
    | "shapeFloor"
    | "pairError"
    | "pairFloor"
    | "lostLevels"
    | "entropyRatio"
    | "duplicateShare"
    | "realDuplicateShare"
    | "coverage"
    | "realCoverage"
    | "packedAuc"
    | "dcrShare"
    | "dcrShareError"
  >
>;

/** Measures drawn rows against the same real rows at every look. */
export interface SampleMeter {
  /** Rows that a look should draw, so that floors are those of as many rows. */
  readonly rows: number;
  measure(drawn: EncodedTable): SampleMeasures;
  /** What drawn rows look like beside real ones, field by field, at one step. */
  overlay(phase: string, step: number, drawn: EncodedTable): readonly TrainingOverlay[];
}

/** A meter of drawn rows; deterministic, some milliseconds a look. What real rows give is computed once. */
export function makeSampleMeter(data: MeteredData, random: RandomStream): SampleMeter {
  const rows = Math.min(MAX_ROWS, data.train.rowCount);
  const chosen = (table: EncodedTable, label: string) => random.fork(label).permutation(table.rowCount);
  const isOrdered = (field: number) => data.features?.[field] !== undefined;
  const space = makeProbeSpace(data.fields, data.train, isOrdered, random.fork("fields"));
  const training = space.probe(data.train, chosen(data.train, "train").subarray(0, rows));
  const validation = space.probe(data.validation, chosen(data.validation, "validation").subarray(0, MAX_ROWS));
  const real = prepare(space, training, validation, random.fork("pairs"));
  const own = measureAgainst(real, viewRows(real, training));
  return {
    rows,
    overlay: makeOverlays(data, space),
    measure(table) {
      const drawn = viewRows(real, space.probe(table));
      const { shapeError, pairError, coverage, duplicateShare } = own;
      return {
        ...measureAgainst(real, drawn),
        shapeFloor: shapeError,
        pairFloor: pairError,
        realDuplicateShare: duplicateShare,
        realCoverage: coverage,
        ...judgeAgainst(real, drawn),
      };
    },
  };
}

/** What real rows give, once. */
interface RealSide {
  readonly space: ProbeSpace;
  readonly training: ProbeRows;
  readonly trainingCounts: FieldCounts;
  readonly validationCounts: FieldCounts;
  /** Of both kinds. */
  readonly counts: FieldCounts;
  readonly rowCount: number;
  readonly pairs: readonly (readonly [number, number])[];
  readonly classesOf: (rows: ProbeRows) => readonly Uint8Array[];
  readonly trainingClasses: readonly Uint8Array[];
  readonly validationClasses: readonly Uint8Array[];
  readonly balls: ProbeRows;
  readonly radii: Float64Array;
  readonly pairDistances: Float64Array;
}

function prepare(space: ProbeSpace, training: ProbeRows, validation: ProbeRows, random: RandomStream): RealSide {
  const trainingCounts = countCodes(training, space.levels);
  const validationCounts = countCodes(validation, space.levels);
  const counts = trainingCounts.map((own, field) => own.map((count, code) => count + validationCounts[field]![code]!));
  const classes = classesOfCodes(counts);
  const classesOf = (rows: ProbeRows) => classColumns(rows, classes);
  const balls = firstRows(validation, space);
  return {
    space,
    training,
    trainingCounts,
    validationCounts,
    counts,
    rowCount: training.rowCount + validation.rowCount,
    pairs: choosePairs(space.levels.length, random),
    classesOf,
    trainingClasses: classesOf(training),
    validationClasses: classesOf(validation),
    balls,
    radii: neighborRadii(balls, space),
    pairDistances: pairDistances(training, space),
  };
}

/** Rows as the measures see them, each view made once. */
interface RowViews {
  readonly rows: ProbeRows;
  readonly counts: FieldCounts;
  readonly classes: readonly Uint8Array[];
  /** Those that distances are taken from. */
  readonly near: ProbeRows;
}

function viewRows({ space, classesOf }: RealSide, rows: ProbeRows): RowViews {
  return { rows, counts: countCodes(rows, space.levels), classes: classesOf(rows), near: firstRows(rows, space) };
}

/** What is measured of training rows as well: the floors. */
function measureAgainst(real: RealSide, { rows, counts, classes, near }: RowViews) {
  return {
    shapeError: shapeDifference(counts, real.validationCounts),
    pairError: pairDifference(classes, real.validationClasses, real.pairs),
    duplicateShare: duplicateShareOf(rows),
    coverage: coverageOf(near, real.balls, real.radii, real.space),
  };
}

function judgeAgainst(real: RealSide, { rows, counts, classes, near }: RowViews) {
  const probed = Math.min(real.balls.rowCount, real.training.rowCount);
  const [training, validation] = [real.training, real.balls].map((rows) => firstRows(rows, real.space, probed));
  return {
    lostLevels: lostShare(counts, rows.rowCount, real.counts, real.rowCount),
    // Rows that are merely bad have all of the one or more of the other.
    entropyRatio: Math.min(
      meanEntropyRatio(counts, real.trainingCounts),
      pairEntropyRatio(classes, real.trainingClasses, real.pairs),
    ),
    packedAuc: packedAucOf(rows, real.pairDistances, real.space),
    ...dcrShareOf(near, training!, validation!, real.space),
  };
}

function firstRows(rows: ProbeRows, space: ProbeSpace, most = MAX_DISTANCE_ROWS): ProbeRows {
  const rowCount = Math.min(most, rows.rowCount);
  return {
    rowCount,
    codes: rows.codes.map((codes) => codes.subarray(0, rowCount)),
    points: rows.points.subarray(0, rowCount * space.dimensions),
  };
}

/** Share of rows that equal another of them, code by code, 0..1. */
function duplicateShareOf({ rowCount, codes }: ProbeRows): number {
  const seen = new Map<string, number>();
  for (let row = 0; row < rowCount; row++) {
    const key = codes.map((column) => column[row]!).join();
    seen.set(key, (seen.get(key) ?? 0) + 1);
  }
  let equal = 0;
  for (const count of seen.values()) if (count > 1) equal += count;
  return equal / rowCount;
}
