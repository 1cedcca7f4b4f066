import type { RandomStream } from "../../core/random.js";
import type { MomentTarget } from "../objectives/second-moment.js";
import type { AdversarialSetup } from "./adversarial-steps.js";
import { type CompletionBatch, fillCompletionBatch, makeCompletionBatch } from "./completion-batch.js";
import { groupLevels } from "./group-completion.js";
import { type LevelRows, writeOneHot } from "./level-rows.js";
import type { RowOrder } from "./row-order.js";

/** Buffers of one adversarial step, by the program that reads them. */
export interface AdversarialBatch {
  readonly generator: CompletionBatch & { readonly start: Float32Array };
  readonly critic: { readonly real: Float32Array; readonly flags: Float32Array; readonly penalty: Float32Array };
  readonly rows: Uint32Array;
}

export function makeAdversarialBatch(setup: AdversarialSetup, target: MomentTarget): AdversarialBatch {
  const { map, shape, groups, options } = setup;
  const rows = options.batchSize;
  const noise: Record<string, Float32Array> = {};
  groups.forEach((group, round) => {
    noise[`uniform${round}`] = new Float32Array(rows * groupLevels(group, map));
    noise[`z${round}`] = new Float32Array(rows * shape.latent);
  });
  return {
    generator: {
      ...makeCompletionBatch(map, rows),
      ...noise,
      start: new Float32Array(rows * (map.levels + map.fields)),
      moments: target.moments,
      momentWeights: target.weights,
    },
    critic: {
      real: new Float32Array(rows * map.levels),
      flags: new Float32Array(rows * map.fields),
      penalty: new Float32Array(1),
    },
    rows: new Uint32Array(rows),
  };
}

/**
 * Fresh rows for the completion loss, fresh rows for the critic, noise, and what is known at first: nothing in
 * `fromNothingShare` of the batches, else the first group of the critic's real rows.
 */
export function fillAdversarialBatch(
  batch: AdversarialBatch,
  data: LevelRows,
  setup: AdversarialSetup,
  order: RowOrder,
  random: RandomStream,
): void {
  const { map, groups, options } = setup;
  order.next(batch.rows);
  fillCompletionBatch(batch.generator, data, batch.rows, map, random);
  groups.forEach((_, round) => {
    random.fillUniform(batch.generator[`uniform${round}`]!);
    random.fillNormal(batch.generator[`z${round}`]!);
  });
  order.next(batch.rows);
  batch.critic.real.fill(0);
  writeOneHot(batch.critic.real, data, batch.rows, map);
  batch.generator.start.fill(0);
  batch.critic.flags.fill(0);
  if (random.uniform() >= options.fromNothingShare) fillStart(batch, data, groups[0]!, map.levels, map.fields);
}

function fillStart(
  batch: AdversarialBatch,
  data: LevelRows,
  group: readonly number[],
  levels: number,
  fields: number,
): void {
  batch.rows.forEach((row, i) => {
    for (const field of group) {
      batch.generator.start[i * (levels + fields) + data.levels[row * fields + field]!] = 1;
      batch.generator.start[i * (levels + fields) + levels + field] = 1;
      batch.critic.flags[i * fields + field] = 1;
    }
  });
}
