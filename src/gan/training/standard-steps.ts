import { makeRandom, type RandomStream } from "../../core/random.js";
import type { EncodedTable, Field } from "../../encode/field.js";
import { type AdamOptions, makeAdam } from "../../runtime/optimizer.js";
import { makeParameters, type Parameters } from "../../runtime/parameters.js";
import type { Buffers, ProgramSpec, TensorSpecs } from "../../runtime/program.js";
import { tf } from "../../runtime/tf.js";
import { makeGanNetworks } from "../architectures/gan-networks.js";
import { completionLogits, completionParameters } from "../networks/completion-network.js";
import { initializeLinear } from "../networks/critic-network.js";
import { maskedCrossEntropy } from "../objectives/masked-cross-entropy.js";
import { PRESETS } from "../presets.js";
import { planConditions } from "../techniques/condition-plan.js";
import { makeLevelMap } from "../techniques/level-map.js";
import { makeTrainingConditions } from "../techniques/training-conditions.js";
import { completionBatchSpecs, fillCompletionBatch, makeCompletionBatch } from "./completion-batch.js";
import { criticStepSpec } from "./gan/critic-step.js";
import { type BatchSource, makeGanBatch } from "./gan/gan-batch.js";
import { generatorStepSpec } from "./gan/generator-step.js";
import { makeLevelRows } from "./level-rows.js";

/** One program of a training step at a fixed size, for benchmarks: batch, gradients and update. */
export interface StandardStep {
  readonly spec: ProgramSpec;
  readonly parameters: Parameters;
  readonly gradients: Parameters;
  /** Draws the next batch. */
  readonly nextBatch: () => Buffers;
  /** Updates the trained parameters. */
  readonly update: () => void;
}

/** Rows of the tables that the standard steps draw from. */
const TABLE_ROWS = 10_000;

/** The balanced preset's completion step: 577 levels in 15 fields (as many as adult has), batch 500. */
export function standardCompletionStep(): StandardStep {
  const random = makeRandom(1);
  const fields = Array.from({ length: 15 }, (_, i) => discrete(`field ${i}`, i === 0 ? 45 : 38));
  const { network, completion } = PRESETS.balanced.model;
  const map = makeLevelMap(fields);
  const specs = completionParameters({ fields: map.fields, levels: map.levels, ...network });
  const table = makeLevelRows(randomTable(fields, random), map);
  const batch = makeCompletionBatch(map, completion.batchSize);
  const rows = new Uint32Array(completion.batchSize);
  const initialize = (views: Parameters["views"]): void => initializeLinear(views, specs, random);
  return {
    ...trained(specs, specs, completion, initialize),
    spec: {
      name: "completion",
      parameters: specs,
      inputs: completionBatchSpecs(map, completion.batchSize),
      run: (weights, inputs) => {
        const { x, target, weights: fieldWeights } = inputs as Record<string, tf.Tensor2D>;
        const logits = completionLogits(weights, x!, network.blocks);
        const loss = maskedCrossEntropy(logits, target!, fieldWeights!, map);
        return { outputs: { loss: tf.reshape(loss, [1]) }, loss };
      },
    },
    nextBatch: () => {
      rows.forEach((_, i) => {
        rows[i] = random.integer(TABLE_ROWS);
      });
      fillCompletionBatch(batch, table, rows, map, random);
      return batch;
    },
  };
}

/** CTGAN's step on a table coded as its authors code adult: 158 columns, 102 of them conditions; critic, then generator. */
export function standardCtganSteps(): readonly [critic: StandardStep, generator: StandardStep] {
  const random = makeRandom(1);
  const config = PRESETS.ctgan.model;
  const fields = ctganFields();
  const train = randomTable(fields, random);
  const conditions = planConditions(config.condition.columns, { fields, train }, 1);
  const networks = makeGanNetworks(fields, config, conditions, {});
  const source: BatchSource = {
    networks,
    train,
    conditions: makeTrainingConditions(conditions, train, config.condition.frequencies),
  };
  const { generator, critic } = networks;
  const { beta1, beta2, weightDecay } = config.training;
  const initialize = (views: Parameters["views"]): void => {
    for (const network of [generator, critic]) {
      const own = Object.keys(network.specs).map((name) => [name, views[name]!]);
      network.initialize(Object.fromEntries(own), random);
    }
  };
  const step = (spec: ProgramSpec, trainable: TensorSpecs, learningRate: number): StandardStep => {
    const adam = { beta1, beta2, weightDecay, learningRate, decoupled: false };
    const penalty = spec.inputs.penalty && { penalty: Float32Array.of(config.techniques.gradientPenalty) };
    const batch = makeGanBatch(spec.inputs, source, penalty);
    const nextBatch = (): Buffers => {
      batch.fill(0, random);
      return batch.inputs;
    };
    return { spec, ...trained({ ...generator.specs, ...critic.specs }, trainable, adam, initialize), nextBatch };
  };
  return [
    step(criticStepSpec(networks), critic.specs, config.training.criticLearningRate),
    step(generatorStepSpec(networks), generator.specs, config.training.generatorLearningRate),
  ];
}

/** Starting weights of `all`, and an optimizer of those in `trainable`, which follow one another. */
function trained(
  all: TensorSpecs,
  trainable: TensorSpecs,
  options: AdamOptions & { readonly learningRate: number },
  initialize: (views: Parameters["views"]) => void,
): Pick<StandardStep, "parameters" | "gradients" | "update"> {
  const parameters = makeParameters(all);
  const gradients = makeParameters(trainable);
  initialize(parameters.views);
  const start = parameters.ranges[Object.keys(trainable)[0]!]![0];
  const weights = parameters.flat.subarray(start, start + gradients.flat.length);
  const adam = makeAdam(weights.length, options);
  return { parameters, gradients, update: () => void adam.step(weights, gradients.flat, options.learningRate) };
}

/** Nine categorical columns of adult, and six numbers with 50 modes among them. */
function ctganFields(): Field[] {
  const categories = [8, 16, 7, 14, 6, 5, 2, 42, 2].map((levels, i) => discrete(`category ${i}`, levels));
  const numbers = [10, 10, 5, 5, 10, 10].flatMap((modes, i): Field[] => [
    discrete(`mode of number ${i}`, modes),
    { kind: "scalar", name: `number ${i}` },
  ]);
  return [...categories, ...numbers];
}

function discrete(name: string, levels: number): Field {
  return { kind: "discrete", name, levels };
}

function randomTable(fields: readonly Field[], random: RandomStream): EncodedTable {
  const data = fields.map((field) => {
    if (field.kind === "scalar") return Float32Array.from({ length: TABLE_ROWS }, () => 2 * random.uniform() - 1);
    return Uint8Array.from({ length: TABLE_ROWS }, () => random.integer(field.levels));
  });
  return { rowCount: TABLE_ROWS, fields: data };
}
