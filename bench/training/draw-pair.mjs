import { lineChart } from "../../dist/report/charts/line-chart.js";
import { failureName } from "../../dist/report/training/training-words.js";

const PANEL = { width: 400, height: 222, gap: 20, top: 34 };
const COLOURS = ["#1d4fa8", "#b45309"];

/** The page's colours, on white: a picture is read on a light and on a dark page. */
const STYLE = [
  'text{font:11px system-ui,-apple-system,"Segoe UI",Roboto,Arial,sans-serif;fill:#4a5361}',
  "text.title{font-size:14px;font-weight:600;fill:#141d2b}text.name{fill:#141d2b}",
  ".axis,.grid{fill:none;stroke:#8b95a3;stroke-width:1}.grid{stroke:#e3e7ec}",
  "path.line{fill:none;stroke-width:1.8;stroke-linejoin:round;stroke-linecap:round}",
  "path.reference{stroke-dasharray:5 4;stroke-width:1.4}.hit{fill:none}",
  ...COLOURS.map((colour, mark) => `.mark-${mark}{fill:${colour};stroke:${colour}}`),
  "path.line.mark-0,path.line.mark-1{fill:none}",
  ".line-mark path{fill:none;stroke:#b3261e;stroke-width:1.3;stroke-dasharray:2 3}",
  ".line-mark text{fill:#b3261e;font-weight:600}",
  ".line-mark.kept path{stroke:none}.line-mark.kept text{fill:#1b6b3a}",
].join("");

/** One picture as SVG: the healthy training on the left, the sick one on the right, thresholds dashed. */
export function drawPair(pair, healthy, sick) {
  const width = 2 * PANEL.width + PANEL.gap;
  const legendTop = PANEL.top + PANEL.height + 18;
  const height = legendTop + 18 * pair.lines.length;
  const series = [...seriesOf(pair, pair.healthy, healthy), ...seriesOf(pair, pair.sick, sick)];
  const values = series.flatMap(({ points }) => points);
  const include = [...pair.include, ...values.map(({ value }) => value).filter(Number.isFinite)];
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}">`,
    `<title>${failureName(pair.failure)}: a healthy and a sick training</title><style>${STYLE}</style>`,
    `<rect width="${width}" height="${height}" fill="#fff"/>`,
    panel(pair, pair.healthy, healthy, include, 0),
    panel(pair, pair.sick, sick, include, PANEL.width + PANEL.gap),
    ...pair.lines.map((line, mark) => legend(line, mark, legendTop + 18 * mark)),
    "</svg>\n",
  ].join("\n");
}

function panel(pair, training, log, include, left) {
  const series = seriesOf(pair, training, log);
  const chart = lineChart(training.title, {
    series,
    axisName: "step",
    unit: "number",
    include,
    marks: [verdict(pair, log, series[0].points.at(-1).at)],
  }).text;
  const place = `x="${left}" y="${PANEL.top}" width="${PANEL.width}" height="${PANEL.height}"`;
  return `<text class="title" x="${left + 12}" y="22">${training.title}</text>${chart.replace("<svg ", `<svg ${place} `)}`;
}

/** Where the failure was found; both panels have a mark, so that their axes are alike. */
function verdict({ failure, phase }, { findings }, lastStep) {
  const found = findings.find((finding) => finding.failure === failure && finding.phase === phase);
  if (found === undefined) return { at: lastStep, label: "not found", title: "not found", kind: "kept" };
  const label = `found at step ${found.step}`;
  return { at: found.step, label, title: label, kind: "finding" };
}

/** Each measure as a line, its threshold dashed in the same colour. */
function seriesOf({ lines, phase }, training, { entries }) {
  const looks = entries.filter((entry) => entry.phase === phase);
  return lines.flatMap(({ name, value, threshold }, mark) => {
    const points = (of) => looks.map((look, at) => ({ at: look.step, value: of(look, looks.slice(0, at), training) }));
    const line = { name, mark, points: points(value) };
    if (threshold === undefined) return [line];
    return [line, { name: `${name}: sick from here`, mark, isReference: true, points: points(threshold) }];
  });
}

function legend({ name, threshold }, mark, y) {
  const sample = (left, kind, words) =>
    `<path class="${kind} mark-${mark}" d="M${left} ${y}h26"/><text class="name" x="${left + 34}" y="${y + 4}">${words}</text>`;
  return sample(50, "line", name) + (threshold === undefined ? "" : sample(470, "line reference", "its threshold"));
}
