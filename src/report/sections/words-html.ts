import { type Html, html, nameHtml } from "../html.js";
import type { WordPart } from "../pattern-words.js";

/** A sentence's parts as markup: names of columns bold, names and values isolated and escaped. */
export function wordsHtml(parts: readonly WordPart[]): Html[] {
  return parts.map(({ kind, text }) => {
    if (kind === "words") return html`${text}`;
    return kind === "name" ? html`<b>${nameHtml(text)}</b>` : nameHtml(text);
  });
}
