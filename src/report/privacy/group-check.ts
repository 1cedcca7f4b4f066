import type { Figure, Report } from "../../evaluate/report-schema.js";
import { formatInterval, formatPercent } from "../format.js";
import type { WordPart } from "../pattern-words.js";
import { named, sentence } from "../words.js";
import { isTooWide, judgeFigure } from "./judge-figure.js";
import type { CheckOutcome, PrivacyCheck } from "./privacy-check.js";

/** Rows that leaks hide in, as the report has them. */
export type Group = NonNullable<Report["privacy"]["groups"]>[number];

const YARDSTICK = { innocent: 0.5, limit: 0.55 } as const;
const PATH = "privacy.groups[]";

/** A group in words: "rows with race “Other”". */
export function groupWords({ kind, column, level }: Group): WordPart[] {
  switch (kind) {
    case "outliers":
      return sentence("outliers");
    case "rare categories":
      return sentence("rows with a rare category");
    case "category":
      return sentence("rows with ", named(column ?? ""), " “", { kind: "value", text: level ?? "" }, "”");
    default:
      return kind satisfies never;
  }
}

/** A group's outcome: the worse of its two figures. */
export function groupOutcome(report: Report, group: Group): CheckOutcome {
  const outcomes = figuresOf(group).map(
    ([name, figure]) => judgeFigure(report, `${PATH}.${name}`, figure, YARDSTICK).outcome,
  );
  const order: readonly CheckOutcome[] = ["sign", "slight sign", "no sign", "too few rows"];
  return order.find((outcome) => outcomes.includes(outcome)) ?? "not known";
}

/** All groups as one check, with the figure that is surely highest; undefined where the report has none. */
export function groupCheck(report: Report): PrivacyCheck | undefined {
  const groups = report.privacy.groups ?? [];
  const candidates = groups.flatMap((group) => figuresOf(group).map(([name, figure]) => ({ group, name, figure })));
  const isKnown = (figure: Figure) => figure.value !== undefined && !isTooWide(figure);
  const ordered = candidates.toSorted(
    (a, b) => Number(isKnown(b.figure)) - Number(isKnown(a.figure)) || lowOf(b.figure) - lowOf(a.figure),
  );
  const worst = ordered[0];
  if (worst === undefined) return undefined;
  const judged = judgeFigure(report, `${PATH}.${worst.name}`, worst.figure, YARDSTICK);
  const leaking = groups.filter((group) => groupOutcome(report, group) === "sign");
  return {
    name: `Worst of ${groups.length} groups of rows`,
    path: PATH,
    figure: worst.figure,
    format: formatPercent,
    innocent: 0.5,
    ...judged,
    outcome: leaking.length > 0 ? "sign" : judged.outcome,
    finding: finding(worst.group, worst.name, worst.figure),
    where: leaking.slice(0, SHOWN).flatMap((group, at) => sentence(at === 0 ? "" : "; ", groupWords(group))),
  };
}

/** Groups that a sentence names, at most. */
const SHOWN = 4;

function figuresOf({ dcrShare, membership }: Group): ["dcrShare" | "membership", Figure][] {
  return [
    ["dcrShare", dcrShare],
    ...(membership === undefined ? [] : [["membership", membership] as ["membership", Figure]]),
  ];
}

function finding(group: Group, name: "dcrShare" | "membership", figure: Figure): WordPart[] {
  if (figure.value === undefined) return [];
  const interval = formatInterval(figure, formatPercent);
  const value = `${formatPercent(figure.value)}${interval === undefined ? "" : ` (${interval})`}`;
  switch (name) {
    case "dcrShare":
      return sentence(
        "of synthetic ",
        groupWords(group),
        ` ${value} lie nearer to a training row than to a held-out one; without copying it is 50\u00A0%`,
      );
    case "membership":
      return sentence(
        "among ",
        groupWords(group),
        ` an attacker tells who was in the data in ${value} of cases; guessing is right in 50\u00A0%`,
      );
    default:
      return name satisfies never;
  }
}

function lowOf({ low, value }: Figure): number {
  return low ?? value ?? -1;
}
