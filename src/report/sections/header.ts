import type { Report } from "../../evaluate/report-schema.js";
import { VERDICT_WORDS } from "../assess.js";
import { formatCount, keepPercent } from "../format.js";
import { type Html, html, nameHtml } from "../html.js";
import { levelIcon } from "../icons.js";
import { notCoveredNotice } from "./guarantee.js";
import { SECTIONS, type SectionLink } from "./section.js";

/** The bar that stays at the top: links to the sections, and the place for the theme switch (needs the script). */
export function navigation(sections: readonly SectionLink[] = SECTIONS): Html {
  const links = sections.map(({ id, name }) => html`<li><a href="#${id}">${name}</a></li>`);
  return html`<nav aria-label="Sections"><ul>${links}</ul><button type="button" id="theme" class="js-only" aria-label="Switch between light and dark">◐</button></nav>`;
}

/** Title, verdict in plain words, whether the release policy lets the table be shared, and the tables' sizes. */
export function header(report: Report, title: string): Html {
  return html`<header>${notCoveredNotice(report)}<p class="eyebrow">Synthetic data report</p><h1>${nameHtml(title)}</h1>${facts(report)}<div class="verdicts">${verdict(report)}${release(report)}</div>${differences(report)}${omitted(report)}</header>`;
}

function verdict(report: Report): Html {
  const { level, sentences } = report.verdict;
  const [first, ...rest] = sentences;
  const more = rest.map((sentence) => html`<li>${keepPercent(sentence)}</li>`);
  return html`<section class="verdict ${level}" aria-labelledby="verdict"><div class="badge">${levelIcon(level)}</div><div><h2 id="verdict">${VERDICT_WORDS[level]}</h2>${first !== undefined && html`<p class="first">${keepPercent(first)}</p>`}${more.length > 0 && html`<ul>${more}</ul>`}</div></section>`;
}

function release(report: Report): Html {
  const { shareable, failures } = report.release;
  if (shareable) {
    return html`<section class="release good" aria-labelledby="release"><div class="badge">${levelIcon("good")}</div><div><h2 id="release">May be shared</h2><p>Every rule of the release policy is met. That is evidence, not a proof: read the privacy section before you pass the table on.</p></div></section>`;
  }
  const items = failures.map((failure) => html`<li>${keepPercent(failure.message)} <code>${failure.code}</code></li>`);
  const more =
    report.release.rules !== undefined &&
    html`<p><a href="#release-rules">Every rule, where it fails and what to try</a></p>`;
  return html`<section class="release bad" aria-labelledby="release"><div class="badge">${levelIcon("bad")}</div><div><h2 id="release">Not to be shared</h2><p>The release policy is not met:</p><ul>${items}</ul>${more}</div></section>`;
}

function facts(report: Report): Html {
  const { train, synthetic, holdout, columns } = report.tables;
  return html`<dl class="facts">${fact("Training rows", formatCount(train.rows))}${fact("Synthetic rows", formatCount(synthetic.rows))}${fact("Held-out real rows", holdout === undefined ? "none given" : formatCount(holdout.rows))}${fact("Columns compared", formatCount(columns))}</dl>`;
}

function fact(name: string, value: string): Html {
  return html`<div><dt>${name}</dt><dd>${value}</dd></div>`;
}

/** Columns in which the tables differ, told one by one. */
function differences(report: Report): Html | undefined {
  const columns = report.tables.differences ?? [];
  if (columns.length === 0) return undefined;
  const heading =
    columns.length === 1 ? "The tables differ in 1 column" : `The tables differ in ${columns.length} columns`;
  const items = columns.map(({ name, message }) => html`<li><strong>${nameHtml(name)}</strong>: ${message}</li>`);
  return html`<details class="omitted" open><summary>${heading}; those that they share are scored</summary><ul>${items}</ul></details>`;
}

function omitted(report: Report): Html | undefined {
  const columns = report.tables.omitted;
  if (columns.length === 0) return undefined;
  const heading = columns.length === 1 ? "1 column was left out" : `${columns.length} columns were left out`;
  const items = columns.map(({ name, reason }) => html`<li><strong>${nameHtml(name)}</strong>: ${reason}</li>`);
  return html`<details class="omitted" open><summary>${heading}</summary><ul>${items}</ul></details>`;
}
