import type { Guarantee } from "../evaluate/report-schema.js";
import { formatCount, formatPercent, formatScore } from "./format.js";
import { assumptionsMarkdown, ledgerMarkdown, limitsMarkdown, promiseMarkdown } from "./guarantee-markdown.js";
import { isPromised } from "./guarantee-words.js";
import { codeBlock, codeSpan, markdownTable, plainText } from "./markdown.js";
import { omittedPart } from "./render-readme.js";

/** How near rows come to noisy tables of counts, on average. */
interface CountFit {
  readonly tables: number;
  /** Total variation distance, 0..1. */
  readonly distance: number;
  /** The distance that noise alone is expected to make. */
  readonly noise: number;
  readonly chiSquare: number;
}

/** What a folder made under differential privacy says of itself: nothing that was computed on real rows but `shareable`. */
export interface PrivateFacts {
  /** What the data set is called. */
  readonly name: string;
  /** Synthetic ones. */
  readonly rows: number;
  readonly columns: number;
  readonly guarantee: Guarantee;
  /** How near the rows come to the noisy counts: of tables of single columns, of several. */
  readonly releaseFit?: { readonly single: CountFit; readonly joint?: CountFit } | undefined;
  /** Did the audit meet its release policy? */
  readonly shareable: boolean;
  /** The command line that made the folder. */
  readonly command: string;
  /** Of the program. */
  readonly version: string;
  readonly preset: string;
  /** Columns that synthetic.csv does not have, or has with values made anew. */
  readonly omitted: readonly { readonly name: string; readonly reason: string }[];
  /** The folder that the report went to, by its name alone. */
  readonly withheld: string;
}

/**
 * The README.md of a shared folder made under differential privacy, in Markdown: what is promised, what was told about the rows and
 * at what price, what is taken as public, what is not covered, what is withheld and why. Names from the data stand as code.
 */
export function renderPrivateReadme(facts: PrivateFacts): string {
  const { guarantee } = facts;
  const parts = [
    `# Synthetic data: ${plainText(facts.name)}`,
    ...(facts.shareable ? [] : [notShareable(facts)]),
    `${formatCount(facts.rows)} rows and ${formatCount(facts.columns)} columns drawn from a model of a real table${isPromised(guarantee) ? ", under differential privacy" : ""}. Rows are made anew; patterns follow the real ones, blurred by noise.`,
    "## What is promised",
    promiseMarkdown(guarantee),
    isPromised(guarantee) ? COVERED : "",
    "## What was told about the real rows",
    ledgerMarkdown(guarantee),
    "`guarantee.json` is the same for programs; `model.synth` has it too (`synth inspect model.synth`).",
    fitPart(facts),
    "## What is taken as public, and was not paid for",
    assumptionsMarkdown(guarantee),
    "## What is not covered",
    limitsMarkdown(),
    RELEASED,
    "## What is withheld, and why",
    withheldPart(facts),
    "## How it was made",
    `- synth ${plainText(facts.version)}, preset ${codeSpan(facts.preset)}: a conditional GAN trained on rows drawn from noisy counts of the real ones. The noise is secret: the same command makes other rows.\n\n${codeBlock(facts.command)}`,
    omittedPart(facts.omitted),
    "## Files",
    markdownTable(["File", "What it is"], fileRows(facts)),
    "## What it must not be used for",
    LIMITS,
  ];
  return `${parts.filter((part) => part !== "").join("\n\n")}\n`;
}

/** NOT-SHAREABLE.md of such a folder: that the policy is not met, and nothing of why, which only real rows show. */
export function renderPrivateNotShareable(name: string, withheld: string): string {
  return `# NOT SHAREABLE: ${plainText(name)}

The audit of these rows does not meet its release policy. **Do not hand this folder out.** Which rules failed, by which figures, was
computed on real rows, and so is not in this folder: whoever has those finds it in ${codeSpan(withheld)} beside it.
`;
}

const COVERED =
  "Everything in this folder is covered: the rows, the model and all that can be drawn from it, the schema, the page about training. Nothing else of the real rows has gone into it.";

const RELEASED =
  "An audit on real rows decides whether this folder is marked as shareable. That is one yes or no which the guarantee does not cover: a leak found is worth it.";

const LIMITS = `- **Decisions about a single person.** No row is anybody.
- **Rare cases.** What few real rows show is hidden by the noise: it is meant to be.
- **Final results.** Confirm on real data what was found here.`;

function notShareable({ guarantee }: PrivateFacts): string {
  const what = isPromised(guarantee) ? "The release policy is not met" : "The noise was seeded, so nothing is promised";
  return `**NOT SHAREABLE.** ${what}: do not hand this folder out (see [NOT-SHAREABLE.md](NOT-SHAREABLE.md)).`;
}

function withheldPart({ withheld }: PrivateFacts): string {
  return `The audit compares the synthetic rows with the real ones. Each of its figures is computed on real rows without noise, and so could tell of a single one; none is in this folder:

- how near columns, pairs and predictions come to the real ones, and how well rows are told apart (fidelity, utility, detection);
- every attack, every distance to real rows, every rule of the release policy;
- how many real rows there are, how many were trained on, how many held out.

Whoever has the real rows finds them in ${codeSpan(withheld)}.`;
}

/** Figures that cost nothing: noisy counts are compared with synthetic rows, real ones are not looked at. */
function fitPart({ releaseFit }: PrivateFacts): string {
  if (releaseFit === undefined) return "";
  const row = (name: string, { tables, distance, noise, chiSquare }: CountFit) => [
    name,
    formatCount(tables),
    formatPercent(distance),
    formatPercent(noise),
    formatScore(chiSquare),
  ];
  const rows = [
    row("single columns", releaseFit.single),
    ...(releaseFit.joint === undefined ? [] : [row("several columns", releaseFit.joint)]),
  ];
  const headings = ["Counts of", "Tables", "Distance of the rows", "Noise alone would make", "chi² a cell"];
  return `## How near the rows come to it\n\n${markdownTable(headings, rows)}\n\n${FIT}`;
}

const FIT =
  "Total variation distance of the synthetic rows from the noisy counts, on average over the tables: in part the noise's, which the rows are not meant to follow. Rows that come as near as the noise have a chi² of 1; more is what the model misses, and the chance of drawing rows. Real rows were not looked at for it.";

function fileRows({ shareable }: PrivateFacts): string[][] {
  return [
    ["`synthetic.csv`", "the rows"],
    ["`guarantee.json`", "the guarantee for programs: promise, ledger, assumptions"],
    ["`model.synth`", "the model; `synth sample model.synth -n 1000 -o more.csv` draws more rows, at no further cost"],
    ["`training.html`", "how the model was trained, on rows drawn from noisy counts"],
    ["`schema.json`", "the columns and what they were taken for"],
    ...(shareable ? [] : [["`NOT-SHAREABLE.md`", "why this folder must not be handed out"]]),
  ];
}
