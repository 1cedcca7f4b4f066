import { criticOverfitting } from "./critic-overfitting.js";
import { describeAnswers } from "./describe-answers.js";
import { memorization } from "./memorization.js";
import { modeCollapse } from "./mode-collapse.js";
import { nonConvergence } from "./non-convergence.js";
import type { Diagnosis, Look, Symptom } from "./symptom.js";
import type {
  TrainingAnswer,
  TrainingFailure,
  TrainingFinding,
  TrainingMeasures,
  TrainingMonitor,
} from "./training-measures.js";
import { vanishingGradients } from "./vanishing-gradients.js";

/** What may go wrong; where several do at once the first is answered: causes before what follows from them. */
const DIAGNOSES: readonly Diagnosis[] = [
  vanishingGradients,
  criticOverfitting,
  memorization,
  modeCollapse,
  nonConvergence,
];

export interface MonitorOptions {
  /** Whether trainers are told what to do. */
  readonly auto: boolean;
  /** Given a finding once a failure and phase. */
  readonly find: (finding: TrainingFinding) => void;
  /** Given a sentence where a failure comes again and is answered again. */
  readonly note: (sentence: string) => void;
}

/** What a monitor remembers of one phase: plain values. */
interface PhaseMemory {
  /** Since training was last changed. */
  looks: Look[];
  /** How often each failure was answered, once it was found. */
  answered: Partial<Record<TrainingFailure, number>>;
}

/** A monitor of one training. */
export function makeTrainingMonitor(options: MonitorOptions): TrainingMonitor {
  let memory: Record<string, PhaseMemory> = {};
  return {
    look(phase, step, measures) {
      memory[phase] ??= { looks: [], answered: {} };
      const own = memory[phase];
      own.looks.push({ ...named(measures), step });
      const answers = examine(own, { phase, step }, options);
      if (answers.length > 0) own.looks = [];
      return answers;
    },
    state: () => structuredClone(memory),
    restore: (state) => {
      memory = structuredClone(state) as typeof memory;
    },
  };
}

/** Everything but norms by layer, which no diagnosis reads. */
function named(measures: TrainingMeasures): TrainingMeasures {
  return Object.fromEntries(Object.entries(measures).filter(([name]) => !name.includes(".")));
}

function examine(
  memory: PhaseMemory,
  at: { readonly phase: string; readonly step: number },
  { auto, find, note }: MonitorOptions,
): readonly TrainingAnswer[] {
  let chosen: readonly TrainingAnswer[] = [];
  for (const { failure, examine, answers, advice } of DIAGNOSES) {
    const symptom = examine(memory.looks);
    if (symptom === undefined) continue;
    const times = memory.answered[failure];
    const own = auto ? (answers[times ?? 0] ?? []) : [];
    const isAnswered = chosen.length === 0 && own.length > 0;
    if (isAnswered) chosen = own;
    memory.answered[failure] = (times ?? 0) + (isAnswered ? 1 : 0);
    const answer = isAnswered
      ? describeAnswers(own)
      : chosen.length > 0
        ? `see above: ${describeAnswers(chosen)}`
        : advice;
    if (times === undefined) find({ failure, ...at, ...symptom, answer });
    else if (isAnswered) note(again(failure, at, symptom, answer));
  }
  return chosen;
}

function again(
  failure: TrainingFailure,
  { phase, step }: { readonly phase: string; readonly step: number },
  { message }: Symptom,
  answer: string,
): string {
  return `${phase}: ${failure} again at step ${step}: ${message}. ${answer}`;
}
