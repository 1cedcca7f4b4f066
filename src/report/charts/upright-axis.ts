import { formatPercent, formatPercentTick, formatTicks } from "../format.js";
import { linearScale, niceTicks } from "./linear-scale.js";

/** What the values of a chart are: shares are written in percent. */
export type MeasureUnit = "share" | "number";

export interface UprightAxis {
  readonly y: (value: number) => number;
  readonly ticks: readonly { readonly at: number; readonly text: string }[];
}

/** Decades below the largest value that a logarithmic axis shows, at most. */
const DECADES = 12;

/** An axis that holds finite values with some room, `range` from its lower to its upper end. On a logarithmic one 0 stands at the lower end. */
export function makeUprightAxis(
  values: readonly number[],
  data: { readonly unit: MeasureUnit; readonly scale?: "linear" | "logarithmic" },
  range: readonly [number, number],
): UprightAxis {
  return data.scale === "logarithmic" ? logarithmicAxis(values, range) : linearAxis(values, data.unit, range);
}

/** A measure of training in four digits, or a share in percent. */
export function formatMeasure(value: number, unit: MeasureUnit): string {
  if (unit === "share") return formatPercent(value);
  return String(Number(value.toPrecision(4))).replace("-", "\u2212");
}

function linearAxis(values: readonly number[], unit: MeasureUnit, range: readonly [number, number]): UprightAxis {
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const room = least === most ? Math.max(Math.abs(least) * 0.1, 1e-3) : (most - least) * 0.05;
  // What is never negative has no room below 0.
  const low = least >= 0 ? Math.max(0, least - room) : least - room;
  const ticks = niceTicks(low, most + room, 5);
  const texts = unit === "share" ? ticks.map(formatPercentTick) : formatTicks(ticks);
  return { y: linearScale([low, most + room], range), ticks: ticks.map((at, i) => ({ at, text: texts[i]! })) };
}

function logarithmicAxis(values: readonly number[], range: readonly [number, number]): UprightAxis {
  const powers = values.filter((value) => value > 0).map(Math.log10);
  const most = powers.length === 0 ? 0 : Math.max(...powers);
  const high = Math.ceil(most);
  const low = Math.min(high - 1, Math.floor(Math.max(Math.min(...powers, most), most - DECADES)));
  const scale = linearScale([low, high], range);
  const stride = Math.ceil((high - low) / 5);
  const shown = Array.from({ length: Math.floor((high - low) / stride) + 1 }, (_, i) => 10 ** (low + i * stride));
  const texts = formatTicks(shown.map((value) => Number(value.toPrecision(1))));
  return {
    y: (value) => scale(value > 0 ? Math.max(low, Math.log10(value)) : low),
    ticks: shown.map((at, i) => ({ at, text: texts[i]! })),
  };
}
