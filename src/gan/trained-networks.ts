import { assertDefined } from "../core/errors.js";
import type { ArchitecturePlan } from "./architectures/architecture.js";
import { makeGanNetworks, ordinaryFields } from "./architectures/gan-networks.js";
import type { CompletionWeights } from "./inference/completion-weights.js";
import type { GanWeights } from "./inference/gan-rows.js";
import type { RoundsSetting } from "./inference/rounds-setting.js";
import type { ConditionPlan } from "./techniques/condition-plan.js";
import { makeLevelMap } from "./techniques/level-map.js";
import type { TrainedGenerator } from "./trained-generator.js";

/** A trained any-subset generator, ready to sample. */
export interface CompletionNetworks {
  readonly kind: "completion";
  /** For exact sampling and conditions. */
  readonly completion: CompletionWeights;
  /** For few-round sampling: the adversarial phase's weights, or the completion's where that phase was not kept. */
  readonly rounds: CompletionWeights;
  /** The ways to draw rows, from few rounds to one field a round (the last), each with what it costs. */
  readonly settings: readonly RoundsSetting[];
}

export interface TrainedGanNetworks {
  readonly kind: "gan";
  readonly gan: GanWeights;
}

/** The networks that a trained generator's weights belong to. */
export function networksOf(generator: TrainedGenerator): CompletionNetworks | TrainedGanNetworks {
  const { config, fields } = generator;
  if (config.kind === "gan") {
    const { conditions, plan } = generator.state as { conditions: ConditionPlan; plan: ArchitecturePlan };
    const networks = makeGanNetworks(ordinaryFields(fields), config, conditions, plan);
    return { kind: "gan", gan: { networks, views: assertDefined(viewsOf(generator, "generator"), "the generator") } };
  }
  const map = makeLevelMap(fields);
  const shape = { fields: map.fields, levels: map.levels, ...config.network };
  const completion = { shape, map, views: assertDefined(viewsOf(generator, "completion"), "the completion network") };
  const rounds = viewsOf(generator, "rounds");
  return {
    kind: "completion",
    completion,
    rounds: rounds === undefined ? completion : { shape, map, views: rounds },
    settings: generator.state.rounds as RoundsSetting[],
  };
}

/** The weights of one group ("completion/...") by their plain names. */
function viewsOf(generator: TrainedGenerator, group: string): Record<string, Float32Array> | undefined {
  const entries = Object.entries(generator.weights)
    .filter(([name]) => name.startsWith(`${group}/`))
    .map(([name, weight]): [string, Float32Array] => [name.slice(group.length + 1), weight.data]);
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}
