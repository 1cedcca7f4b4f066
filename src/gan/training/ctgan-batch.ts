import type { RandomStream } from "../../core/random.js";
import type { EncodedTable, Field } from "../../encode/field.js";
import type { CtganConfig } from "../config.js";
import { type CtganShape, fieldWidth, outputWidth } from "../networks/ctgan-generator.js";
import type { ConditionSampler, ConditionSpace, RowsByLevel } from "../techniques/condition-sampler.js";

/** Buffers of one CTGAN step; rows = batch size B, packs = B / pack, W = output width, C = condition width. */
export interface CtganBatch {
  /** [B, latent] */
  readonly z: Float32Array;
  /** Conditions of the generated rows, [B, C]. */
  readonly condition: Float32Array;
  /** The same conditions permuted: those of the real rows, [B, C]. */
  readonly realCondition: Float32Array;
  /** [B, W] */
  readonly real: Float32Array;
  /** Uniforms for Gumbel noise, [B, W]. */
  readonly uniform: Float32Array;
  /** Interpolation between generated and real, one a pack, [packs, 1]. */
  readonly alpha: Float32Array;
  /** Uniforms for dropout, one array a use and layer, [packs, width]: `dropoutFake0`, `dropoutReal0`, ... */
  readonly [name: string]: Float32Array;
}

export const DROPOUT_USES = ["Fake", "Real", "Mixed"] as const;

export function makeCtganBatch(shape: CtganShape, config: CtganConfig): CtganBatch {
  const rows = config.batchSize;
  const width = outputWidth(shape.fields);
  const dropout: Record<string, Float32Array> = {};
  for (const use of DROPOUT_USES) {
    config.criticWidths.forEach((units, layer) => {
      dropout[`dropout${use}${layer}`] = new Float32Array((rows / config.pack) * units);
    });
  }
  return {
    ...dropout,
    z: new Float32Array(rows * shape.latent),
    condition: new Float32Array(rows * shape.condition),
    realCondition: new Float32Array(rows * shape.condition),
    real: new Float32Array(rows * width),
    uniform: new Float32Array(rows * width),
    alpha: new Float32Array(rows / config.pack),
  };
}

export interface CtganBatchSource {
  readonly encoded: EncodedTable;
  readonly space: ConditionSpace;
  readonly sampler: ConditionSampler;
  readonly rowsByLevel: RowsByLevel;
  readonly shape: CtganShape;
  readonly config: CtganConfig;
}

/** Draws everything one step needs: conditions, real rows that meet the permuted conditions, and noise. */
export function fillCtganBatch(batch: CtganBatch, source: CtganBatchSource, random: RandomStream): void {
  const { space, shape, config, encoded } = source;
  for (const name of ["condition", "realCondition", "real"]) batch[name]!.fill(0);
  random.fillNormal(batch.z);
  for (const [name, values] of Object.entries(batch)) {
    if (name === "uniform" || name === "alpha" || name.startsWith("dropout")) random.fillUniform(values);
  }
  const places = random.permutation(config.batchSize);
  for (let i = 0; i < config.batchSize; i++) {
    const place = places[i]!;
    if (space.width === 0) {
      writeRow(batch.real, place, encoded, random.integer(encoded.rowCount), shape.fields);
      continue;
    }
    const condition = source.sampler.draw(random);
    const at = space.columns[condition.column]!.start + condition.level;
    batch.condition[i * space.width + at] = 1;
    batch.realCondition[place * space.width + at] = 1;
    writeRow(batch.real, place, encoded, source.rowsByLevel.draw(condition, random), shape.fields);
  }
}

/** One encoded row as scalars and one-hot levels. */
function writeRow(
  out: Float32Array,
  place: number,
  encoded: EncodedTable,
  row: number,
  fields: readonly Field[],
): void {
  let at = place * outputWidth(fields);
  fields.forEach((field, index) => {
    const value = encoded.fields[index]![row]!;
    if (field.kind === "scalar") out[at] = value;
    else out[at + value] = 1;
    at += fieldWidth(field);
  });
}
