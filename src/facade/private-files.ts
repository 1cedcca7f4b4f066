import { serializeModel } from "../artifact/save-model.js";
import { VERSION } from "../core/version.js";
import { type Guarantee, makeGuarantee } from "../evaluate/contract/guarantee-schema.js";
import type { Report } from "../evaluate/report-schema.js";
import { renderNotShareable } from "../report/render-not-shareable.js";
import { renderPrivateNotShareable, renderPrivateReadme } from "../report/render-private-readme.js";
import { renderReport } from "../report/render-report.js";
import { serializeReport } from "../report/report-json.js";
import type { PrivacyRecord } from "../schema/privacy-record.js";
import { renderTrainingPage } from "./render-training-page.js";
import type { SharedTable } from "./share.js";

type Contents = Readonly<Record<string, string | Uint8Array>>;

/** The files of a shared folder that differential privacy covers. */
export const PRIVATE_FILES = [
  "synthetic.csv",
  "model.synth",
  "guarantee.json",
  "training.html",
  "schema.json",
  "README.md",
] as const;

/** The files of the folder beside it: figures computed on real rows. */
export const WITHHELD_FILES = [
  "report-not-private.html",
  "report-not-private.json",
  "NOT-SHAREABLE-not-private.md",
] as const;

/** What a folder under differential privacy is made from. The report is not among it, so that nothing of it can get in. */
export interface PrivateParts extends Pick<SharedTable, "model" | "synthetic" | "releaseFit"> {
  readonly shareable: boolean;
  readonly title: string;
  readonly command: string;
  /** The name of the folder that the report goes to. */
  readonly withheld: string;
}

/** The contents of a folder under differential privacy, but for the rows. */
export function privateContents(parts: PrivateParts & { readonly record: PrivacyRecord }): Contents {
  const { model, title, shareable, withheld } = parts;
  const guarantee = makeGuarantee(parts.record);
  return {
    "model.synth": serializeModel(model),
    "guarantee.json": `${JSON.stringify(guarantee, null, 2)}\n`,
    "training.html": renderTrainingPage(model, title),
    "schema.json": `${JSON.stringify(model.schema, null, 2)}\n`,
    "README.md": readmeOf(parts, guarantee),
    ...(shareable ? {} : { "NOT-SHAREABLE.md": renderPrivateNotShareable(title, withheld) }),
  };
}

/** The contents of the folder beside it, which is not covered. */
export function withheldContents(report: Report, title: string): Contents {
  return {
    "report-not-private.html": renderReport(report, { title }),
    "report-not-private.json": serializeReport(report),
    ...(report.release.shareable ? {} : { "NOT-SHAREABLE-not-private.md": renderNotShareable(report, title) }),
  };
}

function readmeOf({ model, synthetic, title, releaseFit, ...facts }: PrivateParts, guarantee: Guarantee): string {
  return renderPrivateReadme({
    name: title,
    rows: synthetic.rowCount,
    columns: synthetic.columns.length,
    guarantee,
    releaseFit,
    shareable: facts.shareable,
    command: facts.command,
    version: VERSION,
    preset: model.config.preset,
    omitted: model.encoding.columns.filter((column) => column.kind === "omitted"),
    withheld: facts.withheld,
  });
}
