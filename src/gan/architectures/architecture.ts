import type { RandomStream } from "../../core/random.js";
import type { EncodedTable, Field } from "../../encode/field.js";
import type { Buffers, TensorMap, TensorSpecs } from "../../runtime/program.js";
import type { tf } from "../../runtime/tf.js";
import type { GanConfig } from "../config.js";
import type { Part } from "../networks/parts.js";

/**
 * The two networks of one architecture. They know nothing of objectives, batches or optimizers: the trainer hands rows on
 * from one to the other. W = columns of an encoded row (levels and scalars side by side), C = columns of the condition,
 * B = rows, Z = latent dimensions.
 */
export interface Architecture {
  /**
   * What the networks must know of the table besides its fields (an order of columns, a hierarchy of levels): plain JSON,
   * kept in the model, no training row; {} where nothing.
   */
  plan(table: PlannedTable, config: GanConfig, random: RandomStream): ArchitecturePlan;
  makeGenerator(shape: GanShape, plan: ArchitecturePlan): GeneratorNetwork;
  makeCritic(shape: GanShape, plan: ArchitecturePlan): CriticNetwork;
  /** Settings that this architecture cannot work with, as sentences that say why and what to do; [] where none. */
  refuses(config: GanConfig): readonly string[];
}

export interface PlannedTable {
  readonly fields: readonly Field[];
  readonly train: EncodedTable;
  /** What levels of numeric fields are like, by field; undefined for those whose levels have no order. */
  readonly features?: readonly (Float32Array | undefined)[];
}

export type ArchitecturePlan = Readonly<Record<string, unknown>>;

export interface GanShape {
  readonly fields: readonly Field[];
  /** Columns of an encoded row, W. */
  readonly width: number;
  /** Columns of the condition, C; 0 without. */
  readonly condition: number;
  readonly config: GanConfig;
}

export interface GeneratorNetwork {
  /** Trained weights; names start with `generator.`. */
  readonly specs: TensorSpecs;
  /** What sampling takes from the population instead of a batch; names start with `statistics.`; {} where nothing. */
  readonly statistics: TensorSpecs;
  initialize(views: Readonly<Record<string, Float32Array>>, random: RandomStream): void;
  /** Uniforms in (0, 1) that a pass over B rows needs besides z; {} where none. */
  noise(rows: number, pass: Pass): TensorSpecs;
  /** Inputs that sampling may be steered by, [B, 1] each, by their neutral value, e.g. `truncation` 1; {} where none. */
  readonly controls: Readonly<Record<string, number>>;
  /**
   * @param input z [B, Z] and the condition's parts, if there are any
   * @param inputs noise, controls (sampling) and the schedule's inputs (training) by their names
   */
  run(parameters: TensorMap, input: GeneratorInput, inputs: TensorMap, pass: Pass): GeneratorPass;
}

/** Training takes statistics from the batch, sampling those of the population, which are among the parameters. */
export type Pass = "training" | "sampling";

export interface GeneratorInput {
  readonly z: tf.Tensor2D;
  /** One-hot columns of the condition; [] without. */
  readonly condition: readonly Part[];
}

export interface GeneratorPass {
  /** [B, W], before the fields' activations */
  readonly raw: tf.Tensor2D;
  /** In training: this batch's values of `statistics`, which are averaged over many batches. */
  readonly statistics: Readonly<Record<string, tf.Tensor>>;
}

export interface CriticNetwork {
  /** Trained weights; names start with `critic.`. */
  readonly specs: TensorSpecs;
  initialize(views: Readonly<Record<string, Float32Array>>, random: RandomStream): void;
  /** Uniforms in (0, 1) that judging B rows needs (dropout); {} where none. */
  noise(rows: number): TensorSpecs;
  /** Inputs that change over training, the same for both players; absent where none do. */
  readonly schedule?: TrainingSchedule;
  /** @param rows encoded rows [B, W], real or generated; B is a multiple of the pack. */
  run(parameters: TensorMap, rows: tf.Tensor2D, condition: readonly Part[], inputs: TensorMap): CriticPass;
  /**
   * Generated rows, real rows and the mixes between them in one pass, for the penalty of WGAN-GP: the same as three calls of
   * `run`, with noise for 3 B rows; absent where that would not be faster.
   */
  readonly runMixed?: (parameters: TensorMap, rows: MixedRows, inputs: TensorMap) => MixedPass;
}

/** Rows whose mixes are fake + alpha (real - fake), conditions too. */
export interface MixedRows {
  /** [B, W] */
  readonly fake: tf.Tensor2D;
  readonly real: tf.Tensor2D;
  readonly fakeCondition: readonly Part[];
  readonly realCondition: readonly Part[];
  /** [B / pack, 1] */
  readonly alpha: tf.Tensor2D;
}

export interface MixedPass {
  /** Scores, [B / pack, 1]. */
  readonly fake: tf.Tensor2D;
  readonly real: tf.Tensor2D;
  /** At the mixes, [B / pack]. */
  readonly squaredGradientNorms: () => tf.Tensor1D;
}

export interface CriticPass {
  /** [B / pack, 1] */
  readonly score: tf.Tensor2D;
  /** What the last layer reads, [B / pack, features]. */
  readonly features: tf.Tensor2D;
  /**
   * Squared norms of the score's gradient with respect to each pack of rows, [B / pack]: closed form, differentiable in the
   * weights. Absent where there is none: penalties are refused then.
   */
  readonly squaredGradientNorms?: () => tf.Tensor1D;
}

/** What changes as training goes on, from 0 (first step) to 1 (last): inputs named `schedule.*`, filled before each step. */
export interface TrainingSchedule {
  readonly specs: TensorSpecs;
  fill(progress: number, buffers: Buffers): void;
}
