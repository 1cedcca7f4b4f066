import { markdownTable } from "../common/documents.mjs";
import { machineSentence } from "../common/machine.mjs";
import { mean } from "../common/statistics.mjs";
import { DELTA, EPSILONS, TARGETS, VARIANTS } from "./plan.mjs";

const HEADER = [
  "system",
  "epsilon",
  "seeds",
  "CPU seconds",
  "shape error %",
  "trend error %",
  "utility",
  "C2ST",
  "DCR share",
];

const NAMES = {
  target: "synth, target named",
  plain: "synth, no target named",
  found: "synth, levels and bounds found with noise",
};

/** The tables of docs/differential-privacy.md, one a table of data. */
export function epsilonTables({ ceilings, runs }, peers) {
  const all = Object.values(runs);
  if (all.length === 0) return "Nothing has been measured yet.";
  const parts = Object.keys(TARGETS).map((table) => tableOf(table, all, ceilings[table], peers));
  const machines = [...new Set(all.map(({ machine }) => machineSentence({ ...machine, load: 0 })))];
  return [
    `Written by \`npm run bench:epsilon\`. delta ${DELTA}; mean over seeds of model and noise, +- their standard deviation. ` +
      "Real: held-out rows, the best that can be reached. Peers were run on the same table, delta and budget (bench/epsilon/peers), and scored by the same definitions.",
    ...parts.filter((part) => part !== ""),
    machines[0].replace(/; load at the start 0/, "; load while measured: see bench/epsilon/results.json"),
  ].join("\n\n");
}

function tableOf(table, all, ceiling, peers) {
  const rows = Object.keys(VARIANTS).flatMap((variant) =>
    EPSILONS.flatMap((epsilon) => {
      const runs = all.filter((run) => run.table === table && run.variant === variant && run.epsilon === epsilon);
      return runs.length === 0 ? [] : [rowOf(NAMES[variant], epsilon, runs.map(flatten))];
    }),
  );
  if (rows.length === 0) return "";
  const others = groupPeers(peers.filter((peer) => peer.table === table));
  return `### ${table}\n\n${markdownTable(HEADER, [realRow(ceiling), ...rows, ...others])}`;
}

function flatten({ fit, scores }) {
  return {
    cpuSeconds: fit.cpuSeconds,
    shape: scores.shape.value,
    trend: scores.trend.value,
    utility: scores.utility?.value,
    c2st: scores.c2st.value,
    dcrShare: scores.dcrShare.value,
  };
}

function groupPeers(peers) {
  const keys = [...new Set(peers.map(({ system, epsilon }) => `${system}|${epsilon}`))];
  return keys.map((key) => {
    const [system, epsilon] = key.split("|");
    return rowOf(
      system,
      epsilon,
      peers.filter((peer) => `${peer.system}|${peer.epsilon}` === key),
    );
  });
}

function rowOf(system, epsilon, runs) {
  const of = (name, digits, factor = 1) => {
    const known = runs.map((run) => run[name]).filter((value) => value !== undefined && value !== null);
    if (known.length === 0) return "";
    const middle = factor * mean(known);
    if (known.length === 1) return middle.toFixed(digits);
    const spread = Math.sqrt(
      known.reduce((sum, value) => sum + (factor * value - middle) ** 2, 0) / (known.length - 1),
    );
    return `${middle.toFixed(digits)} +- ${spread.toFixed(digits)}`;
  };
  return [
    ...[system, String(epsilon), String(runs.length), of("cpuSeconds", 0)],
    ...[of("shape", 2, 100), of("trend", 2, 100), of("utility", 3), of("c2st", 3), of("dcrShare", 3)],
  ];
}

function realRow(ceiling) {
  const digits = (value, places, factor = 1) => (typeof value === "number" ? (factor * value).toFixed(places) : "");
  return [
    ...["real", "-", "", ""],
    ...[digits(ceiling?.shape, 2, 100), digits(ceiling?.trend, 2, 100), digits(ceiling?.utility, 3)],
    ...[digits(ceiling?.c2st, 3), ".500"],
  ];
}
