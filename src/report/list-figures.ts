import type { Figure, Report } from "../evaluate/report-schema.js";

/** A figure of a report and how it is addressed. */
export interface NamedFigure {
  /**
   * The ways to its place, each a list of steps, the first the way to write it: ["fidelity", "overall"],
   * ["fidelity", "columns:age", "score"]. What stands in a list is named after a colon; a pair by both columns, in any order.
   */
  readonly ways: readonly (readonly string[])[];
  readonly figure: Figure;
}

/** Every figure of a report, in the report's order; plain numbers (rows, shares of missing values) are figures without an interval. */
export function listFigures({ version, method, ...rest }: Report): NamedFigure[] {
  return Object.entries(rest).flatMap(([key, value]) => figuresBelow(value, [[key]]));
}

/** The way to a figure in one text: "fidelity.columns:age.score". */
export function pathOf({ ways }: NamedFigure): string {
  return ways[0]!.join(".");
}

type Ways = readonly (readonly string[])[];

function figuresBelow(value: unknown, ways: Ways): NamedFigure[] {
  if (typeof value === "number") return [{ ways, figure: { value } }];
  if (value === null) return [{ ways, figure: { status: "unavailable", reason: "it could not be computed" } }];
  if (Array.isArray(value)) {
    const taken = new Set<string>();
    return value.flatMap((element) => figuresOfElement(element, ways, taken));
  }
  if (!isRecord(value)) return [];
  if (isFigure(value)) return [{ ways, figure: value }];
  return Object.entries(value).flatMap(([key, inner]) => figuresBelow(inner, step(ways, key)));
}

function figuresOfElement(element: unknown, ways: Ways, taken: Set<string>): NamedFigure[] {
  if (!isRecord(element)) return [];
  const names = namesOf(element).map((name) => (taken.has(name) ? `${name}${knownOf(element)}` : name));
  for (const name of names) taken.add(name);
  const named = names.flatMap((name) => ways.map((way) => [...way.slice(0, -1), `${way.at(-1)}:${name}`]));
  return named.length === 0 ? [] : figuresBelow(element, named);
}

/** What tells a second variant of the same name from the first: the columns that its attacker knows. */
function knownOf({ known }: Readonly<Record<string, unknown>>): string {
  return Array.isArray(known) ? ` by ${known.join(",")}` : "";
}

/** What an element of a list is called: a pair by both columns in either order, a group of rows "race=Other" or by its kind; empty where it has no name. */
function namesOf(element: Readonly<Record<string, unknown>>): string[] {
  const { columns, name, target, model, metric, kind, column, level } = element;
  if (Array.isArray(columns)) return [columns.join(","), columns.toReversed().join(",")];
  if (typeof column === "string" && typeof level === "string") return [`${column}=${level}`];
  if (element.trainRows !== undefined && typeof kind === "string") return [kind];
  return [name, target, model, metric].filter((word) => typeof word === "string").slice(0, 1);
}

/** One step on; the score of a column or pair is also what the column or pair itself stands for. */
function step(ways: Ways, key: string): Ways {
  const further = ways.map((way) => [...way, key]);
  return key === "score" ? [...further, ...ways] : further;
}

function isFigure(value: Readonly<Record<string, unknown>>): value is Figure {
  return typeof value.value === "number" || value.status === "unavailable";
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
