import type { PlacedFigure } from "../contract/figures-at.js";
import type { PolicyRule } from "../contract/policy-schema.js";
import type { Report } from "../report-schema.js";

/** Columns and groups that a failure names, at most. */
const NAMED = 10;

/** Rules about all rows, of which the groups are parts. */
const OF_ALL_ROWS = /^privacy\.(euclidean\.)?(dcrShare|nearestDecileShare|identicalMatchExcess)$/;

/** In which columns and groups of rows a rule failed, the worst first; of `failing` figures, the worst first. */
export function failurePlaces(
  privacy: Report["privacy"],
  rule: PolicyRule,
  failing: readonly PlacedFigure[],
): { columns?: string[]; groups?: string[] } {
  const columns = failing.flatMap((one) => columnsOf(one, rule));
  const groups = OF_ALL_ROWS.test(rule.figure) ? leaningGroups(privacy) : failing.flatMap(groupOf);
  return {
    ...(columns.length === 0 ? {} : { columns: [...new Set(columns)].slice(0, NAMED) }),
    ...(groups.length === 0 ? {} : { groups: [...new Set(groups)].slice(0, NAMED) }),
  };
}

/** What a figure is of, in words: a group, a column, a pair, an attack's worst variant; undefined for a figure of all rows. */
export function placeOf({ holders }: PlacedFigure): string | undefined {
  for (const holder of holders.toReversed()) {
    const { kind, name, columns, worst } = holder;
    if (isGroup(holder)) return wordsOfGroup(holder);
    if (kind === undefined && typeof name === "string") return quote(name);
    if (Array.isArray(columns) && holder.score !== undefined) return columns.map(quote).join(" with ");
    if (typeof worst === "string") return quote(worst);
  }
  return undefined;
}

/** Groups that surely lean to training, the most first: where the copies of the whole are. */
function leaningGroups({ groups = [] }: Report["privacy"]): string[] {
  return groups
    .filter(({ dcrShare }) => (dcrShare.low ?? 0) > 0.5)
    .sort((a, b) => b.dcrShare.low! - a.dcrShare.low!)
    .map(wordsOfGroup);
}

function groupOf({ holders }: PlacedFigure): string[] {
  const group = holders.find(isGroup);
  return group === undefined ? [] : [wordsOfGroup(group)];
}

/** The columns that a failing figure is about. */
function columnsOf({ holders }: PlacedFigure, rule: PolicyRule): string[] {
  const named = holders.findLast(({ name, columns, column }) => [name, column].some(isText) || Array.isArray(columns));
  const attack = holders.find(({ variants }) => Array.isArray(variants));
  if (attack !== undefined) return columnsOfAttack(attack, rule);
  if (named === undefined || "quasiIdentifiers" in named) return [];
  return [named.column, named.name, ...(Array.isArray(named.columns) ? named.columns : [])].filter(isText);
}

/** Of inference the secrets that are surely guessed; of other attacks what the worst one knows. */
function columnsOfAttack(attack: Readonly<Record<string, unknown>>, { figure, atMost = 0 }: PolicyRule): string[] {
  const variants = attack.variants as NonNullable<Report["privacy"]["inference"]["variants"]>;
  if (!figure.startsWith("privacy.inference.")) {
    return [...(variants.find(({ name }) => name === attack.worst)?.known ?? [])];
  }
  const sure = variants.filter(({ risk }) => (risk.low ?? 0) > atMost).sort((a, b) => b.risk.low! - a.risk.low!);
  return [...(isText(attack.worst) ? [attack.worst] : []), ...sure.map(({ name }) => name)];
}

type Group = NonNullable<Report["privacy"]["groups"]>[number];

function isGroup(holder: object): holder is Group {
  return "kind" in holder && "trainRows" in holder;
}

function wordsOfGroup({ kind, column, level }: Group): string {
  switch (kind) {
    case "outliers":
      return "rows whose values are rare together";
    case "rare categories":
      return "rows with a rare category";
    case "category":
      return `${quote(column ?? "")} is ${quote(level ?? "")}`;
    default:
      return kind satisfies never;
  }
}

function isText(value: unknown): value is string {
  return typeof value === "string";
}

function quote(text: unknown): string {
  return `"${String(text)}"`;
}
