import type { RandomStream } from "../../../core/random.js";
import type { EncodedTable } from "../../../encode/field.js";
import { sizeOfShape } from "../../../runtime/buffers.js";
import type { Buffers, TensorSpecs } from "../../../runtime/program.js";
import type { GanNetworks } from "../../architectures/gan-networks.js";
import { fieldWidth } from "../../networks/ctgan-generator.js";
import { conditionWidths } from "../../techniques/condition-plan.js";
import type { TrainingConditions } from "../../techniques/training-conditions.js";

/** What batches are drawn from. */
export interface BatchSource {
  readonly networks: GanNetworks;
  readonly train: EncodedTable;
  readonly conditions: TrainingConditions;
}

/** Inputs of one step. Those that nobody else fills are uniforms in (0, 1). */
export interface GanBatch {
  readonly inputs: Buffers;
  /** Draws the next batch: conditions, real rows that meet them, and uniforms; `progress` 0..1 sets the schedule's inputs. */
  fill(progress: number, random: RandomStream): void;
}

/** @param constants inputs that keep their values */
export function makeGanBatch(specs: TensorSpecs, source: BatchSource, constants: Buffers = {}): GanBatch {
  const inputs: Buffers = { ...emptyBuffers(specs), ...constants };
  const { conditions, critic, shape } = source.networks;
  const parts = conditionWidths(conditions).map((_, part) => part);
  const fake = parts.flatMap((part) => (inputs[`condition${part}`] as Int32Array | undefined) ?? []);
  const real = parts.flatMap((part) => (inputs[`realCondition${part}`] as Int32Array | undefined) ?? []);
  const filled = new Set(["real", ...Object.keys(constants), ...Object.keys(critic.schedule?.specs ?? {})]);
  const uniforms = Object.entries(inputs).filter(
    (entry): entry is [string, Float32Array] => entry[1] instanceof Float32Array && !filled.has(entry[0]),
  );
  const rows = new Uint32Array(shape.config.training.batchSize);
  return {
    inputs,
    fill(progress, random) {
      for (const [, values] of uniforms) random.fillUniform(values);
      drawConditions(source, fake, real, rows, random);
      if (inputs.real !== undefined) writeRows(inputs.real as Float32Array, source, rows);
      critic.schedule?.fill(progress, inputs);
    },
  };
}

function emptyBuffers(specs: TensorSpecs): Buffers {
  const entries = Object.entries(specs).map(([name, { shape, type }]) => {
    const size = sizeOfShape(shape);
    return [name, type === "int32" ? new Int32Array(size) : new Float32Array(size)] as const;
  });
  return Object.fromEntries(entries);
}

/**
 * Conditions of the generated rows, and real rows that meet them. Where a row knows one column only, the real rows are
 * permuted, as CTGAN does: within a pack none belongs to the generated row beside it.
 */
function drawConditions(
  { networks, conditions }: BatchSource,
  fake: readonly Int32Array[],
  real: readonly Int32Array[],
  rows: Uint32Array,
  random: RandomStream,
): void {
  const order = networks.conditions.kind === "one-at-random" ? random.permutation(rows.length) : undefined;
  const places = new Int32Array(Math.max(fake.length, real.length));
  for (let i = 0; i < rows.length; i++) {
    const at = order?.[i] ?? i;
    rows[at] = conditions.draw(places, random);
    fake.forEach((values, part) => {
      values[i] = places[part]!;
    });
    real.forEach((values, part) => {
      values[at] = places[part]!;
    });
  }
}

/** Encoded rows as scalars and one-hot levels, field by field. */
function writeRows(out: Float32Array, { train, networks }: BatchSource, rows: Uint32Array): void {
  const { fields, width } = networks.shape;
  out.fill(0);
  let start = 0;
  fields.forEach((field, index) => {
    const values = train.fields[index]!;
    const isScalar = field.kind === "scalar";
    for (let i = 0, at = start; i < rows.length; i++, at += width) {
      const value = values[rows[i]!]!;
      if (isScalar) out[at] = value;
      else out[at + value] = 1;
    }
    start += fieldWidth(field);
  });
}
