import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { Comparison } from "../evaluate/contract/comparison-schema.js";
import { type PresetRun, writeTable } from "../index.js";
import { toFileError } from "../io/file-error.js";
import type { CommandContext } from "./command-runner.js";
import { saveModelAt } from "./output-file.js";
import { claimReportFolders, writeComparison, writeReport } from "./report-files.js";

/** The folder of a comparison, which grows as trainings end. */
export interface ComparisonFolder {
  /** Lays down what a run made, and the comparison of all that have ended. Throws E_FILE_*. */
  write(run: PresetRun, comparison: Comparison | undefined): Promise<void>;
}

/** Makes the folder, before any work. Throws E_FILE_*. */
export async function openComparisonFolder(output: string, context: CommandContext): Promise<ComparisonFolder> {
  await claimReportFolders(output, ["comparison"]);
  const { signal } = context;
  return {
    async write({ name, seed, folder, result }, comparison) {
      if (result !== undefined) {
        const own = join(output, folder);
        await mkdir(own, { recursive: true }).catch((cause) => {
          throw toFileError(cause, own, "write");
        });
        await saveModelAt(result.model, join(own, "model.synth"), context);
        await writeTable(result.synthetic, join(own, "synthetic.csv"), { signal });
        await writeReport(result.report, own, { title: `${name}, seed ${seed}` }, signal);
      }
      if (comparison !== undefined) await writeComparison(comparison, output, {}, signal);
    },
  };
}
