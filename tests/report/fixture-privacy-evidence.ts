import type { Figure, Report } from "../../src/evaluate/report-schema.js";

type Privacy = Report["privacy"];
type Attack = Privacy["inference"];

/** What an audit against held-out rows has beside distances and the first four attacks. */
export function makeEvidence(names: readonly string[]): Partial<Privacy> {
  return {
    euclidean: {
      dcr: { median: figure(0.412, 0.004, 0.409), fifthPercentile: figure(0.102, 0.003, 0.104) },
      dcrShare: figure(0.5041, 0.012, 0.5),
      nearestDecileShare: figure(0.512, 0.029, 0.5),
      nndr: figure(0.871, 0.005, 0.869),
    },
    groups: makeGroups(names),
    disclosure: makeDisclosure(names),
    outlierProximity: attack(0.011, [0, 0.041], 0.112, 512),
    holdoutOverlap: { rows: 23, excess: { value: 23 / 16281, low: 0.0008, high: 0.0025, n: 16281, status: "ok" } },
  };
}

/** An attack with its control, right so much of the time. */
export function attack(risk: number, [low, high]: readonly [number, number], rate: number, n = 2000): Attack {
  return {
    risk: { value: risk, low, high, n, status: "ok" },
    attack: figure(rate, 0.011, undefined, n),
    control: figure(Math.max(0, rate - risk), 0.011, undefined, n),
    baseline: figure(rate / 2, 0.011, undefined, n),
  };
}

function makeGroups(names: readonly string[]): NonNullable<Privacy["groups"]> {
  const group = (trainRows: number, share: number, spread: number) => ({
    trainRows,
    syntheticRows: Math.round(trainRows * 1.1),
    dcrShare: figure(share, spread, undefined, trainRows),
    membership: figure(0.51, 0.03, undefined, trainRows),
  });
  const levels = names.slice(0, 5).flatMap((column, at) =>
    ["Other", '<b>Never</b> & "quoted"', "a|b`c"].map((level, i) => ({
      kind: "category" as const,
      column,
      level,
      ...group(120 + 40 * at + i, 0.512 - 0.004 * (3 * at + i), 0.06),
    })),
  );
  return [
    { kind: "outliers", ...group(1629, 0.531, 0.027) },
    { kind: "rare categories", ...group(2210, 0.522, 0.025) },
    ...levels,
    {
      kind: "category",
      column: names[0] ?? "",
      level: "Tiny",
      trainRows: 6,
      syntheticRows: 2,
      dcrShare: { status: "unavailable", reason: "fewer than 20 synthetic rows are in the group" },
    },
  ];
}

function makeDisclosure(names: readonly string[]): NonNullable<Privacy["disclosure"]> {
  const secrets = names.slice(3).map((name, at) => ({
    name,
    lDiversity: { value: 1 + (at % 3), n: 204, status: "ok" as const },
    sameSecret: figure(0.031, 0.004, 0.034),
    attribution: attack(Math.max(0, 0.024 - 0.003 * at), [0, 0.05], 0.52),
  }));
  return {
    quasiIdentifiers: { columns: names.slice(0, 3), chosen: "by name" },
    kAnonymity: { value: 1, n: 3204, status: "ok" },
    smallClasses: figure(0.071, 0.003, 0.074),
    kMap: { value: 1, n: 3102, status: "ok" },
    smallMap: figure(0.034, 0.002, 0.036),
    matches: figure(0.962, 0.002, 0.959),
    uniqueInBoth: attack(0.004, [0, 0.021], 0.081, 812),
    secrets,
  };
}

function figure(value: number, spread: number, ceiling?: number, n = 16281): Figure {
  return {
    value,
    low: Math.max(0, value - spread),
    high: Math.min(1, value + spread),
    n,
    ...(ceiling === undefined ? {} : { ceiling }),
    status: "ok",
  };
}
