import type { Figure, Report } from "../evaluate/report-schema.js";
import { VERDICT_WORDS } from "./assess.js";
import { keyFigures } from "./figure-names.js";
import { type FigureFormat, formatFigure, formatInterval } from "./format.js";
import type { WordPart } from "./pattern-words.js";
import { privacyAnswers } from "./privacy/privacy-answers.js";

/** A text as inline code: fenced by more backticks than it holds, on one line. */
export function codeSpan(text: string): string {
  const line = text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, " ");
  const longest = Math.max(0, ...[...line.matchAll(/`+/g)].map((run) => run[0].length));
  const fence = "`".repeat(longest + 1);
  const padding = line === "" || /^[` ]|[` ]$/.test(line) ? " " : "";
  return `${fence}${padding}${line}${padding}${fence}`;
}

/** codeSpan in a table's cell, where a bar must be escaped even within code. */
export function codeCell(text: string): string {
  return codeSpan(text).replaceAll("|", "\\|");
}

/** A text as a block of code on one line. */
export function codeBlock(text: string): string {
  return `    ${text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, " ")}`;
}

/** A text within a sentence: everything Markdown or HTML could read as markup is escaped, line ends become spaces. */
export function plainText(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, " ").replace(/[\\`*_{}[\]<>#|~!&]/g, (character) => `\\${character}`);
}

/** A Markdown table; cells are Markdown already. */
export function markdownTable(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line(headings), `|${headings.map(() => "---|").join("")}`, ...rows.map(line)].join("\n");
}

/** A sentence's parts: names and values as code, the words around them escaped. */
export function wordsMarkdown(parts: readonly WordPart[]): string {
  return parts.map(({ kind, text }) => (kind === "words" ? plainText(text) : codeSpan(text))).join("");
}

/** The two questions about privacy with their answers, a line each; where a sign was found. */
export function privacyPart(report: Report): string {
  const lines = privacyAnswers(report).map(({ question, word, evidence, where }) => {
    const places = where.length === 0 ? "" : ` Where: ${wordsMarkdown(where)}.`;
    return `- **${question} ${plainText(word)}.** ${wordsMarkdown(evidence)}${places}`;
  });
  return lines.join("\n");
}

/** The key figures with intervals and ceilings; `ceiling` names what those come from. */
export function keyFigureTable(report: Report, ceiling: string): string {
  const rows = keyFigures(report).map(({ path, name, meaning, format, figure }) => {
    const what = path === "utility.synthetic" ? predictionName(report) : name;
    return [`${what} (${meaning})`, ...figureCells(figure, format)];
  });
  return markdownTable(["Figure", "Synthetic rows", "95\u00A0% interval", ceiling], rows);
}

/** The verdict in words, then whether the table may be shared and why not. */
export function verdictPart({ verdict, release }: Report): string {
  const sentences = verdict.sentences.map(plainText).join(" ");
  const first = `**${VERDICT_WORDS[verdict.level]}.** ${sentences}`.trim();
  if (release.shareable) return `${first}\n\n**May be shared**: every rule of the release policy is met.`;
  const failures = release.failures.map(
    ({ code, message, advice }) =>
      `- ${plainText(message)} (${codeSpan(code)})${advice === undefined ? "" : ` ${plainText(advice)}`}`,
  );
  return `${first}\n\n**Not to be shared**: the release policy is not met.\n\n${failures.join("\n")}`;
}

/** The cells of one figure: value or why there is none, interval, ceiling. */
function figureCells(figure: Figure, format: FigureFormat): string[] {
  const value =
    figure.value === undefined ? `unavailable: ${plainText(figure.reason ?? "")}` : formatFigure(figure, format);
  const ceiling = figure.ceiling === undefined ? "–" : format(figure.ceiling);
  return [value, formatInterval(figure, format) ?? "–", ceiling];
}

/** What the figure of a prediction is called: its target and measure. */
function predictionName({ utility }: Report): string {
  const target = utility.target === undefined ? "" : ` of ${codeCell(utility.target)}`;
  return `Prediction${target}${utility.metric === undefined ? "" : `, ${utility.metric}`}`;
}
