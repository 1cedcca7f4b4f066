import type { Figure, Report } from "../../evaluate/report-schema.js";
import { type CurveData, cumulativeCurve } from "../charts/cumulative-curve.js";
import { type AxisMark, fitDomain, intervalAxis } from "../charts/interval-axis.js";
import {
  formatDistance,
  formatFigure,
  formatInterval,
  formatPercent,
  formatPercentTick,
  formatScore,
} from "../format.js";
import { type Html, html } from "../html.js";
import { absent, figureTable } from "./figure-table.js";

type Curve = NonNullable<Report["privacy"]["dcr"]["curve"]>;

const AXIS_WIDTH = 380;

/** Is a synthetic row's nearest real row a training row or a held-out row: all rows, and those nearest to any real row. */
export function sharePanel(report: Report): Html {
  const { dcrShare, nearestDecileShare, euclidean } = report.privacy;
  const decile =
    nearestDecileShare !== undefined &&
    html`<h4>The tenth of rows nearest to real ones</h4>${shareAxis("Among the nearest tenth of rows", nearestDecileShare)}`;
  return html`<h3>Nearer to training than to held-out rows? (DCR share)</h3><p>For each synthetic row: is its nearest real row a training row or a held-out one? A model that copied nothing is at 50\u00A0%, as a coin would be; an interval wholly above 50\u00A0% means that rows lean to the training table.</p><h4>All rows</h4>${shareAxis("DCR share", dcrShare)}${decile}${figureTable(
    "Shares of rows nearer to training rows",
    [
      { name: "All rows", figure: dcrShare, format: formatPercent },
      { name: "Nearest tenth", figure: nearestDecileShare, format: formatPercent },
      { name: "All rows, Euclidean", figure: euclidean?.dcrShare, format: formatPercent },
      { name: "Nearest tenth, Euclidean", figure: euclidean?.nearestDecileShare, format: formatPercent },
    ],
    "No copying",
  )}${euclideanNote(report)}`;
}

/** Rows and rare values that stand in the training table too, beside those of held-out rows. */
export function matchesPanel(report: Report): Html {
  const { identicalMatchShare, identicalMatchExcess, uniqueValueShare, uniqueValueExcess } = report.privacy;
  return html`<h3>Identical rows, and values that only one row has</h3><p>An <b>identical match</b> is a synthetic row that equals a training row in every column. In tables of few categories real rows do so too: ${heldOutMatches(identicalMatchShare)}. The <b>excess</b> is by how much more often training rows are met than as many held-out rows; 0 means no copying.</p><h4>Identical matches</h4>${matchAxis(identicalMatchShare)}${figureTable(
    "Matches",
    [
      { name: "Identical matches", figure: identicalMatchShare, format: formatPercent },
      { name: "Excess of identical matches", figure: identicalMatchExcess, format: formatPercent },
      { name: "Values unique in training", figure: uniqueValueShare, format: formatPercent },
      { name: "Excess of unique values", figure: uniqueValueExcess, format: formatPercent },
    ],
    "Held-out rows",
  )}`;
}

/** Distances to the closest record as cumulative curves. */
export function distancePanel(report: Report): Html {
  const { dcr, euclidean } = report.privacy;
  const label = `Cumulative distribution of the distance from synthetic rows to the closest training row (median ${formatFigure(dcr.median, formatDistance)})`;
  return html`<h3>Distance to the closest record (DCR)</h3><p>Were rows copied, the solid line would rise earlier than the others.</p>${curve(dcr.curve, label, "distance to the closest record", dcr.median)}${figureTable(
    "Distances to the closest record",
    [
      { name: "Median", figure: dcr.median, format: formatDistance },
      { name: "Nearest 5\u00A0%", figure: dcr.fifthPercentile, format: formatDistance },
      { name: "Median, to held-out", figure: dcr.holdout?.median, format: formatDistance },
      { name: "Nearest 5\u00A0%, to held-out", figure: dcr.holdout?.fifthPercentile, format: formatDistance },
      { name: "Median, Euclidean", figure: euclidean?.dcr.median, format: formatDistance },
      { name: "Nearest 5\u00A0%, Euclidean", figure: euclidean?.dcr.fifthPercentile, format: formatDistance },
    ],
    "Held-out to training",
  )}`;
}

/** Nearest over second nearest distance. */
export function ratioPanel(report: Report): Html {
  const { nndr, nndrCurve, euclidean } = report.privacy;
  const label = `Cumulative distribution of the ratio of nearest to second nearest distance (median ${formatFigure(nndr, formatScore)})`;
  return html`<h3>Does one real row stand out? (NNDR)</h3><p>Nearest distance over second nearest: near 0, a synthetic row sits on one particular person; near 1, it lies among many.</p>${curve(nndrCurve, label, "nearest / second nearest distance", nndr)}${figureTable(
    "Nearest-neighbour distance ratio",
    [
      { name: "Median", figure: nndr, format: formatScore },
      { name: "Median, Euclidean", figure: euclidean?.nndr, format: formatScore },
    ],
    "Held-out to training",
  )}`;
}

function euclideanNote({ privacy }: Report): Html | undefined {
  if (privacy.euclidean === undefined) return undefined;
  return html`<p class="fine">Distances are Gower’s. The Euclidean ones compare ranks of numbers instead, so that close ranks of skewed columns count: what both say does not hang on the kind of distance.</p>`;
}

function heldOutMatches(figure: Figure): string {
  if (figure.ceiling === undefined) return "without held-out rows nobody can say how often";
  return `here ${formatPercent(figure.ceiling)} of the held-out rows`;
}

function shareAxis(name: string, figure: Figure): Html {
  const domains = [
    [0.4, 0.6],
    [0.3, 0.7],
    [0.2, 0.8],
    [0, 1],
  ] as const;
  return axis(name, figure, domains, [{ at: 0.5, label: "50\u00A0%: no copying" }], ["farther ", "nearer "]);
}

function matchAxis(figure: Figure): Html {
  const domains = [
    [0, 0.01],
    [0, 0.05],
    [0, 0.2],
    [0, 0.5],
    [0, 1],
  ] as const;
  const marks = figure.ceiling === undefined ? [] : [{ at: figure.ceiling, label: "held-out rows" }];
  return axis("Identical matches", figure, domains, marks, ["", ""]);
}

function axis(
  name: string,
  figure: Figure,
  domains: readonly (readonly [number, number])[],
  marks: readonly AxisMark[],
  ends: readonly [string, string],
): Html {
  if (figure.value === undefined) return html`<p>${absent(figure)}</p>`;
  const domain = fitDomain(domains, [figure.value, figure.low, figure.high, ...marks.map((mark) => mark.at)]);
  const interval = formatInterval(figure, formatPercent);
  const label = `${name} ${formatPercent(figure.value)}${interval === undefined ? "" : `, 95\u00A0% interval ${interval}`}`;
  return intervalAxis(label, {
    domain,
    value: figure.value,
    low: figure.low,
    high: figure.high,
    marks,
    ends: [`${ends[0]}${formatPercentTick(domain[0])}`, `${ends[1]}${formatPercentTick(domain[1])}`],
    tooltip: label,
    width: AXIS_WIDTH,
  });
}

function curve(data: Curve | undefined, label: string, axisName: string, figure: Figure): Html {
  if (data === undefined) return html`<p class="absent">No curve: ${figure.reason ?? "it was not computed"}.</p>`;
  const keys = [
    html`<li>${keyLine("synthetic-line")}synthetic to training</li>`,
    data.holdout !== undefined && html`<li>${keyLine("holdout-line")}synthetic to held-out</li>`,
    data.reference !== undefined && html`<li>${keyLine("reference-line")}held-out to training</li>`,
  ];
  return html`<ul class="legend">${keys}</ul>${cumulativeCurve(label, axisName, curveData(data))}`;
}

function curveData({ train, holdout, reference }: Curve): CurveData {
  return {
    train,
    ...(holdout === undefined ? {} : { holdout }),
    ...(reference === undefined ? {} : { reference }),
  };
}

function keyLine(kind: string): Html {
  return html`<svg viewBox="0 0 26 14" aria-hidden="true"><path class="${kind}" d="M1 7H25"/></svg>`;
}
