import { throwIfAborted } from "../../core/errors.js";
import { compile } from "../../runtime/compile.js";
import { type Adam, makeAdam } from "../../runtime/optimizer.js";
import { copyParameters, makeParameters, type Parameters } from "../../runtime/parameters.js";
import type { Buffers, Program } from "../../runtime/program.js";
import { aucBetween } from "../../stats/auc-between.js";
import type { CompletionConfig } from "../config.js";
import { type CompletionShape, completionParameters } from "../networks/completion-network.js";
import { criticParameters, initializeLinear } from "../networks/critic-network.js";
import { momentTarget } from "../objectives/second-moment.js";
import type { LevelMap } from "../techniques/level-map.js";
import type { PhaseEnd } from "../trained-generator.js";
import { type AdversarialBatch, fillAdversarialBatch, makeAdversarialBatch } from "./adversarial-batch.js";
import { type AdversarialSetup, CRITIC_LAYERS, criticStepSpec, generatorStepSpec } from "./adversarial-steps.js";
import type { CompletionData } from "./completion-data.js";
import { isLook, learningRateAt } from "./learning-rate.js";
import { type LevelRows, writeOneHot } from "./level-rows.js";
import { beginPace, carryOut, criticStepsDue, type Pace } from "./pace.js";
import { joined, ofAdam, ofArray, ofObject, ofPart, partOf, type Resumable, resume } from "./resumable.js";
import { makeRoundsValidation, type RoundsQuality } from "./rounds-validation.js";
import { makeRowOrder } from "./row-order.js";
import { makeSnapshot } from "./snapshot.js";
import type { TrainingContext } from "./training-context.js";

/**
 * Phase 2: goes on from the completion weights with a critic and second-moment matching over rows completed in few
 * rounds. Kept only where few-round sampling is better by it on validation rows.
 *
 * @returns the best weights for few-round sampling, or undefined when the phase did not help
 */
export async function refineRounds(
  data: CompletionData,
  config: CompletionConfig,
  shape: CompletionShape,
  completion: Parameters,
  groups: readonly (readonly number[])[],
  context: TrainingContext,
): Promise<Parameters | undefined> {
  const options = config.adversarial;
  const steps = Math.min(
    options.maxSteps,
    Math.round((options.epochs * data.train.rowCount) / options.batchSize),
    context.maxSteps ?? Number.POSITIVE_INFINITY,
  );
  const setup: AdversarialSetup = {
    map: data.map,
    shape,
    groups,
    options,
    generator: completionParameters(shape),
    critic: criticParameters(data.map.levels + data.map.fields, Array(CRITIC_LAYERS).fill(options.criticWidth)),
  };
  const players = await makePlayers(setup, completion, config, context);
  const qualityOf = await makeRoundsValidation(data, { shape, groups }, context);
  const batch = makeAdversarialBatch(setup, momentTarget(data.train, data.map, options.batchSize));
  const order = makeRowOrder(data.train.rowCount, context.random.fork("adversarial-rows"));
  const random = context.random.fork("adversarial");
  const course: Course = {
    ...beginPace({ generatorRate: options.learningRate, criticRate: options.criticLearningRate, criticSteps: 1 }),
    taken: 0,
    before: undefined,
    kept: undefined,
  };
  const snapshot = makeSnapshot(partsOf(players));
  const best = makeParameters(setup.generator);
  const parts = joined({
    completion: ofArray(completion.flat),
    players: partsOf(players),
    order: ofPart(order),
    random: ofPart(random),
    course: ofObject(course),
    snapshot,
    best: ofArray(best.flat),
  });
  resume("adversarial", parts, context.checkpoints);
  if (course.before === undefined) {
    const { quality, sample } = await qualityOf(completion.views, 0);
    course.before = quality;
    context.record({ phase: "adversarial", step: 0, ...sample, ...inLog(quality) });
    context.monitor.look("adversarial", 0, sample);
    if (config.auto) snapshot.take();
  }
  const { before } = course;
  let because: PhaseEnd["because"] | undefined;
  while (because === undefined && course.taken < steps && !context.outOfTime()) {
    throwIfAborted(context.signal);
    const step = course.taken + 1;
    fillAdversarialBatch(batch, data.train, setup, order, random);
    batch.critic.penalty[0] = options.gradientPenalty * course.penalty;
    const fall = learningRateAt(course.taken, { peak: 1, warmupSteps: 50, decayShare: 0.5, steps });
    const { scores, measures } = await oneStep(players, batch, course, fall);
    if (!Object.values(measures).every(Number.isFinite)) {
      const answers = context.monitor.look("adversarial", step, measures);
      course.taken = step;
      if (answers.length > 0 && !carryOut(answers, course, snapshot)) continue;
      context.diverged("adversarial", step);
      because = "diverged";
      break;
    }
    course.taken = step;
    if (isLook(step, steps, options.looks)) {
      players.average.flat.set(players.generatorOptimizer.ema!);
      const { quality, sample } = await qualityOf(players.average.views, step);
      const seen = {
        ...measures,
        ...(scores && { criticAuc: aucBetween(scores.real, scores.fake) }),
        criticMemory: await criticMemory(players, batch, data),
      };
      context.record({ phase: "adversarial", step, ...seen, ...sample, ...inLog(quality) });
      if (quality.score < (course.kept?.quality ?? before).score) {
        best.flat.set(players.average.flat);
        course.kept = { quality, step };
        if (config.auto) snapshot.take();
      }
      const auc = `detection AUC ${quality.detectionAuc.toFixed(3)}`;
      context.onProgress({
        kind: "progress",
        stage: "adversarial",
        done: step,
        total: steps,
        unit: "steps",
        quality: auc,
      });
      const answers = context.monitor.look("adversarial", step, { ...seen, ...sample });
      if (carryOut(answers, course, snapshot)) because = "answer";
    }
    // A stop that was answered is no part of the state: it comes again from the one before.
    if (because === undefined) await context.checkpoints.offer("adversarial", parts.state);
  }
  await players.generatorStep.dispose();
  await players.criticStep.dispose();
  const { taken, kept } = course;
  because ??= taken === steps ? "budget" : "time";
  context.note(
    kept === undefined
      ? `adversarial phase: not kept, ${groups.length}-round sampling was no better by it (detection AUC ${before.detectionAuc.toFixed(3)} before)`
      : `adversarial phase: kept from step ${kept.step} of ${steps}; ${groups.length}-round sampling on validation rows: detection AUC ${before.detectionAuc.toFixed(3)} -> ${kept.quality.detectionAuc.toFixed(3)}, pair error ${before.pairError.toFixed(4)} -> ${kept.quality.pairError.toFixed(4)}`,
    { phase: "adversarial", steps: taken, budget: steps, kept: kept?.step ?? 0, because },
  );
  return kept && best;
}

/** How far the phase has come. */
interface Course extends Pace {
  taken: number;
  /** Quality of few-round sampling by the weights that the phase began with. */
  before: RoundsQuality | undefined;
  /** The best look since, where one was better. */
  kept: { readonly quality: RoundsQuality; readonly step: number } | undefined;
}

/** What the phase is judged by, beside what every look measures: its pair error is of single levels instead of classes of them. */
function inLog({ pairError: levelPairError, ...quality }: RoundsQuality) {
  return { ...quality, levelPairError };
}

/** AUC of the critic's scores of training rows against those of validation rows, the first of both. */
async function criticMemory(players: Players, batch: AdversarialBatch, data: CompletionData): Promise<number> {
  const scoresOf = async (rows: LevelRows): Promise<Float32Array> => {
    const judged = { ...batch.critic, real: firstOneHot(rows, batch.rows.length, data.map), fake: batch.critic.real };
    const { real } = await players.criticStep.run(players.critic.views, judged, players.criticGradients.views);
    return (real as Float32Array).slice(0, rows.rowCount);
  };
  return aucBetween(await scoresOf(data.train), await scoresOf(data.validation));
}

/** The first rows as one-hot rows, [count, L]; zeros where there are fewer. */
function firstOneHot(rows: LevelRows, count: number, map: LevelMap): Float32Array {
  const first = Uint32Array.from({ length: Math.min(count, rows.rowCount) }, (_, row) => row);
  const out = new Float32Array(count * map.levels);
  writeOneHot(out, rows, first, map);
  return out;
}

/** The completion phase's weights where the adversarial phase of an interrupted training has already begun. */
export function completedBefore(shape: CompletionShape, { checkpoints }: TrainingContext): Parameters | undefined {
  const kept = checkpoints.restore("adversarial");
  if (kept === undefined) return undefined;
  const weights = makeParameters(completionParameters(shape));
  ofArray(weights.flat).restore(partOf(kept, "completion"));
  return weights;
}

interface Players {
  readonly generator: Parameters;
  readonly average: Parameters;
  readonly generatorGradients: Parameters;
  readonly critic: Parameters;
  readonly criticGradients: Parameters;
  readonly generatorOptimizer: Adam;
  readonly criticOptimizer: Adam;
  readonly generatorStep: Program;
  readonly criticStep: Program;
}

async function makePlayers(
  setup: AdversarialSetup,
  completion: Parameters,
  config: CompletionConfig,
  context: TrainingContext,
): Promise<Players> {
  const generator = copyParameters(completion);
  const critic = makeParameters(setup.critic);
  initializeLinear(critic.views, setup.critic, context.random.fork("critic"));
  const engine = { engine: context.engine, threads: context.threads };
  const { clipNorm, emaDecay, beta1, beta2 } = config.completion;
  const generatorOptimizer = makeAdam(generator.flat.length, {
    beta1,
    beta2,
    epsilon: 1e-8,
    weightDecay: 0,
    decoupled: true,
    clipNorm,
    emaDecay,
  });
  return {
    generator,
    average: makeParameters(setup.generator),
    generatorGradients: makeParameters(setup.generator),
    critic,
    criticGradients: makeParameters(setup.critic),
    generatorOptimizer,
    criticOptimizer: makeAdam(critic.flat.length, {
      beta1: 0.5,
      beta2: 0.9,
      epsilon: 1e-8,
      weightDecay: 0,
      decoupled: true,
    }),
    generatorStep: await compile(generatorStepSpec(setup), engine),
    criticStep: await compile(criticStepSpec(setup), engine),
  };
}

function partsOf(players: Players): Resumable {
  return joined({
    generator: ofArray(players.generator.flat),
    critic: ofArray(players.critic.flat),
    generatorOptimizer: ofAdam(players.generatorOptimizer),
    criticOptimizer: ofAdam(players.criticOptimizer),
  });
}

/** One generator step, then the critic's steps that are due, on the rows it completed; `fall`: share of the rates. */
async function oneStep(players: Players, batch: AdversarialBatch, course: Course, fall: number) {
  const { generator, generatorOptimizer, generatorGradients } = players;
  const parameters: Buffers = { ...generator.views, ...players.critic.views };
  const made = await players.generatorStep.run(parameters, batch.generator, generatorGradients.views);
  const measures = {
    completionLoss: made.completionLoss![0]!,
    adversarialLoss: made.adversarialLoss![0]!,
    momentLoss: made.momentLoss![0]!,
  };
  const rate = course.generatorRate * fall;
  const { gradientNorm } = generatorOptimizer.step(generator.flat, generatorGradients.flat, rate);
  const seen = { ...batch.critic, fake: made.rows! };
  let judged: Awaited<ReturnType<typeof criticStep>> | undefined;
  for (let due = criticStepsDue(course, course.taken); due > 0; due--) {
    judged = await criticStep(players, seen, course.criticRate * fall);
  }
  return { scores: judged?.scores, measures: { ...measures, ...judged?.measures, gradientNorm } };
}

async function criticStep({ critic, criticGradients, ...players }: Players, seen: Buffers, rate: number) {
  const judged = await players.criticStep.run(critic.views, seen, criticGradients.views);
  players.criticOptimizer.step(critic.flat, criticGradients.flat, rate);
  return {
    measures: { criticLoss: judged.loss![0]!, criticPenalty: judged.penalty![0]! },
    scores: { real: judged.real as Float32Array, fake: judged.fake as Float32Array },
  };
}
