import type { RandomStream } from "../../core/random.js";
import type { EncodedTable } from "../../encode/field.js";
import type { Buffers } from "../../runtime/program.js";
import type { CtganConfig } from "../config.js";
import { type CtganShape, fieldWidth, outputWidth } from "../networks/ctgan-generator.js";
import type { ConditionSampler, ConditionSpace, RowsByLevel } from "../techniques/condition-sampler.js";

/** Buffers of one step of either player; rows = batch size B, packs = B / pack, W = output width, C = condition width. */
export interface GeneratorBatch {
  /** Uniforms that z is made of, [B, `uniformsOfLatent`]. */
  readonly latent: Float32Array;
  /** Places of the generated rows' conditions in the condition vector, [B]. */
  readonly condition: Int32Array;
  /** Uniforms for Gumbel noise, [B, W]. */
  readonly uniform: Float32Array;
  /** Uniforms for dropout by layer, [packs, width] (critic's step: generated, real, then mixed packs). */
  readonly dropout: Readonly<Record<`dropout${number}`, Float32Array>>;
}

/** What the critic's step needs besides. */
export interface CriticBatch extends GeneratorBatch {
  /** The same conditions permuted: those of the real rows, [B]. */
  readonly realCondition: Int32Array;
  /** [B, W] */
  readonly real: Float32Array;
  /** Interpolation between generated and real, one a pack, [packs, 1]. */
  readonly alpha: Float32Array;
}

/** Uniforms that the normals of one z are made of, which come in pairs. */
export function uniformsOfLatent({ latent }: CtganShape): number {
  return latent + (latent % 2);
}

export function makeGeneratorBatch(shape: CtganShape, config: CtganConfig, uses = 1): GeneratorBatch {
  const rows = config.batchSize;
  const packs = (rows / config.pack) * uses;
  return {
    latent: new Float32Array(rows * uniformsOfLatent(shape)),
    condition: new Int32Array(rows),
    uniform: new Float32Array(rows * outputWidth(shape.fields)),
    dropout: Object.fromEntries(
      config.criticWidths.map((units, layer) => [`dropout${layer}`, new Float32Array(packs * units)]),
    ),
  };
}

export function makeCriticBatch(shape: CtganShape, config: CtganConfig): CriticBatch {
  return {
    ...makeGeneratorBatch(shape, config, 3),
    realCondition: new Int32Array(config.batchSize),
    real: new Float32Array(config.batchSize * outputWidth(shape.fields)),
    alpha: new Float32Array(config.batchSize / config.pack),
  };
}

/** The buffers as a step's inputs. */
export function batchInputs({ dropout, ...others }: GeneratorBatch): Buffers {
  return { ...others, ...dropout };
}

export interface CtganBatchSource {
  readonly encoded: EncodedTable;
  readonly space: ConditionSpace;
  readonly sampler: ConditionSampler;
  readonly rowsByLevel: RowsByLevel;
  readonly shape: CtganShape;
  readonly config: CtganConfig;
}

/** Draws what the generator's step needs: conditions and noise. */
export function fillGeneratorBatch(batch: GeneratorBatch, source: CtganBatchSource, random: RandomStream): void {
  fillNoise(batch, random);
  for (let i = 0; source.space.width > 0 && i < batch.condition.length; i++) {
    const { column, level } = source.sampler.draw(random);
    batch.condition[i] = source.space.columns[column]!.start + level;
  }
}

/** Draws what the critic's step needs: conditions, real rows that meet the permuted conditions, and noise. */
export function fillCriticBatch(batch: CriticBatch, source: CtganBatchSource, random: RandomStream): void {
  const { space, config, encoded } = source;
  fillNoise(batch, random);
  random.fillUniform(batch.alpha);
  const places = random.permutation(config.batchSize);
  const rows = new Uint32Array(config.batchSize);
  for (let i = 0; i < config.batchSize; i++) {
    const place = places[i]!;
    if (space.width === 0) {
      rows[place] = random.integer(encoded.rowCount);
      continue;
    }
    const condition = source.sampler.draw(random);
    batch.condition[i] = space.columns[condition.column]!.start + condition.level;
    batch.realCondition[place] = batch.condition[i]!;
    rows[place] = source.rowsByLevel.draw(condition, random);
  }
  writeRows(batch.real, source, rows);
}

function fillNoise(batch: GeneratorBatch, random: RandomStream): void {
  random.fillUniform(batch.latent);
  random.fillUniform(batch.uniform);
  for (const uniforms of Object.values(batch.dropout)) random.fillUniform(uniforms);
}

/** Encoded rows as scalars and one-hot levels, field by field. */
function writeRows(out: Float32Array, { encoded, shape }: CtganBatchSource, rows: Uint32Array): void {
  const stride = outputWidth(shape.fields);
  out.fill(0);
  let start = 0;
  shape.fields.forEach((field, index) => {
    const values = encoded.fields[index]!;
    const isScalar = field.kind === "scalar";
    for (let i = 0, at = start; i < rows.length; i++, at += stride) {
      const value = values[rows[i]!]!;
      if (isScalar) out[at] = value;
      else out[at + value] = 1;
    }
    start += fieldWidth(field);
  });
}
