import type { RandomStream } from "../../core/random.js";
import type { EncodedTable } from "../../encode/field.js";
import { countAtMost } from "../../stats/sorted-search.js";
import type { GanConfig } from "../config.js";
import type { ConditionPlan } from "./condition-plan.js";
import { makeConditionSampler, makeRowsByLevel } from "./condition-sampler.js";
import { rowsByCombination } from "./known-columns.js";

/** Conditions of training batches, and real rows that meet them. */
export interface TrainingConditions {
  /**
   * Draws one row's condition.
   *
   * @param places receives the place of the 1 in each part of the condition
   * @returns a training row that meets it
   */
  draw(places: Int32Array, random: RandomStream): number;
}

/** Frequencies: the columns' own, or, as CTGAN's training by sampling, by log(rows + 1), so that rare levels are learned. */
export function makeTrainingConditions(
  plan: ConditionPlan,
  encoded: EncodedTable,
  frequencies: GanConfig["condition"]["frequencies"],
): TrainingConditions {
  const { rowCount } = encoded;
  const weigh = (share: number): number => (frequencies === "true" ? share : Math.log(share * rowCount + 1));
  switch (plan.kind) {
    case "none":
      return { draw: (_, random) => random.integer(rowCount) };
    case "one-at-random": {
      const sampler = makeConditionSampler(plan, weigh);
      const rows = makeRowsByLevel(plan, encoded);
      return {
        draw: (places, random) => {
          const condition = sampler.draw(random);
          places[0] = plan.columns[condition.column]!.start + condition.level;
          return rows.draw(condition, random);
        },
      };
    }
    case "known":
      return ofKnownColumns(plan.fields, encoded, weigh);
    default:
      return plan satisfies never;
  }
}

/** The rows of a table as they come, uniformly, each with a condition that it meets. */
export function makeRowConditions(plan: ConditionPlan, encoded: EncodedTable): TrainingConditions {
  const codeOf = (field: number, row: number): number => encoded.fields[field]![row]!;
  return {
    draw: (places, random) => {
      const row = random.integer(encoded.rowCount);
      if (plan.kind === "one-at-random") {
        const { field, start } = plan.columns[random.integer(plan.columns.length)]!;
        places[0] = start + codeOf(field, row);
      }
      if (plan.kind === "known") places.set(plan.fields.map((field) => codeOf(field, row)));
      return row;
    },
  };
}

function ofKnownColumns(
  fields: readonly number[],
  encoded: EncodedTable,
  weigh: (share: number) => number,
): TrainingConditions {
  const groups = [...rowsByCombination(fields, encoded).values()];
  let sum = 0;
  const sums = Float64Array.from(groups, (rows) => {
    sum += weigh(rows.length / encoded.rowCount);
    return sum;
  });
  return {
    draw: (places, random) => {
      const rows = groups[Math.min(groups.length - 1, countAtMost(sums, random.uniform() * sum))]!;
      const row = rows[random.integer(rows.length)]!;
      fields.forEach((field, at) => {
        places[at] = encoded.fields[field]![row]!;
      });
      return row;
    },
  };
}
