import type { Figure, Report } from "../../evaluate/report-schema.js";
import { dotStrip, stripMark } from "../charts/dot-strip.js";
import { fitDomain } from "../charts/interval-axis.js";
import { formatCount, formatPercent, formatPercentTick, formatScore } from "../format.js";
import { type Html, html } from "../html.js";
import { type Group, groupOutcome, groupWords } from "../privacy/group-check.js";
import { figureCell } from "./figure-table.js";
import { outcomeMark } from "./outcome-mark.js";
import { withInterval } from "./rate-marks.js";
import { type SortableCell, sortableTable } from "./sortable-table.js";
import { wordsHtml } from "./words-html.js";

type Domain = readonly [number, number];

/** Groups with a drawing, at most; the others are folded. */
const SHOWN = 12;
const MARKS = { dcrShare: 0, membership: 3 } as const;

const DOMAINS = [
  [0.4, 0.6],
  [0.3, 0.7],
  [0.2, 0.8],
  [0, 1],
] as const;

/** Groups of rows that leaks hide in, the one that leans most to training first, against 50 %. */
export function groupsPanel(report: Report): Html | undefined {
  const groups = report.privacy.groups ?? [];
  if (groups.length === 0) return undefined;
  const [first, rest] = [groups.slice(0, SHOWN), groups.slice(SHOWN)];
  const known = first.flatMap(({ dcrShare: share, membership }) => [
    share.low,
    share.high,
    share.value,
    membership?.low,
    membership?.high,
  ]);
  const domain = fitDomain(DOMAINS, known);
  const folded =
    rest.length > 0 &&
    html`<details><summary>The other ${rest.length} groups</summary>${groupTable("Further groups of rows", report, rest, undefined)}</details>`;
  return html`<div class="panel"><h3>Which groups of people?</h3><p>A leak of a few people drowns in the figures of the whole table, so people who are rare are looked at by themselves. 50\u00A0% is no leak; an interval wholly to the right of the line means that the synthetic rows follow these very people. Intervals are widened for the number of groups.</p>${legend()}${groupTable("Groups of rows", report, first, domain)}${folded}</div>`;
}

function legend(): Html {
  return html`<ul class="legend"><li><span>${stripMark(MARKS.dcrShare)}synthetic rows nearer to training than to held-out rows</span></li><li><span>${stripMark(MARKS.membership)}membership: members told from others, AUC</span></li></ul>`;
}

function groupTable(caption: string, report: Report, groups: readonly Group[], domain: Domain | undefined): Html {
  const drawing =
    domain === undefined
      ? []
      : [`${formatPercentTick(domain[0])} to ${formatPercentTick(domain[1])}, line at 50\u00A0%`];
  const headings = [
    "Group",
    ...drawing,
    "Nearer to training",
    "Membership",
    "Training rows",
    "Synthetic rows",
    "Outcome",
  ];
  const columns = headings.map((heading) => ({
    heading,
    figures: heading !== "Group" && heading !== "Outcome" && !drawing.includes(heading),
  }));
  return sortableTable(
    caption,
    columns,
    groups.map((group) => groupRow(report, group, domain)),
  );
}

function groupRow(report: Report, group: Group, domain: Domain | undefined): SortableCell[] {
  const { trainRows, syntheticRows, dcrShare, membership } = group;
  const words = groupWords(group);
  const name = words.map(({ text }) => text).join("");
  const outcome = groupOutcome(report, group);
  return [
    { shown: wordsHtml(words), by: name },
    ...(domain === undefined ? [] : [{ shown: drawing(name, group, domain), by: undefined }]),
    { shown: figureCell(dcrShare, formatPercent), by: dcrShare.value },
    membership === undefined
      ? { shown: "—", by: undefined }
      : { shown: figureCell(membership, formatScore), by: membership.value },
    { shown: formatCount(trainRows), by: trainRows },
    { shown: formatCount(syntheticRows), by: syntheticRows },
    { shown: outcomeMark(outcome), by: outcome },
  ];
}

function drawing(name: string, { dcrShare, membership }: Group, domain: Domain): Html | string {
  const dot = (what: string, figure: Figure | undefined, mark: number, format: typeof formatPercent) => {
    if (figure?.value === undefined) return [];
    const { value, low, high } = figure;
    return [{ name: what, value, low, high, text: withInterval(figure, format), mark }];
  };
  const dots = [
    ...dot("nearer to training", dcrShare, MARKS.dcrShare, formatPercent),
    ...dot("membership", membership, MARKS.membership, formatScore),
  ];
  if (dots.length === 0) return "";
  return dotStrip(`${name}: ${dots.map((one) => `${one.name} ${one.text}`).join(", ")}`, dots, domain, 0.5);
}
