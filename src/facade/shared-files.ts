import { mkdir } from "node:fs/promises";
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
import { PRIVATE_FILES, privateContents, withheldContents } from "./private-files.js";
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
export const OUR_FILES: readonly string[] = [...new Set([...SHARED_FILES, ...PRIVATE_FILES, "NOT-SHAREABLE.md"])];

/** Did an earlier run write a folder of these files? */
export function isEarlierOutput(names: readonly string[] = []): boolean {
  return names.includes("synthetic.csv") && (names.includes("report.json") || names.includes("guarantee.json"));
}

/** Where the files of a shared table go. */
export interface SharedPlaces {
  readonly folder: string;
  /** Takes what differential privacy does not cover, where it was promised. */
  readonly withheld: string;
  /** The name that `withheld` will have. */
  readonly withheldName: string;
}

/** Names of the files that were written. */
export interface SharedNames {
  readonly names: readonly string[];
  /** Empty where no differential privacy was promised. */
  readonly withheld: readonly string[];
}

/**
 * Writes the files of a shared folder. `source` is the name of the table they were made from. Where copies were dropped the model
 * is left out: with it and the seed anybody draws the dropped rows. Under differential privacy no figure of the report gets in:
 * they go to a folder of their own.
 */
export async function writeSharedFiles(
  places: SharedPlaces,
  shared: SharedTable,
  source: string,
  signal?: AbortSignal,
): Promise<SharedNames> {
  const options = signal === undefined ? {} : { signal };
  const write = async (folder: string, contents: Readonly<Record<string, string | Uint8Array>>) => {
    await mkdir(folder, { recursive: true });
    for (const [name, content] of Object.entries(contents)) {
      await writeFileAtomically(join(folder, name), [content], options);
    }
    return Object.keys(contents);
  };
  const { model, synthetic, report, releaseFit } = shared;
  await writeTable(synthetic, join(places.folder, "synthetic.csv"), options);
  if (model.privacy === undefined) {
    const names = await write(places.folder, sharedContents(shared, source));
    return { names: ["synthetic.csv", ...names], withheld: [] };
  }
  const { shareable } = report.release;
  const title = titleOf(source);
  const command = commandOf(shared, source);
  const parts = {
    model,
    synthetic,
    releaseFit,
    shareable,
    title,
    command,
    withheld: places.withheldName,
    record: model.privacy,
  };
  const names = await write(places.folder, privateContents(parts));
  return {
    names: ["synthetic.csv", ...names],
    withheld: await write(places.withheld, withheldContents(report, title)),
  };
}

function sharedContents(shared: SharedTable, source: string): Readonly<Record<string, string | Uint8Array>> {
  const { report, model } = shared;
  const title = titleOf(source);
  return {
    ...(shared.filtered === undefined ? { "model.synth": serializeModel(model) } : {}),
    "report.html": renderReport(report, { title }),
    "report.json": serializeReport(report),
    "training.html": renderTrainingPage(model, title),
    "schema.json": `${JSON.stringify(model.schema, null, 2)}\n`,
    "README.md": readmeOf(shared, source),
    ...(report.release.shareable ? {} : { "NOT-SHAREABLE.md": renderNotShareable(report, title) }),
  };
}

/** The command line that made the table. */
function commandOf({ requested, model, filtered }: SharedTable, source: string): string {
  const settings = changedSettings(requested).map(([path, value]) => ` --set ${path}=${JSON.stringify(value)}`);
  const filter = filtered === undefined ? "" : ` --min-distance ${filtered.minDistance}`;
  const { privacy } = model;
  const promise = privacy === undefined ? "" : ` --epsilon ${privacy.epsilon} --delta ${privacy.delta}`;
  return `synth share ${source}${promise} --preset ${requested.preset} --seed ${model.seed}${settings.join("")}${filter}`;
}

function readmeOf(shared: SharedTable, source: string): string {
  const { model, requested, report, synthetic, filtered } = shared;
  return renderReadme(report, {
    name: titleOf(source),
    rows: synthetic.rowCount,
    columns: synthetic.columns.length,
    command: commandOf(shared, source),
    seed: model.seed,
    version: VERSION,
    preset: requested.preset,
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
