import type { Report } from "../evaluate/report-schema.js";
import { formatCount } from "./format.js";
import { codeBlock, codeSpan, keyFigureTable, markdownTable, plainText, privacyPart, verdictPart } from "./markdown.js";

/** What the audit does not know about how a shared table came about. */
export interface ShareFacts {
  /** What the data set is called. */
  readonly name: string;
  readonly rows: number;
  readonly columns: number;
  /** The command line that made the folder. */
  readonly command: string;
  readonly seed: number;
  /** Of the program. */
  readonly version: string;
  readonly preset: string;
  /** A category seen in fewer training rows is not published. */
  readonly minCategoryCount?: number;
  /** Columns that synthetic.csv does not have, or has with values made anew. */
  readonly omitted?: readonly { readonly name: string; readonly reason: string }[];
  /** Where rows near single training rows were dropped: up to which distance, and what an empty place tells at most. */
  readonly filtered?: { readonly minDistance: number; readonly likelihoodRatio: number };
  /** What else happened while the model was made, a sentence each. */
  readonly notes?: readonly string[];
}

/**
 * The README.md of a shared folder, in Markdown: what the data set is, what the audit found, how it was made, what it must not
 * be used for. Names from the data stand as code, so that they cannot become markup.
 */
export function renderReadme(report: Report, facts: ShareFacts): string {
  const parts = [
    `# Synthetic data: ${plainText(facts.name)}`,
    ...(report.release.shareable ? [] : [NOT_SHAREABLE]),
    `${formatCount(facts.rows)} rows and ${formatCount(facts.columns)} columns drawn from a model of a real table. Rows are made anew; patterns follow the real ones.`,
    verdictPart(report),
    "## What the audit found",
    privacyPart(report),
    keyFigureTable(report, "Held-out real rows"),
    "`report.html` shows all of it, column by column; `report.json` is the same for programs.",
    "## How it was made",
    howMade(report, facts),
    omittedPart([...(facts.omitted ?? []), ...report.tables.omitted]),
    "## Files",
    filesPart(report, facts),
    "## What it must not be used for",
    LIMITS,
  ];
  return `${parts.filter((part) => part !== "").join("\n\n")}\n`;
}

function howMade(report: Report, facts: ShareFacts): string {
  const { train, holdout } = report.tables;
  const aside =
    holdout === undefined
      ? ""
      : `; ${formatCount(holdout.rows)} rows were set aside to audit with and never trained on`;
  const rare =
    facts.minCategoryCount === undefined
      ? []
      : [`A category seen in fewer than ${facts.minCategoryCount} training rows is not published.`];
  const lines = [
    `synth ${plainText(facts.version)}, preset ${codeSpan(facts.preset)}, seed ${facts.seed}: a conditional GAN trained on ${formatCount(train.rows)} rows${aside}.`,
    ...rare,
    ...(facts.notes ?? []).map(plainText),
  ];
  return `${lines.map((line) => `- ${line}`).join("\n")}\n\n${codeBlock(facts.command)}`;
}

/** Columns left out or made anew, each with why; "" where there are none. */
export function omittedPart(omitted: readonly { readonly name: string; readonly reason: string }[]): string {
  const first = new Map<string, string>();
  for (const { name, reason } of omitted) if (!first.has(name)) first.set(name, reason);
  if (first.size === 0) return "";
  const items = [...first].map(([name, reason]) => `- ${codeSpan(name)}: ${plainText(reason)}`);
  return `Columns left out or made anew:\n\n${items.join("\n")}`;
}

const NOT_SHAREABLE =
  "**NOT SHAREABLE.** The release policy is not met: do not hand this folder out. [NOT-SHAREABLE.md](NOT-SHAREABLE.md) says which rules failed, where, and what to try.";

function filesPart({ release }: Report, { filtered }: ShareFacts): string {
  const rows = [
    ["`synthetic.csv`", "the rows"],
    ["`report.html`, `report.json`", "the audit, for people and for programs"],
    ["`training.html`", "how the model was trained: curves, and what was found on the way"],
    ...(filtered === undefined
      ? [["`model.synth`", "the model; `synth sample model.synth -n 1000 -o more.csv` draws more rows"]]
      : []),
    ["`schema.json`", "the columns and what they were taken for"],
    ...(release.shareable ? [] : [["`NOT-SHAREABLE.md`", "why this folder must not be handed out"]]),
  ];
  return `${markdownTable(["File", "What it is"], rows)}\n\n${filtered === undefined ? MODEL_NOTE : filterNote(filtered)}`;
}

function filterNote({ minDistance, likelihoodRatio }: NonNullable<ShareFacts["filtered"]>): string {
  const near = minDistance === 0 ? "that equal" : `within ${minDistance} (Gower's distance) of`;
  return `Rows ${near} single training rows were dropped and drawn anew. That no row stands in some place makes it at most ${likelihoodRatio.toFixed(3)} times likelier that a training row is there, for whoever has this one table. The model is not in the folder: with it, or with further tables of it, the dropped rows can be told.`;
}

const MODEL_NOTE =
  "Rows can be drawn from `model.synth` without end, and others than these: the audit covers it only through this one table. Hand out `synthetic.csv` alone where the rows are all that is needed.";

const LIMITS = `- **Decisions about a single person.** No row is anybody.
- **Proof of anonymity.** What the rows give away was measured with the attacks in the report; no guarantee such as differential privacy bounds what other attacks find. Whether to publish is for whoever answers for the real data.
- **Rare cases.** What few real rows show is blurred or missing.
- **Final results.** Confirm on real data what was found here.`;
