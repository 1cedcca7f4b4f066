import { basename, extname, join } from "node:path";
import { serializeModel } from "../artifact/save-model.js";
import { VERSION } from "../core/version.js";
import { changedSettings } from "../gan/resolve-config.js";
import { writeFileAtomically } from "../io/atomic-write.js";
import { writeTable } from "../io/write-table.js";
import { renderNotShareable } from "../report/render-not-shareable.js";
import { renderReadme } from "../report/render-readme.js";
import { renderReport } from "../report/render-report.js";
import { serializeReport } from "../report/report-json.js";
import { renderTrainingPage } from "./render-training-page.js";
import type { SharedTable } from "./share.js";

/** The files of a shared folder. */
export const SHARED_FILES = [
  "synthetic.csv",
  "model.synth",
  "report.html",
  "report.json",
  "training.html",
  "schema.json",
  "README.md",
] as const;

/** Every file that `share` may write: one that says why, where the release policy is not met. */
export const OUR_FILES: readonly string[] = [...SHARED_FILES, "NOT-SHAREABLE.md"];

/** What a folder holds that an earlier run wrote. */
export const EARLIER_OUTPUT: readonly (typeof SHARED_FILES)[number][] = ["synthetic.csv", "report.json"];

/**
 * Writes the files of a shared folder; returns their names. `source` is the name of the table they were made from. Where copies
 * were dropped the model is left out: with it and the seed anybody draws the dropped rows.
 */
export async function writeSharedFiles(
  folder: string,
  shared: SharedTable,
  source: string,
  signal?: AbortSignal,
): Promise<string[]> {
  const options = signal === undefined ? {} : { signal };
  const { report, model } = shared;
  const title = titleOf(source);
  const contents: Readonly<Record<string, string | Uint8Array>> = {
    ...(shared.filtered === undefined ? { "model.synth": serializeModel(model) } : {}),
    "report.html": renderReport(report, { title }),
    "report.json": serializeReport(report),
    "training.html": renderTrainingPage(model, title),
    "schema.json": `${JSON.stringify(model.schema, null, 2)}\n`,
    "README.md": readmeOf(shared, source),
    ...(report.release.shareable ? {} : { "NOT-SHAREABLE.md": renderNotShareable(report, title) }),
  };
  await writeTable(shared.synthetic, join(folder, "synthetic.csv"), options);
  for (const [name, content] of Object.entries(contents)) {
    await writeFileAtomically(join(folder, name), [content], options);
  }
  return ["synthetic.csv", ...Object.keys(contents)];
}

function readmeOf({ model, requested, report, synthetic, filtered }: SharedTable, source: string): string {
  const { preset } = requested;
  const settings = changedSettings(requested).map(([path, value]) => ` --set ${path}=${JSON.stringify(value)}`);
  const filter = filtered === undefined ? "" : ` --min-distance ${filtered.minDistance}`;
  return renderReadme(report, {
    name: titleOf(source),
    rows: synthetic.rowCount,
    columns: synthetic.columns.length,
    command: `synth share ${source} --preset ${preset} --seed ${model.seed}${settings.join("")}${filter}`,
    seed: model.seed,
    version: VERSION,
    preset,
    minCategoryCount: model.config.encoding.minCategoryCount,
    omitted: model.encoding.columns.filter((column) => column.kind === "omitted"),
    notes: model.generator.log.notes,
    ...(filtered === undefined
      ? {}
      : { filtered: { minDistance: filtered.minDistance, likelihoodRatio: filtered.leak.likelihoodRatio } }),
  });
}

/** A table's name without its extension. */
function titleOf(source: string): string {
  return basename(source, extname(source));
}
