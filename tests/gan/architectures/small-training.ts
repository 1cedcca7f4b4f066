import { makeRandom } from "../../../src/core/random.js";
import type { EncodedTable, Field } from "../../../src/encode/field.js";
import type { GanConfig } from "../../../src/gan/config.js";
import { PRESETS } from "../../../src/gan/presets.js";
import { trainGenerator } from "../../../src/gan/train-generator.js";
import type { TrainedGenerator } from "../../../src/gan/trained-generator.js";

/** A bell-shaped number of 16 levels, a category that follows it, and a category of its own. */
export const BELL_FIELDS: readonly Field[] = [
  { kind: "discrete", name: "size", levels: 16 },
  { kind: "discrete", name: "class", levels: 4 },
  { kind: "discrete", name: "color", levels: 3 },
];

export function bellTable(rowCount: number, seed: number): EncodedTable {
  const random = makeRandom(seed);
  const [size, group, color] = [new Uint8Array(rowCount), new Uint8Array(rowCount), new Uint8Array(rowCount)];
  for (let row = 0; row < rowCount; row++) {
    for (let coin = 0; coin < 15; coin++) size[row]! += random.uniform() < 0.5 ? 1 : 0;
    group[row] = Math.floor(size[row]! / 4);
    color[row] = random.uniform() < 0.6 ? 0 : 1 + random.integer(2);
  }
  return { rowCount, fields: [size, group, color] };
}

/** A preset's model with small networks and batches, trained on the bell table for so many steps. */
export function trainSmall(
  preset: "stylegan" | "progressive" | "dcgan",
  steps: number,
  layers: number,
): Promise<TrainedGenerator> {
  const model: GanConfig = PRESETS[preset].model;
  const config: GanConfig = {
    ...model,
    latent: 8,
    generatorWidths: new Array<number>(layers).fill(32),
    criticWidths: new Array<number>(layers).fill(32),
    auto: false,
    training: {
      ...model.training,
      batchSize: 100,
      minSteps: steps,
      maxSteps: steps,
      generatorLearningRate: 2e-3,
      criticLearningRate: 2e-3,
      looks: 4,
    },
    techniques: { ...model.techniques, emaDecay: 0.9 },
  };
  const data = {
    fields: BELL_FIELDS,
    train: bellTable(1000, 1),
    validation: bellTable(400, 2),
    features: [new Float32Array(16), undefined, undefined],
  };
  return trainGenerator(data, config, { random: makeRandom(1), engine: "onnx", threads: 1 });
}

/** Shape and pair error of the first and the last look. */
export function firstAndLastError({ log }: TrainedGenerator): readonly [number, number] {
  const errors = log.entries
    .filter(({ shapeError }) => shapeError !== undefined)
    .map(({ shapeError, pairError }) => Number(shapeError) + Number(pairError));
  return [errors[0]!, errors.at(-1)!];
}
