import type { Report } from "../../evaluate/report-schema.js";
import { type Html, html } from "../html.js";
import { levelIcon } from "../icons.js";
import { certaintyNotes } from "../privacy/certainty.js";
import { listNames } from "../words.js";
import { wordsHtml } from "./words-html.js";

/** Columns that were left out and are named, at most. */
const SHOWN = 6;

/** How sure the audit is, beside what it cannot see. */
export function certaintyPart(report: Report): Html {
  const notes = certaintyNotes(report).map(
    ({ kind, text }) => html`<li class="${kind}">${kind === "warn" && levelIcon("caution")}${text}</li>`,
  );
  return html`<div class="pair"><div class="panel certainty"><h3>How sure is this?</h3><ul>${notes}</ul></div><div class="panel blind"><h3>What the audit cannot see</h3><ul>${blindSpots(report).map((spot) => html`<li>${spot}</li>`)}</ul></div></div>`;
}

function blindSpots({ tables: { omitted } }: Report): Html[] {
  const names = omitted.map(({ name }) => name);
  const left =
    names.length === 0
      ? html`<b>Identifiers and free text.</b> Such columns are not compared (this table has none that were left out); a text may name a person.`
      : html`<b>Columns left out</b>: ${wordsHtml(listNames(names, SHOWN))}. Identifiers and free text are not compared; look at them yourself, a text may name a person.`;
  return [
    html`<b>Attacks that were not tried.</b> No sign is no proof. Only differential privacy bounds what any attack can learn.`,
    html`<b>Attackers who know more</b> than this table: registers, the press, an earlier release. They know people by more columns than these.`,
    html`<b>Several releases together.</b> Each table from the same people gives away a little more; each was audited alone.`,
    html`<b>People in several rows</b>, and households: rows are compared, not people. Where a person has many rows, little in each may be much in all.`,
    left,
    html`<b>What is true of people in general.</b> If the table shows that a group earns less, everybody in that group is guessed better, in the data or not. That is no leak here; it may be harm all the same.`,
  ];
}
