import { markdownTable } from "../common/documents.mjs";
import { machineSentence } from "../common/machine.mjs";
import { median } from "../common/statistics.mjs";

const FULL = 300;

/** The section of docs/benchmarks.md on CTGAN's own code beside this program. */
export function peersDocument(result) {
  const { machine, table, ctgan, threads } = result;
  const { versions } = ctgan;
  return [
    machineSentence(machine),
    `Table: ${table}; CTGAN ${versions.ctgan} on PyTorch ${versions.torch}; fits and sampling with ${Math.max(...threads)} threads on both sides.`,
    "",
    stepTable(result),
    "",
    qualityTable(result),
    "",
    timeToQuality(result),
    "",
    costTable(result),
  ].join("\n");
}

function stepTable({ steps }) {
  const rows = steps.map(({ threads, ours, peer }) => {
    const ratios = ours.map((value, round) => peer[round] / value);
    return [String(threads), median(ours).toFixed(1), median(peer).toFixed(1), `${median(ratios).toFixed(2)} x`];
  });
  return markdownTable(["CTGAN step, threads", "here ms", "PyTorch ms", "faster"], rows);
}

function qualityTable({ ctgan, ours }) {
  const row = (name, point) => [
    ...[
      name,
      point.seconds.toFixed(1),
      percent(point.shape),
      percent(point.trend),
      auc(point.c2st),
      auc(point.utility),
    ],
    ...(point.sdmetrics === undefined ? ["", ""] : [percent(point.sdmetrics.shape), percent(point.sdmetrics.trend)]),
  ];
  const rows = [
    ...ctgan.curve.map((point) => row(`CTGAN's own code, ${point.epochs} epochs`, point)),
    ...ours.curve.map((point) => row(`\`balanced\`, completion cut to ${point.steps} steps`, point)),
  ];
  const header = ["fit", "s from the start", "shape %", "trend %", "C2ST", "utility", "SDMetrics shape %", "trend %"];
  return markdownTable(header, rows);
}

function timeToQuality({ ctgan, ours, goal, epochs, table }) {
  const limits = `shape ${percent(goal.shape)} %, trend ${percent(goal.trend)} %, C2ST ${auc(goal.c2st)}, utility ${auc(goal.utility)}`;
  const isFull = epochs >= FULL;
  const seconds = isFull ? ctgan.curve.at(-1).seconds : ctgan.secondsToFirstStep + FULL * ctgan.secondsAnEpoch;
  const origin = isFull
    ? `measured here`
    : `its time extrapolated from ${epochs} epochs${table === "adult" ? ", its quality the better end of earlier runs, not measured here" : ", compared with its quality after those epochs"}`;
  const goalText = `CTGAN's quality after ${isFull || table === "adult" ? FULL : epochs} epochs (${limits})`;
  if (ours.reachedAfter === undefined) return `${goalText} was not reached by ${ours.curve.at(-1).steps} steps.`;
  const factor = seconds / ours.reachedAfter;
  return (
    `${goalText} takes its own code ${seconds.toFixed(0)} s for ${FULL} epochs (${origin}). Here a fit that is better in ` +
    `all four takes ${ours.reachedAfter.toFixed(1)} s from the command's start: ${factor.toFixed(0)} times sooner. These are ` +
    "not the preset's own settings: no adversarial phase, warm-up a tenth of the steps, two looks at validation rows. The length " +
    "is the first of the lengths above that passed, judged on the same held-out rows; the shorter fits before it are not counted."
  );
}

function costTable({ ctgan, ours, oursRowsPerSecond }) {
  const memory = Math.max(...ours.curve.map(({ peakMegabytes }) => peakMegabytes));
  return markdownTable(
    ["", "here", "CTGAN's own code"],
    [
      ["sampling, rows/s, one column a round against its one round", oursRowsPerSecond, ctgan.rowsPerSecond].map(whole),
      ["memory of the fit, MB", memory, ctgan.peakMegabytes].map(whole),
    ],
  );
}

function whole(value) {
  return typeof value === "number" ? Math.round(value).toLocaleString("en") : value;
}

function percent(share) {
  return (100 * share).toFixed(1);
}

function auc(value) {
  return value === undefined ? "-" : value.toFixed(3).replace(/^0\./, ".");
}
