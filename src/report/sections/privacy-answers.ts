import type { Report } from "../../evaluate/report-schema.js";
import { type Html, html } from "../html.js";
import { levelIcon } from "../icons.js";
import { type PrivacyAnswer, privacyAnswers } from "../privacy/privacy-answers.js";
import { wordsHtml } from "./words-html.js";

/** The two questions that people ask, each with its answer, the evidence in one sentence and where a sign was found. */
export function privacyAnswersPart(report: Report): Html {
  return html`<div class="pair answers">${privacyAnswers(report).map(drawAnswer)}</div>`;
}

function drawAnswer({ id, question, level, word, evidence, where, tally }: PrivacyAnswer): Html {
  const places = where.length > 0 && html`<p class="where"><b>Where:</b> ${wordsHtml(where)}.</p>`;
  return html`<div class="panel answer ${level}" id="privacy-${id}"><h3>${question}</h3><p class="level">${levelIcon(level)}${word}</p><p class="evidence">${wordsHtml(evidence)}</p>${places}<p class="fine">${tally}</p></div>`;
}
