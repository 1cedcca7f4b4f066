import type { Guarantee, Report } from "../../evaluate/report-schema.js";
import { keepPercent } from "../format.js";
import {
  formatDelta,
  guaranteeHeading,
  isPromised,
  LEDGER_HEADINGS,
  ledgerRows,
  limitSentences,
  promiseSentences,
  spentSentence,
} from "../guarantee-words.js";
import { type Html, html, nameHtml } from "../html.js";
import { levelIcon } from "../icons.js";
import { type SectionLink, section } from "./section.js";
import { dataTable } from "./table.js";

/** Where the section stands, for the navigation. */
export const GUARANTEE_LINK: SectionLink = { id: "guarantee", name: "Guarantee" };

/** The differential privacy that was promised: in words, the ledger, what is assumed, what is not covered. Nothing where none was. */
export function guaranteeSection({ guarantee }: Report): Html | undefined {
  if (guarantee === undefined) return undefined;
  const lead = html`Differential privacy bounds what <b>any</b> attack can find out about one row. It is promised for the synthetic rows and the model, <b>not for the figures of this report</b>: those are computed on real rows.`;
  return section("guarantee", "Guarantee", lead, [
    promise(guarantee),
    ledger(guarantee),
    html`<div class="cards">${list("Taken as public, and not paid for", guarantee.assumptions)}${list("What the guarantee does not cover", limitSentences())}</div>`,
  ]);
}

/** That the figures of a report are not covered, above everything else. */
export function notCoveredNotice({ guarantee }: Report): Html | undefined {
  if (guarantee === undefined) return undefined;
  return html`<p class="not-covered">${levelIcon("bad")}<span><b>Not covered by the guarantee.</b> The figures of this report are computed on real rows: keep it where the real rows are kept.</span></p>`;
}

function promise(guarantee: Guarantee): Html {
  const level = isPromised(guarantee) ? "good" : "bad";
  const items = promiseSentences(guarantee).map((sentence) => html`<li>${keepPercent(sentence)}</li>`);
  return html`<div class="verdict ${level}"><div class="badge">${levelIcon(level)}</div><div><h3>${guaranteeHeading(guarantee)}</h3><ul>${items}</ul></div></div>${facts(guarantee)}`;
}

function facts({ epsilon, delta, noise, target }: Guarantee): Html {
  const fact = (name: string, value: string | Html) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`;
  const source = { secure: "from a cryptographic generator", seeded: "from a seed: not private" }[noise];
  return html`<dl class="facts">${fact("Epsilon", epsilon.value === undefined ? "none" : String(epsilon.value))}${fact("Delta", formatDelta(delta))}${fact("Protected", "one row, added or removed")}${fact("Noise", source)}${target !== undefined && fact("Target", nameHtml(target))}</dl>`;
}

function ledger(guarantee: Guarantee): Html {
  const columns = LEDGER_HEADINGS.map((heading, at) => ({ heading, figures: at > 1 }));
  const caption = "What was told about the rows, and what it cost";
  return html`<h3>${caption}</h3><p class="fine">${spentSentence(guarantee)}</p>${dataTable(caption, columns, ledgerRows(guarantee))}`;
}

function list(heading: string, sentences: readonly string[]): Html {
  const items = sentences.map((sentence) => html`<li>${keepPercent(sentence)}</li>`);
  return html`<div class="panel"><h3>${heading}</h3><ul>${items}</ul></div>`;
}
