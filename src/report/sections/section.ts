import { type Html, type HtmlValue, html } from "../html.js";

/** A section of a page, for its navigation: anchor and name. */
export interface SectionLink {
  readonly id: string;
  readonly name: string;
}

/** The sections of a report's page in their order. */
export const SECTIONS: readonly SectionLink[] = [
  { id: "summary", name: "Summary" },
  { id: "columns", name: "Columns" },
  { id: "pairs", name: "Pairs" },
  { id: "detection", name: "Detection" },
  { id: "usefulness", name: "Usefulness" },
  { id: "privacy", name: "Privacy" },
  { id: "method", name: "Method" },
  { id: "glossary", name: "Glossary" },
];

/** A section with its heading and one sentence that says what it answers. */
export function section(id: string, heading: string, lead: HtmlValue, body: HtmlValue): Html {
  return html`<section id="${id}" aria-labelledby="${id}-heading"><h2 id="${id}-heading">${heading}</h2><p class="lead">${lead}</p>${body}</section>`;
}
