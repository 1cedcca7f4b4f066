import type { Guarantee } from "../evaluate/report-schema.js";
import {
  guaranteeHeading,
  LEDGER_HEADINGS,
  ledgerRows,
  limitSentences,
  promiseSentences,
  spentSentence,
} from "./guarantee-words.js";
import { markdownTable, plainText } from "./markdown.js";

/** What is promised, in words, in Markdown. */
export function promiseMarkdown(guarantee: Guarantee): string {
  return `**${plainText(guaranteeHeading(guarantee))}.** ${promiseSentences(guarantee).map(plainText).join(" ")}`;
}

/** Everything that was told about the rows and what it cost, as a table in Markdown. */
export function ledgerMarkdown(guarantee: Guarantee): string {
  const table = markdownTable(
    LEDGER_HEADINGS,
    ledgerRows(guarantee).map((cells) => cells.map(plainText)),
  );
  return `${table}\n\n${plainText(spentSentence(guarantee))}`;
}

/** What is taken as public, a line each; that it is nothing, where it is. */
export function assumptionsMarkdown({ assumptions }: Guarantee): string {
  return assumptions.length === 0 ? "Nothing." : itemsMarkdown(assumptions);
}

/** What the promise does not cover, a line each. */
export function limitsMarkdown(): string {
  return itemsMarkdown(limitSentences());
}

function itemsMarkdown(sentences: readonly string[]): string {
  return sentences.map((sentence) => `- ${plainText(sentence)}`).join("\n");
}
