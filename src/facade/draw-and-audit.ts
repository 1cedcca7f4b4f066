import type { SynthModel } from "../artifact/model.js";
import type { Report } from "../evaluate/report-schema.js";
import type { Table } from "../table/table.js";
import { auditInput } from "./audit-input.js";
import { evaluate } from "./evaluate.js";
import { sample } from "./sample.js";
import type { ShareOptions } from "./share.js";

/** As many rows of a model as it was fitted on, and their audit against rows it never saw. Throws what `sample` and `evaluate` throw. */
export async function drawAndAudit(
  model: SynthModel,
  { train, holdout }: { readonly train: Table; readonly holdout: Table },
  options: ShareOptions,
): Promise<{ readonly synthetic: Table; readonly report: Report }> {
  options.onProgress?.({ kind: "stage", stage: "sample", message: "sampling synthetic rows" });
  const synthetic = await sample(model, { ...options, rows: train.rowCount });
  const report = await evaluate(auditInput(model, { train, synthetic, holdout }, options), options);
  return { synthetic, report };
}
