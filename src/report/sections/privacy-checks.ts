import type { Report } from "../../evaluate/report-schema.js";
import { formatCount, formatInterval } from "../format.js";
import { type Html, type HtmlValue, html } from "../html.js";
import { privacyAnswers } from "../privacy/privacy-answers.js";
import type { PrivacyCheck } from "../privacy/privacy-check.js";
import { absentBriefly } from "./figure-table.js";
import { outcomeMark } from "./outcome-mark.js";
import { dataTable } from "./table.js";

/** Every check behind the two answers: what was found, what no leak would be, the limit, how it came out. */
export function privacyChecksPanel(report: Report): Html {
  const tables = privacyAnswers(report).map(
    ({ question, checks }) =>
      html`<h4>${question}</h4>${dataTable(`Checks: ${question}`, COLUMNS, checks.map(checkRow))}`,
  );
  return html`<div class="panel checks"><h3>The checks behind the answers</h3><p>A check finds a <b>sign</b> where the lower end of its interval is above the limit${report.release.rules === undefined ? "" : " of the release policy"}; a <b>slight sign</b> where it is within the limit, but chance does not explain it; and it is <b>too uncertain</b> where the interval is so wide that a leak would not show.</p>${tables}</div>`;
}

const HEADINGS = ["Check", "Outcome", "Found", "95\u00A0% interval", "Without a leak", "At most", "n"];
const COLUMNS = HEADINGS.map((heading, at) => ({ heading, figures: at > 1 }));

function checkRow({ name, figure, format, innocent, limit, outcome }: PrivacyCheck): HtmlValue[] {
  const allowed = limit === undefined ? "—" : format(limit);
  if (figure.value === undefined)
    return [name, outcomeMark(outcome), absentBriefly(figure), "", format(innocent), allowed, ""];
  return [
    name,
    outcomeMark(outcome),
    format(figure.value),
    formatInterval(figure, format) ?? "—",
    format(innocent),
    allowed,
    figure.n === undefined ? "—" : formatCount(figure.n),
  ];
}
