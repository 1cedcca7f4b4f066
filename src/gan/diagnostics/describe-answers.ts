import type { TrainingAnswer } from "./training-measures.js";

/** What a trainer was told to do, in plain words: "went back to the best checkpoint, both learning rates x 0.1". */
export function describeAnswers(answers: readonly TrainingAnswer[]): string {
  return answers.map(describe).join("; ");
}

function describe(answer: TrainingAnswer): string {
  switch (answer.kind) {
    case "scale-rates":
      return scaledRates(answer);
    case "scale-critic-steps":
      return `critic steps a generator step x ${answer.factor}`;
    case "scale-penalty":
      return `the critic's penalty x ${answer.factor}`;
    case "restart":
      return `went back to the best checkpoint${answer.rates === 1 ? "" : `, learning rates x ${answer.rates}`}`;
    case "stop":
      return "stopped; the best weights so far are kept";
    default:
      return answer satisfies never;
  }
}

function scaledRates({ generator, critic }: Extract<TrainingAnswer, { kind: "scale-rates" }>): string {
  if (generator === critic) return `both learning rates x ${generator}`;
  if (generator === 1) return `the critic's learning rate x ${critic}`;
  return critic === 1
    ? `the generator's learning rate x ${generator}`
    : `learning rates x ${generator} (generator) and x ${critic} (critic)`;
}
