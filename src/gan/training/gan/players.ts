import { compile } from "../../../runtime/compile.js";
import { type Adam, makeAdam } from "../../../runtime/optimizer.js";
import { makeParameters, type Parameters } from "../../../runtime/parameters.js";
import type { Buffers, Program } from "../../../runtime/program.js";
import { momentTarget } from "../../objectives/second-moment.js";
import { makeLevelMap } from "../../techniques/level-map.js";
import { penaltyOf } from "../../techniques/penalty.js";
import { makeLevelRows } from "../level-rows.js";
import { loadWeights } from "../load-weights.js";
import { joined, ofAdam, ofArray, type Resumable } from "../resumable.js";
import type { TrainingContext } from "../training-context.js";
import { criticStepSpec } from "./critic-step.js";
import { type BatchSource, type GanBatch, makeGanBatch } from "./gan-batch.js";
import { generatorStepSpec } from "./generator-step.js";

/** One of the two: its weights, and the program and optimizer that change them. */
export interface Player {
  readonly weights: Parameters;
  readonly gradients: Parameters;
  readonly optimizer: Adam;
  readonly step: Program;
  readonly batch: GanBatch;
}

export interface Players {
  readonly generator: Player;
  readonly critic: Player;
  /** Weights and optimizers of both. */
  readonly resumable: Resumable;
  /** Sets the critic's penalty to so many times the configured one. */
  scalePenalty(factor: number): void;
  dispose(): Promise<void>;
}

/** Starting weights, optimizers and compiled steps of the two players. Throws E_RUNTIME_*. */
export async function makePlayers(source: BatchSource, context: TrainingContext): Promise<Players> {
  const { networks } = source;
  const { training, techniques } = networks.shape.config;
  const adam = { beta1: training.beta1, beta2: training.beta2, epsilon: 1e-8, decoupled: false };
  const engine = { engine: context.engine, threads: context.threads };
  const [generatorSpec, criticSpec] = [generatorStepSpec(networks), criticStepSpec(networks)];
  const makePlayer = async (name: "generator" | "critic"): Promise<Player> => {
    const weights = makeParameters(networks[name].specs);
    networks[name].initialize(weights.views, context.random.fork(name));
    const isGenerator = name === "generator";
    if (isGenerator && context.warmStart) {
      loadWeights(weights.views, Object.keys(weights.views), name, context.warmStart);
    }
    const ema = isGenerator && techniques.emaDecay > 0 ? { emaDecay: techniques.emaDecay } : {};
    const spec = isGenerator ? generatorSpec : criticSpec;
    return {
      weights,
      gradients: makeParameters(networks[name].specs),
      optimizer: makeAdam(weights.flat.length, {
        ...adam,
        ...ema,
        weightDecay: isGenerator ? training.weightDecay : 0,
      }),
      step: await compile(spec, engine),
      batch: makeGanBatch(spec.inputs, source, isGenerator ? momentsOf(source) : penaltyInput(source)),
    };
  };
  const [generator, critic] = [await makePlayer("generator"), await makePlayer("critic")];
  return {
    generator,
    critic,
    resumable: joined({
      generator: ofArray(generator.weights.flat),
      critic: ofArray(critic.weights.flat),
      generatorOptimizer: ofAdam(generator.optimizer),
      criticOptimizer: ofAdam(critic.optimizer),
    }),
    scalePenalty: (factor) => {
      for (const [name, [weight]] of Object.entries(penaltyInput(source)))
        critic.batch.inputs[name]![0] = weight! * factor;
    },
    dispose: async () => {
      await generator.step.dispose();
      await critic.step.dispose();
    },
  };
}

/** The weight of the critic's penalty, which may change while training. */
function penaltyInput({ networks }: BatchSource): Readonly<Record<string, Float32Array>> {
  const { config } = networks.shape;
  const penalty = penaltyOf(config);
  switch (penalty) {
    case "wgan-gp":
      return { penalty: Float32Array.of(config.techniques.gradientPenalty) };
    case "r1":
      return { penalty: Float32Array.of(config.techniques.r1) };
    case "none":
      return {};
    default:
      return penalty satisfies never;
  }
}

function momentsOf({ networks, train }: BatchSource): Buffers {
  const { config, fields } = networks.shape;
  if (config.techniques.momentWeight === 0) return {};
  const map = makeLevelMap(fields);
  const target = momentTarget(makeLevelRows(train, map), map, config.training.batchSize);
  return { moments: target.moments, momentWeights: target.weights };
}
