import type { SynthModel } from "../artifact/model.js";
import { makeColumn } from "../constraints/cells.js";
import type { Computed, Difference, Transform } from "../constraints/transform.js";
import type { ColumnEncoding } from "../encode/column-encoding.js";
import { dateUnitMs } from "../encode/date-unit.js";
import { rangeOfNumbers } from "../encode/quantile-bins.js";
import type { Anchor, DistanceAnchor, LookupAnchor } from "../sample/anchor.js";
import { makeTable } from "../table/table.js";

type Range = readonly [number, number];

/**
 * By column that is learned as its distance from one other, or looked up from a text: how it lies to that. Those whose values
 * others change are left out.
 */
export function anchorsOf({ constraints, encoding }: SynthModel): ReadonlyMap<string, Anchor> {
  const transforms = constraints?.transforms ?? [];
  const rangeOf = (name: string): Range | undefined => {
    const own = encoding.columns.find((column) => column.name === name);
    if (own !== undefined) return rangeOfEncoding(own);
    const maker = transforms.find((one) => one.kind === "difference" && one.column === name);
    return maker?.kind === "difference" ? maker.limits : undefined;
  };
  const anchors = transforms.flatMap((one) => {
    if (one.kind !== "difference" && one.kind !== "computed") return [];
    if (transforms.some((other) => changes(other, one.column))) return [];
    const anchor = one.kind === "difference" ? distanceAnchor(one, rangeOf) : lookupAnchor(one);
    return anchor === undefined ? [] : [[one.column, anchor] as const];
  });
  return new Map(anchors);
}

function changes(transform: Transform, column: string): boolean {
  if (transform.kind === "nulled") return transform.column === column && transform.replacement !== null;
  if (transform.kind === "bounded") return transform.column === column;
  return transform.kind === "distinct" && transform.nudged.some((one) => one.column === column);
}

/** For numbers the nearest entry counts, where none is the same: they have no anchor. */
function lookupAnchor({ column, output, inputs, formula, rest }: Computed): LookupAnchor | undefined {
  const [reference, other] = inputs;
  if (formula.kind !== "lookup" || reference === undefined || other !== undefined || rest !== undefined)
    return undefined;
  const texts = formula.entries.map(({ when }) => when[0]);
  if (!texts.every((text) => typeof text === "string")) return undefined;
  const cells = [...formula.entries.map(({ value }) => value), formula.otherwise, null];
  const values = makeTable([makeColumn(column, output, cells.length, (row) => cells[row]!)]);
  return { kind: "lookup", reference, texts, values };
}

function distanceAnchor(
  { column, output, side, references, unit, limits, learnable, rest }: Difference,
  rangeOf: (name: string) => Range | undefined,
): DistanceAnchor | undefined {
  const [reference, other] = references;
  if (reference === undefined || other !== undefined) return undefined;
  const [distances, values] = [rangeOf(learnable), rangeOf(reference.column)];
  if (distances === undefined || values === undefined) return undefined;
  const offsets = offsetsOf(side, [distances[0] * unit, distances[1] * unit], stepOf(output, unit));
  return {
    kind: "distance",
    name: column,
    output,
    reference: reference.column,
    type: output.kind === "date" ? "date" : "number",
    offsets,
    plain: [
      limits[0] + Math.max(0, limits[0] - values[0] - offsets[0]),
      limits[1] - Math.max(0, values[1] + offsets[1] - limits[1]),
    ],
    hasOthers: rest !== undefined,
  };
}

/** What the column may be minus its reference: the distance, folded at the reference, to within a step of the written form. */
function offsetsOf(side: Difference["side"], [low, high]: Range, step: number): Range {
  switch (side) {
    case "near":
      return [low - step, high + step];
    case "above":
      return [Math.min(0, low) - step, Math.max(high, -low) + 2 * step];
    case "below":
      return [-Math.max(high, -low) - 2 * step, -Math.min(0, low) + step];
    default:
      return side satisfies never;
  }
}

/** A day is added to a date's step: a reference's clock may be another. */
function stepOf(output: Difference["output"], unit: number): number {
  return output.kind === "date" ? Math.max(unit, dateUnitMs(output.format)) + 86_400_000 : 1;
}

function rangeOfEncoding(encoding: ColumnEncoding): Range | undefined {
  if (encoding.kind === "calendar") return [encoding.low, encoding.high];
  return encoding.kind === "quantile-bins" ? rangeOfNumbers(encoding) : undefined;
}
