import { keepPercent } from "../format.js";
import { type Html, html } from "../html.js";
import { GLOSSARY } from "./glossary-terms.js";
import { section } from "./section.js";
import type { Term } from "./term.js";

/** Every number of the page in plain words, with its source. */
export function glossarySection(): Html {
  const lead =
    "What the words mean, and where to read more. Links open the source; nothing is loaded before you follow one.";
  const groups = GLOSSARY.map(
    ({ heading, terms }) => html`<h3>${heading}</h3><dl class="glossary">${terms.map(drawTerm)}</dl>`,
  );
  return section("glossary", "Glossary and sources", lead, groups);
}

function drawTerm({ name, text, source }: Term): Html {
  const link = source !== undefined && html` <a href="${source.url}" rel="noopener noreferrer">${source.name}</a>`;
  return html`<div><dt>${name}</dt><dd>${keepPercent(text)}${link}</dd></div>`;
}
