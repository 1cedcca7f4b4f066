import { throwIfAborted, trainingError } from "../../core/errors.js";
import type { RandomStream } from "../../core/random.js";
import type { EncodedTable, Field } from "../../encode/field.js";
import { compile } from "../../runtime/compile.js";
import { type Adam, makeAdam } from "../../runtime/optimizer.js";
import { makeParameters, type Parameters } from "../../runtime/parameters.js";
import type { Buffers, Program, TensorSpecs } from "../../runtime/program.js";
import type { CtganConfig } from "../config.js";
import { initializeLinear } from "../networks/critic-network.js";
import { type CtganShape, ctganParameters, statisticsSpecs } from "../networks/ctgan-generator.js";
import { initializePackedCritic, packedCriticParameters } from "../networks/packed-critic.js";
import {
  type ConditionSpace,
  makeConditionSampler,
  makeConditionSpace,
  makeRowsByLevel,
} from "../techniques/condition-sampler.js";
import {
  batchInputs,
  type CtganBatchSource,
  fillCriticBatch,
  fillGeneratorBatch,
  makeCriticBatch,
  makeGeneratorBatch,
} from "./ctgan-batch.js";
import { criticStepSpec, generatorStepSpec, packShape, populationSpec } from "./ctgan-steps.js";
import type { TrainingContext } from "./training-context.js";

/** Batches over which the population's means and variances are taken after training. */
const STATISTICS_BATCHES = 40;

export interface TrainedCtgan {
  readonly shape: CtganShape;
  readonly space: ConditionSpace;
  readonly generator: Parameters;
  /** Batch normalization's population statistics, so that a sampled row does not depend on its neighbours. */
  readonly statistics: Parameters;
}

/** Trains CTGAN (Xu et al. 2019, arXiv:1907.00503): WGAN-GP over packed rows, training by sampling, Adam. */
export async function trainCtgan(
  fields: readonly Field[],
  encoded: EncodedTable,
  config: CtganConfig,
  context: TrainingContext,
): Promise<TrainedCtgan> {
  const space = makeConditionSpace(fields, encoded);
  const shape: CtganShape = { fields, latent: config.latent, condition: space.width, widths: config.generatorWidths };
  const machine = await makeMachine(shape, config, context);
  const sampler = makeConditionSampler(space, (share) => Math.log(share * encoded.rowCount + 1));
  const rowsByLevel = makeRowsByLevel(space, encoded);
  const batches = makeBatches({ encoded, space, sampler, rowsByLevel, shape, config }, context.random.fork("ctgan"));
  const epochSteps = Math.max(1, Math.floor(encoded.rowCount / config.batchSize));
  const steps = Math.min(Math.ceil(config.epochs * epochSteps), context.maxSteps ?? Number.POSITIVE_INFINITY);
  for (let step = 1; step <= steps && !context.outOfTime(); step++) {
    throwIfAborted(context.signal);
    const measures = await oneStep(machine, batches, config);
    if (!Number.isFinite(measures.criticLoss + measures.generatorLoss)) {
      throw trainingError("E_TRAIN_DIVERGED", `a loss of CTGAN is not a number at step ${step}`, {
        hint: "lower model.learningRate",
      });
    }
    if (step % epochSteps === 0 || step === steps) {
      context.record({ phase: "ctgan", step, ...measures });
      const quality = `critic ${measures.criticLoss.toFixed(2)}, generator ${measures.generatorLoss.toFixed(2)}`;
      context.onProgress({ kind: "progress", stage: "ctgan", done: step, total: steps, unit: "steps", quality });
    }
  }
  const statistics = await populationStatistics(shape, config, machine, batches, context);
  await machine.criticStep.dispose();
  await machine.generatorStep.dispose();
  return { shape, space, generator: machine.generator, statistics };
}

/** The steps' inputs, drawn anew at each call. */
interface Batches {
  readonly forCritic: () => Buffers;
  readonly forGenerator: () => Buffers;
}

function makeBatches(source: CtganBatchSource, random: RandomStream): Batches {
  const criticBatch = makeCriticBatch(source.shape, source.config);
  const generatorBatch = makeGeneratorBatch(source.shape, source.config);
  const [criticInputs, generatorInputs] = [batchInputs(criticBatch), batchInputs(generatorBatch)];
  return {
    forCritic: () => {
      fillCriticBatch(criticBatch, source, random);
      return criticInputs;
    },
    forGenerator: () => {
      fillGeneratorBatch(generatorBatch, source, random);
      return generatorInputs;
    },
  };
}

/** Weights, gradients, optimizers and compiled steps of the two players. */
interface Machine {
  readonly generator: Parameters;
  readonly generatorGradients: Parameters;
  readonly critic: Parameters;
  readonly criticGradients: Parameters;
  readonly generatorOptimizer: Adam;
  readonly criticOptimizer: Adam;
  readonly criticStep: Program;
  readonly generatorStep: Program;
}

async function makeMachine(shape: CtganShape, config: CtganConfig, context: TrainingContext): Promise<Machine> {
  const generatorSpecs = ctganParameters(shape);
  const packs = packShape(shape, config);
  const criticSpecs = packedCriticParameters(packs, config.criticWidths);
  const generator = makeParameters(generatorSpecs);
  const critic = makeParameters(criticSpecs);
  initializeGenerator(generator, generatorSpecs, context.random.fork("generator"));
  initializePackedCritic(critic.views, criticSpecs, packs, context.random.fork("critic"));
  const adam = { beta1: config.beta1, beta2: config.beta2, epsilon: 1e-8, decoupled: false };
  const engine = { engine: context.engine, threads: context.threads };
  return {
    generator,
    critic,
    generatorGradients: makeParameters(generatorSpecs),
    criticGradients: makeParameters(criticSpecs),
    generatorOptimizer: makeAdam(generator.flat.length, { ...adam, weightDecay: config.weightDecay }),
    criticOptimizer: makeAdam(critic.flat.length, { ...adam, weightDecay: 0 }),
    criticStep: await compile(criticStepSpec(shape, config, generatorSpecs, criticSpecs), engine),
    generatorStep: await compile(generatorStepSpec(shape, config, generatorSpecs, criticSpecs), engine),
  };
}

/** PyTorch's defaults: linear layers uniform in +-1/sqrt(inputs), BatchNorm's gain 1 and shift 0. */
function initializeGenerator(generator: Parameters, specs: TensorSpecs, random: RandomStream): void {
  initializeLinear(generator.views, specs, random);
  for (const [name, values] of Object.entries(generator.views)) {
    if (name.startsWith("generator.gain")) values.fill(1);
    if (name.startsWith("generator.shift")) values.fill(0);
  }
}

async function oneStep(machine: Machine, batches: Batches, config: CtganConfig) {
  const parameters = { ...machine.generator.views, ...machine.critic.views };
  let criticLoss = 0;
  let criticNorm = 0;
  for (let i = 0; i < config.criticSteps; i++) {
    const outputs = await machine.criticStep.run(parameters, batches.forCritic(), machine.criticGradients.views);
    criticLoss = outputs.loss![0]!;
    criticNorm = machine.criticOptimizer.step(
      machine.critic.flat,
      machine.criticGradients.flat,
      config.learningRate,
    ).gradientNorm;
  }
  const inputs = batches.forGenerator();
  const outputs = await machine.generatorStep.run(parameters, inputs, machine.generatorGradients.views);
  const { gradientNorm } = machine.generatorOptimizer.step(
    machine.generator.flat,
    machine.generatorGradients.flat,
    config.learningRate,
  );
  return {
    criticLoss,
    generatorLoss: outputs.loss![0]!,
    conditionLoss: outputs.conditionLoss![0]!,
    criticGradientNorm: criticNorm,
    generatorGradientNorm: gradientNorm,
  };
}

async function populationStatistics(
  shape: CtganShape,
  config: CtganConfig,
  machine: Machine,
  batches: Batches,
  context: TrainingContext,
): Promise<Parameters> {
  const statistics = makeParameters(statisticsSpecs(shape));
  const program = await compile(populationSpec(shape, config, ctganParameters(shape)), {
    engine: context.engine,
    threads: context.threads,
  });
  for (let i = 0; i < STATISTICS_BATCHES; i++) {
    const outputs = await program.run(machine.generator.views, batches.forGenerator());
    for (const [name, values] of Object.entries(statistics.views)) {
      for (let j = 0; j < values.length; j++) values[j]! += outputs[name]![j]! / STATISTICS_BATCHES;
    }
  }
  await program.dispose();
  return statistics;
}
