import { type Html, type HtmlValue, html } from "../html.js";

/** The sections of the page in their order: anchor and name. */
export const SECTIONS = [
  { id: "summary", name: "Summary" },
  { id: "columns", name: "Columns" },
  { id: "pairs", name: "Pairs" },
  { id: "usefulness", name: "Usefulness" },
  { id: "privacy", name: "Privacy" },
  { id: "method", name: "Method" },
  { id: "glossary", name: "Glossary" },
] as const;

export type SectionId = (typeof SECTIONS)[number]["id"];

/** A section with its heading and one sentence that says what it answers. */
export function section(id: SectionId, heading: string, lead: HtmlValue, body: HtmlValue): Html {
  return html`<section id="${id}" aria-labelledby="${id}-heading"><h2 id="${id}-heading">${heading}</h2><p class="lead">${lead}</p>${body}</section>`;
}
