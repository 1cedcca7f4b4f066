import { throwIfAborted } from "../../../core/errors.js";
import type { RandomStream } from "../../../core/random.js";
import { makeParameters, type Parameters } from "../../../runtime/parameters.js";
import { aucBetween } from "../../../stats/auc-between.js";
import type { GanConfig } from "../../config.js";
import type { SampleMeasures } from "../../diagnostics/measure-sample.js";
import { MAX_SETBACK } from "../../diagnostics/non-convergence.js";
import { SATURATED_AUC } from "../../diagnostics/vanishing-gradients.js";
import { type EarlyStop, makeEarlyStop } from "../../techniques/early-stop.js";
import type { PhaseEnd } from "../../trained-generator.js";
import { describeEnd } from "../describe-end.js";
import { divergedAt } from "../diverged.js";
import { isLook } from "../learning-rate.js";
import { carryOut } from "../pace.js";
import { joined, ofArray, ofObject, ofPart, type Resumable, resume } from "../resumable.js";
import { makeSnapshot, type Snapshot } from "../snapshot.js";
import type { TrainingContext } from "../training-context.js";
import type { CriticMemory } from "./critic-memory.js";
import { addRound, beginCourse, type GanCourse, takeMeans } from "./gan-course.js";
import type { GanJudge } from "./gan-judge.js";
import { playRound, type Round } from "./gan-round.js";
import type { Player, Players } from "./players.js";

/** Who plays and who judges. */
export interface Cast {
  readonly players: Players;
  readonly judge: GanJudge;
  readonly memory: CriticMemory;
}

/** The weights that a game is left with, and how far it had come then, 0..1. */
export interface GameResult {
  readonly weights: Parameters;
  readonly progress: number;
}

/** Generator steps that the budget gives. */
export function budgetOf(rows: number, { training }: GanConfig, maxSteps = Number.POSITIVE_INFINITY): number {
  const epochSteps = Math.max(1, Math.floor(rows / training.batchSize));
  const configured = Math.ceil(training.epochs * epochSteps);
  return Math.min(maxSteps, Math.max(training.minSteps, Math.min(training.maxSteps, configured)));
}

/** Everything that changes while the game is played. */
interface Game extends Cast {
  readonly course: GanCourse;
  readonly random: RandomStream;
  readonly stop: EarlyStop;
  /** Best weights so far; those of step 0 before the first look. */
  readonly best: Parameters;
  readonly latest: Parameters;
  readonly snapshot: Snapshot;
  readonly steps: number;
  readonly config: GanConfig;
  readonly context: TrainingContext;
}

/**
 * Plays rounds until the budget, the patience or the time is over, or the diagnostics end it; same seed, same game, wherever it was
 * interrupted. Throws E_TRAIN_DIVERGED where a loss is no number before there is anything to keep.
 */
export async function playGame(
  cast: Cast,
  rows: number,
  config: GanConfig,
  context: TrainingContext,
): Promise<GameResult> {
  const game = openGame(cast, budgetOf(rows, config, context.maxSteps), config, context);
  const { course, stop, steps } = game;
  const parts = partsOf(game);
  if (!resume("gan", parts, context.checkpoints)) await lookAtFirst(game);
  let because: PhaseEnd["because"] | undefined;
  while (because === undefined) {
    throwIfAborted(context.signal);
    because = course.step >= steps ? "budget" : stop.isOver() ? "patience" : context.outOfTime() ? "time" : undefined;
    if (because !== undefined) break;
    const round = await playRound(cast.players, config, course, (course.step + 1) / steps, game.random);
    course.step++;
    if (!Object.values(round.measures).every(Number.isFinite)) {
      const answers = context.monitor.look("gan", course.step, round.measures);
      if (answers.length > 0 && !carryOut(answers, course, game.snapshot)) continue;
      if (!Number.isFinite(stop.best().loss)) throw divergedAt("a loss", course.step, "gan");
      context.diverged("gan", course.step);
      because = "diverged";
      break;
    }
    addRound(course, round.measures);
    if (isLook(course.step, steps, config.training.looks) && (await look(game, round))) because = "answer";
    // A stop that was answered is no part of the state: it comes again from the one before.
    if (because === undefined) await context.checkpoints.offer("gan", parts.state);
  }
  return endGame(game, because);
}

function openGame(cast: Cast, steps: number, config: GanConfig, context: TrainingContext): Game {
  const { specs } = cast.players.generator.weights;
  return {
    ...cast,
    course: beginCourse(config),
    random: context.random.fork("gan"),
    stop: makeEarlyStop(config.training.patience),
    best: makeParameters(specs),
    latest: makeParameters(specs),
    snapshot: makeSnapshot(cast.players.resumable),
    steps,
    config,
    context,
  };
}

function partsOf({ players, course, random, stop, best, snapshot }: Game): Resumable {
  return joined({
    players: players.resumable,
    course: ofObject(course),
    random: ofPart(random),
    stop: ofPart(stop),
    best: ofArray(best.flat),
    snapshot,
  });
}

/** Rows of the generator before training, which must not make them worse (those of a warm start may be the best); the checkpoint to go back to before there is a better. */
async function lookAtFirst({
  course,
  judge,
  players,
  latest,
  best,
  stop,
  config,
  context,
  snapshot,
}: Game): Promise<void> {
  latest.flat.set(players.generator.weights.flat);
  const quality = await judge.judge(latest, { step: 0, progress: 0 });
  if (config.auto) snapshot.take();
  if (quality === undefined) return;
  if (context.warmStart && stop.look(0, quality.shapeError + quality.pairError)) best.flat.set(latest.flat);
  course.firstError = quality.shapeError + quality.pairError;
  context.record({ phase: "gan", step: 0, ...quality });
  context.monitor.look("gan", 0, quality);
}

/** Measures, logs, and does what the diagnostics say. True where they end the game. */
async function look(game: Game, round: Round): Promise<boolean> {
  const { course, context, config, players, stop, steps, latest } = game;
  const progress = course.step / steps;
  takeWeights(players.generator, latest);
  const quality = await game.judge.judge(latest, { step: course.step, progress });
  const criticMemory = await game.memory.measure(players.critic.weights.views, progress);
  const measures = {
    ...takeMeans(course),
    ...aucOf(round),
    ...(criticMemory !== undefined && { criticMemory }),
    ...normsByLayer("generatorGradient", players.generator),
    ...normsByLayer("criticGradient", players.critic),
    ...quality,
  };
  context.record({ phase: "gan", step: course.step, ...measures });
  context.onProgress({
    kind: "progress",
    stage: "gan",
    done: course.step,
    total: steps,
    unit: "steps",
    quality: describe(measures, quality),
  });
  if (quality !== undefined && stop.look(course.step, quality.shapeError + quality.pairError)) {
    game.best.flat.set(latest.flat);
    if (config.auto && isWorthGoingBackTo(game, measures, quality)) game.snapshot.take();
  }
  return carryOut(context.monitor.look("gan", course.step, measures), course, game.snapshot);
}

/** Not a critic that is sure already, which has nothing to teach, nor rows that training has made worse. */
function isWorthGoingBackTo(
  { course }: Game,
  { criticAuc = 0 }: { readonly criticAuc?: number },
  { shapeError, pairError }: SampleMeasures,
): boolean {
  return criticAuc < SATURATED_AUC && shapeError + pairError <= course.firstError + MAX_SETBACK;
}

/** The generator's average where there is one, else its weights. */
function takeWeights({ optimizer, weights }: Player, out: Parameters): void {
  out.flat.set(optimizer.ema ?? weights.flat);
}

/** How well the critic tells the real from the generated rows of its last batch. */
function aucOf({ scores }: Round): { readonly criticAuc?: number } {
  return scores === undefined ? {} : { criticAuc: aucBetween(scores.real, scores.fake) };
}

function normsByLayer(name: string, { gradients }: Player): Record<string, number> {
  const entries = Object.entries(gradients.views).map(([weight, values]) => {
    const plain = weight.slice(weight.indexOf(".") + 1);
    return [`${name}.${plain}`, Math.sqrt(values.reduce((sum, value) => sum + value * value, 0))] as const;
  });
  return Object.fromEntries(entries);
}

function describe(measures: Readonly<Record<string, number>>, quality: SampleMeasures | undefined): string {
  if (quality !== undefined) {
    return `shape error ${quality.shapeError.toFixed(3)}, pair error ${quality.pairError.toFixed(3)}`;
  }
  return `critic ${measures.criticLoss?.toFixed(2)}, generator ${measures.generatorLoss?.toFixed(2)}`;
}

function endGame(
  { course, stop, best, latest, players, steps, context }: Game,
  because: PhaseEnd["because"],
): GameResult {
  const { step, loss } = stop.best();
  const isJudged = Number.isFinite(loss);
  const end: PhaseEnd = { phase: "gan", steps: course.step, budget: steps, because, ...(isJudged && { kept: step }) };
  context.note(describeEnd(end, `shape and pair error ${loss.toFixed(4)}`), end);
  if (isJudged) return { weights: best, progress: step / steps };
  takeWeights(players.generator, latest);
  return { weights: latest, progress: course.step / steps };
}
