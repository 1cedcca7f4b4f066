import type { RandomStream } from "../../../core/random.js";
import type { Buffers } from "../../../runtime/program.js";
import type { GanConfig } from "../../config.js";
import type { Player, Players } from "./players.js";

/** What the diagnostics may change while training. */
export interface Pace {
  readonly generatorRate: number;
  readonly criticRate: number;
  /** Critic steps a generator step; below 1: one critic step in so many generator steps. */
  readonly criticSteps: number;
  /** Times the configured penalty. */
  readonly penalty: number;
}

/** What a round measured: losses, norms of both gradients, the critic's scores of its last batch. */
export interface RoundMeasures {
  readonly losses: Readonly<Record<string, number>>;
  /** [packs] each; the program's own memory. */
  readonly real: Float32Array;
  readonly fake: Float32Array;
}

/**
 * One generator step after the critic's. `step` counts from 1, `progress` goes from 0 to 1.
 */
export async function playRound(
  players: Players,
  config: GanConfig,
  pace: Pace,
  at: { readonly step: number; readonly progress: number },
  random: RandomStream,
): Promise<RoundMeasures> {
  const { generator, critic } = players;
  const parameters: Buffers = { ...generator.weights.views, ...critic.weights.views };
  const dueBefore = Math.floor((at.step - 1) * pace.criticSteps + 1e-9);
  const due = Math.max(at.step === 1 ? 1 : 0, Math.floor(at.step * pace.criticSteps + 1e-9) - dueBefore);
  let judged: Record<string, number> = {};
  let scores: Pick<RoundMeasures, "real" | "fake"> = { real: new Float32Array(0), fake: new Float32Array(0) };
  for (let i = 0; i < due; i++) {
    const { outputs, gradientNorm } = await playStep(critic, parameters, pace.criticRate, at.progress, random);
    if (config.objective === "wgan") clip(critic.weights.flat, config.techniques.clipValue);
    judged = {
      criticLoss: outputs.loss![0]!,
      ...scalar("criticPenalty", outputs.penalty),
      criticGradientNorm: gradientNorm,
    };
    scores = { real: outputs.real as Float32Array, fake: outputs.fake as Float32Array };
  }
  const { outputs, gradientNorm } = await playStep(generator, parameters, pace.generatorRate, at.progress, random);
  const { loss, ...others } = outputs;
  const added = Object.entries(others).map(([name, value]) => [name, value[0]!]);
  const losses = {
    ...judged,
    generatorLoss: loss![0]!,
    ...Object.fromEntries(added),
    generatorGradientNorm: gradientNorm,
  };
  return { losses, ...scores };
}

async function playStep(player: Player, parameters: Buffers, rate: number, progress: number, random: RandomStream) {
  player.batch.fill(progress, random);
  const outputs = await player.step.run(parameters, player.batch.inputs, player.gradients.views);
  const { gradientNorm } = player.optimizer.step(player.weights.flat, player.gradients.flat, rate);
  return { outputs, gradientNorm };
}

function scalar(name: string, value: Buffers[string] | undefined): Record<string, number> {
  return value === undefined ? {} : { [name]: value[0]! };
}

/** Weight clipping (Arjovsky et al. 2017, arXiv:1701.07875, algorithm 1). */
function clip(weights: Float32Array, bound: number): void {
  for (let i = 0; i < weights.length; i++) weights[i] = Math.max(-bound, Math.min(bound, weights[i]!));
}
