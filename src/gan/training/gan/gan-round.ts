import type { RandomStream } from "../../../core/random.js";
import type { Buffers } from "../../../runtime/program.js";
import type { GanConfig } from "../../config.js";
import { criticStepsDue } from "../pace.js";
import type { GanCourse } from "./gan-course.js";
import type { Player, Players } from "./players.js";

/** What a round measured. */
export interface Round {
  /** Losses, mean scores and norms of the gradients. */
  readonly measures: Readonly<Record<string, number>>;
  /** The critic's scores of its last batch, [packs] each: the program's own memory. Absent where no critic step was due. */
  readonly scores?: { readonly real: Float32Array; readonly fake: Float32Array };
}

/** The critic's steps that are due, then one of the generator. */
export async function playRound(
  players: Players,
  config: GanConfig,
  course: GanCourse,
  progress: number,
  random: RandomStream,
): Promise<Round> {
  const { generator, critic } = players;
  const parameters: Buffers = { ...generator.weights.views, ...critic.weights.views };
  let judged: Pick<Round, "scores" | "measures"> = { measures: {} };
  players.scalePenalty(course.penalty);
  for (let due = criticStepsDue(course, course.step); due > 0; due--) {
    const { outputs, gradientNorm } = await playStep(critic, parameters, course.criticRate, progress, random);
    if (config.objective === "wgan") clip(critic.weights.flat, config.techniques.clipValue);
    judged = readCritic(outputs, gradientNorm);
  }
  const { outputs, gradientNorm } = await playStep(generator, parameters, course.generatorRate, progress, random);
  const { loss, ...added } = outputs;
  const others = Object.entries(added).map(([name, value]) => [name, value[0]!]);
  return {
    ...judged,
    measures: {
      ...judged.measures,
      generatorLoss: loss![0]!,
      ...Object.fromEntries(others),
      generatorGradientNorm: gradientNorm,
    },
  };
}

function readCritic(outputs: Buffers, criticGradientNorm: number): Pick<Round, "scores" | "measures"> {
  const { loss, penalty } = outputs;
  const [real, fake] = [outputs.real as Float32Array, outputs.fake as Float32Array];
  return {
    scores: { real, fake },
    measures: {
      criticLoss: loss![0]!,
      ...(penalty && { criticPenalty: penalty[0]! }),
      criticReal: meanOf(real),
      criticFake: meanOf(fake),
      criticGradientNorm,
    },
  };
}

async function playStep(player: Player, parameters: Buffers, rate: number, progress: number, random: RandomStream) {
  player.batch.fill(progress, random);
  const outputs = await player.step.run(parameters, player.batch.inputs, player.gradients.views);
  const { gradientNorm } = player.optimizer.step(player.weights.flat, player.gradients.flat, rate);
  return { outputs, gradientNorm };
}

function meanOf(values: Float32Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Weight clipping (Arjovsky et al. 2017, arXiv:1701.07875, algorithm 1). */
function clip(weights: Float32Array, bound: number): void {
  for (let i = 0; i < weights.length; i++) weights[i] = Math.max(-bound, Math.min(bound, weights[i]!));
}
