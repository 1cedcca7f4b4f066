import type { Field } from "../../encode/field.js";
import type { GanConfig } from "../config.js";
import { outputWidth } from "../networks/ctgan-generator.js";
import { type ConditionPlan, conditionWidths } from "../techniques/condition-plan.js";
import type { Architecture, ArchitecturePlan, CriticNetwork, GanShape, GeneratorNetwork } from "./architecture.js";
import { makeArchitecture } from "./make-architecture.js";

/** Both networks of a model of kind gan, and what they need to know of the table. */
export interface GanNetworks {
  readonly shape: GanShape;
  readonly conditions: ConditionPlan;
  readonly plan: ArchitecturePlan;
  readonly generator: GeneratorNetwork;
  readonly critic: CriticNetwork;
}

/** @param fields without copy levels: see `ordinaryFields` */
export function makeGanNetworks(
  fields: readonly Field[],
  config: GanConfig,
  conditions: ConditionPlan,
  plan: ArchitecturePlan,
): GanNetworks {
  const condition = conditionWidths(conditions).reduce((sum, width) => sum + width, 0);
  const shape: GanShape = { fields, width: outputWidth(fields), condition, config };
  const architecture: Architecture = makeArchitecture(config.architecture);
  return {
    shape,
    conditions,
    plan,
    generator: architecture.makeGenerator(shape, plan),
    critic: architecture.makeCritic(shape, plan),
  };
}

/** Fields whose levels are what a row may hold: without the copies that only mean "follows from another field". */
export function ordinaryFields(fields: readonly Field[]): Field[] {
  return fields.map((field) => {
    if (field.kind === "scalar" || field.copies === undefined) return field;
    const { copies, levels, ...others } = field;
    return { ...others, levels: levels - copies.length };
  });
}
