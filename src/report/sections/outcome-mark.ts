import { type Html, html } from "../html.js";
import type { CheckOutcome } from "../privacy/privacy-check.js";

/** How an outcome stands in a table: a word; the style sheet adds a mark whose shape says the same as its colour. */
export function outcomeMark(outcome: CheckOutcome): Html {
  const [level, word] = OUTCOMES[outcome];
  return html`<span class="outcome ${level}">${word}</span>`;
}

const OUTCOMES = {
  sign: ["bad", "sign"],
  "slight sign": ["caution", "slight sign"],
  "no sign": ["good", "no sign"],
  "too few rows": ["unknown", "too uncertain"],
  "not known": ["unknown", "not known"],
} as const satisfies Record<CheckOutcome, readonly [level: string, word: string]>;
