import type { ColumnScore, PairScore, Report } from "../evaluate/report-schema.js";
import { formatCount, formatFigure, formatPercent, formatScore } from "./format.js";
import { ledgerMarkdown, promiseMarkdown } from "./guarantee-markdown.js";
import {
  codeCell,
  codeSpan,
  keyFigureTable,
  markdownTable,
  plainText,
  privacyPart,
  verdictPart,
  wordsMarkdown,
} from "./markdown.js";
import { patternSentence } from "./pattern-words.js";

/** Columns, pairs and tell-tales that the summary shows, at most. */
const SHOWN = 5;

/**
 * A report in brief, in Markdown, for a pull request: verdict, guarantee, what it means for privacy, key figures, the worst columns and pairs, what gives synthetic
 * rows away, columns in which the tables differ. Names from the data stand as code, so that they cannot become markup.
 */
export function renderMarkdown(report: Report, meta: { readonly title: string }): string {
  const parts = [
    notCovered(report),
    `## Audit of ${codeSpan(meta.title)}`,
    verdictPart(report),
    guaranteePart(report),
    `### Privacy\n\n${privacyPart(report)}`,
    keyFigureTable(report, "Ceiling"),
    ceilingSentence(report),
    worstColumns(report),
    worstPairs(report),
    tellTales(report),
    differences(report),
  ];
  return `${parts.filter((part) => part !== "").join("\n\n")}\n`;
}

function notCovered({ guarantee }: Report): string {
  return guarantee === undefined
    ? ""
    : "**Not covered by the guarantee of differential privacy:** these figures are computed on real rows.";
}

function guaranteePart({ guarantee }: Report): string {
  return guarantee === undefined
    ? ""
    : `### Guarantee\n\n${promiseMarkdown(guarantee)}\n\n${ledgerMarkdown(guarantee)}`;
}

/** Where ceilings come from, in one sentence. */
export function ceilingSentence({ tables }: Report): string {
  const { holdout, ceilings } = tables;
  if (holdout !== undefined) {
    return `Ceiling: what ${formatCount(holdout.rows)} held-out real rows reach.`;
  }
  if (ceilings === "split") return "Ceiling: an estimate, from one half of the training table against the other.";
  return "No ceiling: no held-out real rows were given.";
}

function worstColumns({ fidelity }: Report): string {
  const worst = lowest(fidelity.columns);
  if (worst.length === 0) return "";
  const rows = worst.map(({ name, score, missing }: ColumnScore) => [
    codeCell(name),
    formatFigure(score, formatPercent),
    score.ceiling === undefined ? "–" : formatPercent(score.ceiling),
    `${formatPercent(missing.real)} → ${formatPercent(missing.synthetic)}`,
  ]);
  return `### Columns that differ most\n\n${markdownTable(["Column", "Score", "Ceiling", "Missing: real → synthetic"], rows)}`;
}

function worstPairs({ fidelity }: Report): string {
  const worst = lowest(fidelity.pairs);
  if (worst.length === 0) return "";
  const side = (value: number | null) => (value === null ? "–" : formatScore(value));
  const rows = worst.map(({ columns, score, association }: PairScore) => [
    columns.map(codeCell).join(" × "),
    formatFigure(score, formatPercent),
    score.ceiling === undefined ? "–" : formatPercent(score.ceiling),
    `${side(association.real)} → ${side(association.synthetic)}`,
  ]);
  const headings = ["Pair", "Score", "Ceiling", "Association: real → synthetic"];
  return `### Pairs that differ most\n\n${markdownTable(headings, rows)}`;
}

/** Those with the lowest scores, the worst first; such as have none are left out. */
function lowest<T extends Pick<ColumnScore, "score">>(scored: readonly T[]): T[] {
  const known = scored.filter(({ score }) => score.value !== undefined);
  return known.toSorted((a, b) => a.score.value! - b.score.value!).slice(0, SHOWN);
}

function tellTales({ fidelity }: Report): string {
  const { tellTales: found } = fidelity.c2st;
  if (found === undefined) return "";
  const columns = found.columns.filter(({ importance }) => (importance.low ?? 0) > 0).slice(0, SHOWN);
  const patterns = found.patterns.slice(0, SHOWN).map((pattern) => `- ${wordsMarkdown(patternSentence(pattern))}`);
  const names = columns.map(({ name, importance }) => `${codeSpan(name)} (${formatScore(importance.value ?? 0)})`);
  const first = names.length === 0 ? [] : [`Columns, by the AUC that hangs on them: ${names.join(", ")}.`];
  const list = patterns.length === 0 ? [] : [patterns.join("\n")];
  if (first.length + list.length === 0) return "";
  return ["### What gives synthetic rows away", ...first, ...list].join("\n\n");
}

function differences({ tables }: Report): string {
  const lines = (tables.differences ?? []).map(({ name, message }) => `- ${codeSpan(name)}: ${plainText(message)}`);
  return lines.length === 0 ? "" : `### Columns in which the tables differ\n\n${lines.join("\n")}`;
}
