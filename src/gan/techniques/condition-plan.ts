import { type SynthError, usageError } from "../../core/errors.js";
import type { EncodedTable, Field } from "../../encode/field.js";
import type { GanConfig } from "../config.js";
import { makeLevelRows } from "../training/level-rows.js";
import { type ConditionSpace, conditionFields, makeConditionSpace } from "./condition-sampler.js";
import { pairwiseInformation } from "./field-groups.js";
import { type KnownColumns, makeKnownColumns } from "./known-columns.js";
import { makeLevelMap } from "./level-map.js";

/** What a generator is conditioned on: plain JSON, kept in the model; no training row. */
export type ConditionPlan =
  | { readonly kind: "none" }
  /** Each row knows the level of one column, drawn at random (CTGAN). */
  | ({ readonly kind: "one-at-random" } & ConditionSpace)
  /** Each row knows these columns. */
  | ({ readonly kind: "known" } & KnownColumns);

/** The one-hot parts of a condition, by their widths; [] without. Training and sampling place a 1 in each. */
export function conditionWidths(plan: ConditionPlan): readonly number[] {
  switch (plan.kind) {
    case "none":
      return [];
    case "one-at-random":
      return [plan.width];
    case "known":
      return plan.shares.map(({ length }) => length);
    default:
      return plan satisfies never;
  }
}

/**
 * Chooses the columns to condition on. A number takes those that tell most of the others, by mutual information.
 *
 * @param minCount combinations of levels that fewer rows have are not kept
 * Throws E_CONFIG_COMBINATION for columns that are not there, are not discrete, or leave nothing to generate.
 */
export function planConditions(
  setting: GanConfig["condition"]["columns"],
  table: { readonly fields: readonly Field[]; readonly train: EncodedTable },
  minCount: number,
): ConditionPlan {
  const { fields, train } = table;
  if (setting === "none") return { kind: "none" };
  if (setting === "one-at-random") {
    const space = makeConditionSpace(fields, train);
    return space.width === 0 ? { kind: "none" } : { kind: "one-at-random", ...space };
  }
  const known =
    typeof setting === "number" ? mostTelling(setting, fields, train) : setting.flatMap((name) => byName(name, fields));
  if (known.length >= fields.length) {
    throw refused(`all ${fields.length} columns would be known`, "leave at least one to generate");
  }
  return planKnown([...new Set(known)], table, minCount);
}

/** The condition on these fields. */
export function planKnown(
  known: readonly number[],
  { fields, train }: { readonly fields: readonly Field[]; readonly train: EncodedTable },
  minCount: number,
): ConditionPlan {
  return { kind: "known", ...makeKnownColumns(known, fields, train, minCount) };
}

/** Greedily the columns whose best one tells most of each other column. */
function mostTelling(count: number, fields: readonly Field[], train: EncodedTable): number[] {
  const candidates = conditionFields(fields);
  if (count > candidates.length) {
    throw refused(`there are ${candidates.length} discrete columns to know; got ${count}`, "ask for fewer");
  }
  const map = makeLevelMap(fields);
  const information = pairwiseInformation(makeLevelRows(train, map), map);
  const discrete = [...fields.keys()].filter((index) => fields[index]!.kind === "discrete");
  const told = new Float64Array(map.fields);
  const chosen: number[] = [];
  while (chosen.length < count) {
    const gain = (field: number): number => {
      const at = discrete.indexOf(field);
      return told.reduce(
        (sum, best, other) => sum + (other === at ? 0 : Math.max(best, information[at * map.fields + other]!)),
        0,
      );
    };
    const open = candidates.filter((field) => !chosen.includes(field));
    const best = open.reduce((top, field) => (gain(field) > gain(top) ? field : top));
    const at = discrete.indexOf(best);
    told.forEach((before, other) => {
      told[other] = Math.max(before, information[at * map.fields + other]!);
    });
    chosen.push(best);
  }
  return chosen.sort((a, b) => a - b);
}

/** The fields of a column: all of them discrete. */
function byName(name: string, fields: readonly Field[]): number[] {
  const own = [...fields.keys()].filter((index) => {
    const field = fields[index]!.name;
    return field === name || field.startsWith(`${name}, `);
  });
  if (own.length === 0) {
    throw refused(`there is no learned column "${name}"`, "`synth schema` lists the columns and how they are learned");
  }
  const discrete = new Set(conditionFields(fields));
  if (own.every((index) => discrete.has(index))) return own;
  throw refused(`column "${name}" is not discrete under this encoding`, "set encoding.numbers to quantile-bins");
}

function refused(message: string, hint: string): SynthError {
  return usageError("E_CONFIG_COMBINATION", message, { where: "model.condition.columns", hint });
}
