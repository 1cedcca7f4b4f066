import { checkConstraints } from "../constraints/check-constraints.js";
import { usageError } from "../core/errors.js";
import { makeRandom } from "../core/random.js";
import type { ShadowTable } from "../evaluate/privacy/shadow-attack.js";
import type { TableSchema } from "../schema/table-schema.js";
import { joinRows } from "../table/join-rows.js";
import { type Table, takeRows } from "../table/table.js";
import { fitAndSample } from "./fit-and-sample.js";
import type { FitOptions } from "./fit-options.js";
import { DEFAULT_SEED } from "./run-options.js";
import { tellTrainings } from "./tell-trainings.js";

/** Fewer shadow models leave much of what a leak shows to chance. */
const FEW_SHADOWS = 8;

/** What shadow models are trained like. */
export interface ShadowPlan {
  /** Two or more. */
  readonly count: number;
  /** Of the released table, and of each shadow model's. */
  readonly rows: number;
  /** Of the released model, with the constraints that it keeps. */
  readonly schema: TableSchema;
}

/** Throws E_USAGE_SHADOWS where shadow models are asked for, but not two of them. */
export function requireShadows(count: number | undefined): void {
  if (count === undefined || (Number.isInteger(count) && count >= 2)) return;
  throw usageError("E_USAGE_SHADOWS", `shadow models must be a whole number of at least 2; got ${count}`, {
    where: "shadowModels",
    hint: "8 and more show most; each takes as long as the model itself",
  });
}

/**
 * Tables of models trained as the released one was, each on half of all real rows: every two on complementary random halves, so
 * that each row is known to as many as it is unknown to. Constraints that not all real rows hold are left out. Throws what fit
 * and sample throw.
 */
export async function trainShadows(
  { train, holdout }: { readonly train: Table; readonly holdout: Table },
  plan: ShadowPlan,
  options: FitOptions,
): Promise<ShadowTable[]> {
  const { onProgress } = options;
  const { count, rows } = plan;
  onProgress?.({ kind: "stage", stage: "shadow models", message: `training ${count} shadow models` });
  if (count < FEW_SHADOWS) onProgress?.({ kind: "notice", code: "N_FEW_SHADOWS", message: fewShadows(count) });
  const real = joinRows([train, holdout]);
  const schema = withConstraintsOf(real, plan.schema);
  const random = makeRandom(options.seed ?? DEFAULT_SEED).fork("shadow models");
  const tell = tellTrainings(onProgress, "shadow models", count);
  const shadows: ShadowTable[] = [];
  for (let index = 0; index < count; index++) {
    const order = random.fork(`halves ${index >> 1}`).permutation(real.rowCount);
    const middle = real.rowCount >> 1;
    const members = (index % 2 === 0 ? order.slice(0, middle) : order.slice(middle)).sort();
    const seed = random.fork(`model ${index}`).uint32();
    const trained = {
      ...options,
      schema,
      findConstraints: false,
      seed,
      onProgress: tell(index),
      checkpoints: undefined,
    };
    const { synthetic } = await fitAndSample(takeRows(real, members), rows, trained);
    shadows.push({ synthetic, members });
  }
  return shadows;
}

function withConstraintsOf(real: Table, schema: TableSchema): TableSchema {
  if (schema.constraints === undefined) return schema;
  const kept = checkConstraints(real, schema.constraints).filter(({ violations }) => violations === 0);
  return { ...schema, constraints: kept.map(({ constraint }) => constraint) };
}

function fewShadows(count: number): string {
  return `${count} shadow models show little: what they find hangs on chance; ${FEW_SHADOWS} and more show most`;
}
