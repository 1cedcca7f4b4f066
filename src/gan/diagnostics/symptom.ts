import type { TrainingAnswer, TrainingFailure, TrainingMeasures } from "./training-measures.js";

/** What one look of a phase measured. */
export interface Look extends TrainingMeasures {
  readonly step: number;
}

/** What shows that training goes wrong. */
export interface Symptom {
  /** Plain words: what was seen, against which threshold. */
  readonly message: string;
  readonly evidence: Readonly<Record<string, number>>;
}

/** One way that training fails: how it shows, and what is done about it. */
export interface Diagnosis {
  readonly failure: TrainingFailure;
  /** @param looks those of a phase since training was last changed, in order; undefined: nothing is wrong */
  examine(looks: readonly Look[]): Symptom | undefined;
  /** What to do the first time, the second time, and so on; after that nothing more helps. */
  readonly answers: readonly (readonly TrainingAnswer[])[];
  /** What a person may do, where training is not to answer by itself. */
  readonly advice: string;
}

/** Looks in a row that must show what is wrong: one bad look is noise. */
export const LOOKS_IN_A_ROW = 3;

/** Steps after which a phase's drawn rows are judged: those of an untrained generator are all bad in their own way. */
const SETTLING_STEPS = 100;

/** The looks whose drawn rows are judged. */
export function settled<Own extends Look>(looks: readonly Own[]): readonly Own[] {
  return looks.filter(({ step }) => step >= SETTLING_STEPS);
}

type Measured<Name extends keyof TrainingMeasures> = Look & Required<Pick<TrainingMeasures, Name>>;

/** The looks that have all these measures, in order. */
export function looksWith<Name extends keyof TrainingMeasures>(
  looks: readonly Look[],
  ...names: readonly Name[]
): readonly Measured<Name>[] {
  return looks.filter((look): look is Measured<Name> => names.every((name) => look[name] !== undefined));
}

/** The last three of them, of at least as many; else none. */
export function lastInARow<Own extends Look>(looks: readonly Own[]): readonly Own[] {
  return looks.length < LOOKS_IN_A_ROW ? [] : looks.slice(-LOOKS_IN_A_ROW);
}
