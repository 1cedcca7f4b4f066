import type { CompletionConfig } from "../config.js";

/** What a plan rests on: the table as the network sees it. */
export interface TrainingSize {
  /** Rows to train on. */
  readonly rows: number;
  /** Discrete fields, K. */
  readonly fields: number;
  /** Levels of all fields together, L. */
  readonly levels: number;
  /** Components of the mixture that the rows were drawn from, where it is known. */
  readonly components?: number | undefined;
}

/** Multiplications and additions that the completion phase may cost: minutes, not hours, on two cores. */
const STEP_OPERATIONS = 2.5e13;
/** The same of the adversarial phase, and the fewest steps that are worth beginning it for. */
const ADVERSARIAL_OPERATIONS = 1.2e13;
const FEWEST_ADVERSARIAL_STEPS = 200;
/** The fewest steps a plan leaves, however dear each is. */
const FEWEST_STEPS = 600;
/** Dropout falls as this over the rows, and ends where it is too small to matter. */
const DROPOUT_ROWS = 1500;
const MIN_DROPOUT = 0.1;
/** With more rows what is learned by heart counts less: it is spread over more records. With very few it counts more. */
const MEMORIZING_ROWS = 5000;
const VERY_FEW_ROWS = 1200;
/** Fewer rows are learned in fewer steps, of which each look should be a small part. */
const FULL_BUDGET_ROWS = 2000;
const FEWEST_SMALL_STEPS = 240;

/** Exact conditional distributions are learned in fewer steps than drawn rows, and none by heart. */
const SOURCE_STEPS = 1000;
/** Their gradients vary less, so that steps may be longer (adult, 800 steps: .45 nats a row off at twice the rate, .38 at four times). */
const SOURCE_RATE = 4;
const SOURCE_ADVERSARIAL_STEPS = 120;
const SOURCE_LOOKS = 8;

export interface TrainingPlan {
  readonly config: CompletionConfig;
  /** What the plan changed and why, one sentence each. */
  readonly notes: readonly string[];
}

/**
 * The budget for a table's size: fewer steps where each is dear, dropout only where rows are few, and no adversarial phase
 * where its tables of pairs would not fit. Where a plan leaves something out it says so.
 */
export function planTraining(configured: CompletionConfig, size: TrainingSize): TrainingPlan {
  const config = size.components === undefined ? configured : forKnownSource(configured);
  const notes: string[] = [];
  const affordable = Math.max(FEWEST_STEPS, Math.floor(STEP_OPERATIONS / stepOperations(config, size)));
  const { maxSteps, minSteps } = config.completion;
  const small = Math.max(FEWEST_SMALL_STEPS, Math.round((minSteps * size.rows) / FULL_BUDGET_ROWS));
  const leastSteps = Math.min(minSteps, affordable, small);
  const completion = {
    ...config.completion,
    maxSteps: Math.min(maxSteps, affordable),
    minSteps: leastSteps,
    warmupSteps: Math.min(config.completion.warmupSteps, Math.floor(leastSteps / 4)),
    dropout: dropoutFor(config.completion.dropout, size.rows),
    memorizingWeight: config.completion.memorizingWeight * memorizingFactor(size.rows),
  };
  if (completion.maxSteps < maxSteps) notes.push(`plan: at most ${affordable} steps of ${size.levels} levels each`);
  const bearable = Math.floor(ADVERSARIAL_OPERATIONS / adversarialOperations(config, size));
  const isWide = bearable < FEWEST_ADVERSARIAL_STEPS;
  const adversarial = {
    ...config.adversarial,
    // As many rounds as fields are exact without it.
    enabled: config.adversarial.enabled && !isWide && size.fields > config.adversarial.groups,
    maxSteps: Math.min(config.adversarial.maxSteps, Math.max(1, bearable)),
  };
  if (isWide && config.adversarial.enabled)
    notes.push(`plan: no adversarial phase, which would compare all pairs of ${size.levels} levels`);
  return { config: { ...config, completion, adversarial }, notes };
}

/** Rows that are drawn from a known distribution: more of them would cost nothing, so that early stop has nothing to guard. */
function forKnownSource({ completion, adversarial, ...config }: CompletionConfig): CompletionConfig {
  const looks = Math.min(completion.looks, SOURCE_LOOKS);
  return {
    ...config,
    completion: {
      ...completion,
      maxSteps: Math.min(completion.maxSteps, SOURCE_STEPS),
      learningRate: Math.min(1, completion.learningRate * SOURCE_RATE),
      dropout: 0,
      memorizingWeight: 0,
      looks,
      patience: looks,
    },
    adversarial: { ...adversarial, maxSteps: Math.min(adversarial.maxSteps, SOURCE_ADVERSARIAL_STEPS) },
  };
}

function memorizingFactor(rows: number): number {
  return Math.min(1, MEMORIZING_ROWS / rows) * Math.max(1, VERY_FEW_ROWS / rows);
}

function dropoutFor(largest: number, rows: number): number {
  const share = Math.min(largest, DROPOUT_ROWS / rows);
  return share < MIN_DROPOUT ? 0 : share;
}

/** Multiplications and additions of one completion step's matrix products, forward and backward. */
export function stepOperations(config: CompletionConfig, { fields, levels }: TrainingSize): number {
  const { width, blocks } = config.network;
  const ends = 2 * (levels + fields) * width + 3 * width * levels; // input twice, output three times
  return 2 * config.completion.batchSize * (ends + 3 * 2 * blocks * width * width);
}

/**
 * The same of one adversarial step: a batch completed, two passes of the network for a completed row, and the moments
 * [L, L] of two half batches, forward and backward.
 */
function adversarialOperations(config: CompletionConfig, size: TrainingSize): number {
  const moments = 3 * 2 * config.adversarial.batchSize * size.levels ** 2;
  return 3 * stepOperations(config, size) + moments;
}
