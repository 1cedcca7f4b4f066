import { type Figure, figureSchema } from "./figure-schema.js";

/** A figure and what it was found in. */
export interface PlacedFigure {
  readonly figure: Figure;
  /** The objects that lead to it, the outermost first; elements of lists among them. */
  readonly holders: readonly Readonly<Record<string, unknown>>[];
}

/**
 * The figures of a report at a path of keys joined by dots: "privacy.dcrShare"; of every element of a list,
 * "privacy.groups[].dcrShare"; of one by its name, "fidelity.columns:age.score" (a pair by both columns: "a,b"). A plain number
 * is a figure without an interval. Empty where the report has none there.
 */
export function figuresAt(report: object, path: string): PlacedFigure[] {
  return figuresBelow(report, path, []);
}

function figuresBelow(place: unknown, rest: string, holders: PlacedFigure["holders"]): PlacedFigure[] {
  if (rest === "") {
    const figure = toFigure(place);
    return figure === undefined ? [] : [{ figure, holders }];
  }
  if (!isRecord(place)) return [];
  const key = /^\w+/.exec(rest)?.[0] ?? "";
  if (!Object.hasOwn(place, key)) return [];
  const [inner, after] = [place[key], rest.slice(key.length)];
  const next = [...holders, place];
  if (after === "" || after.startsWith(".")) return figuresBelow(inner, after.slice(1), next);
  if (!Array.isArray(inner)) return [];
  return inner.flatMap((element: unknown) => {
    const left = isRecord(element) ? afterElement(element, after) : undefined;
    return left === undefined ? [] : figuresBelow(element, left, next);
  });
}

/** What is left of a path behind `[]` or `:name` where that means the element; undefined where it means another. */
function afterElement(element: Readonly<Record<string, unknown>>, path: string): string | undefined {
  const prefixes = path.startsWith(":") ? namesOf(element).map((name) => `:${name}`) : ["[]"];
  const prefix = prefixes.find((one) => path === one || path.startsWith(`${one}.`));
  return prefix === undefined ? undefined : path.slice(prefix.length + 1);
}

/** What an element of a list is called, as `synth check` calls it. */
function namesOf({ columns, name, target, model, metric }: Readonly<Record<string, unknown>>): string[] {
  if (Array.isArray(columns)) return [columns.join(","), columns.toReversed().join(",")];
  return [name, target, model, metric].filter((word) => typeof word === "string").slice(0, 1);
}

function toFigure(place: unknown): Figure | undefined {
  if (typeof place === "number") return { value: place };
  const figure = figureSchema.safeParse(place).data;
  return figure?.value === undefined && figure?.status === undefined ? undefined : figure;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
