import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

/** What all operators of one kind took in an average run. */
export interface OperatorTime {
  readonly operator: string;
  readonly ms: number;
  /** Share of all operators' time, 0..1. */
  readonly share: number;
  /** Operators of this kind in the graph. */
  readonly count: number;
}

interface TraceEvent {
  readonly cat: string;
  readonly name: string;
  /** Microseconds. */
  readonly dur: number;
  readonly args?: { readonly op_name?: string };
}

/** The operators of onnxruntime's profiles `<name>_*.json` in a folder, the costliest first. */
export async function readProfile(folder: string, names: readonly string[]): Promise<OperatorTime[]> {
  const files = (await readdir(folder)).filter((file) => names.some((name) => file.startsWith(`${name}_`)));
  const totals = new Map<string, { ms: number; count: number }>();
  for (const file of files) {
    const events = JSON.parse(await readFile(join(folder, file), "utf8")) as TraceEvent[];
    for (const [operator, { ms, count }] of operatorsOf(events)) {
      const former = totals.get(operator) ?? { ms: 0, count: 0 };
      totals.set(operator, { ms: former.ms + ms, count: former.count + count });
    }
  }
  const all = [...totals.values()].reduce((sum, { ms }) => sum + ms, 0);
  return [...totals]
    .map(([operator, { ms, count }]) => ({ operator, ms, share: ms / all, count }))
    .sort((a, b) => b.ms - a.ms);
}

/** Milliseconds a run and nodes, by kind: medians over the runs, which the first ones do not disturb. */
function operatorsOf(events: readonly TraceEvent[]): Map<string, { ms: number; count: number }> {
  const nodes = new Map<string, { operator: string; times: number[] }>();
  for (const { cat, name, dur, args } of events) {
    if (cat !== "Node" || !name.endsWith("_kernel_time")) continue;
    const node = nodes.get(name) ?? { operator: args?.op_name ?? name, times: [] };
    node.times.push(dur);
    nodes.set(name, node);
  }
  const kinds = new Map<string, { ms: number; count: number }>();
  for (const { operator, times } of nodes.values()) {
    const { ms, count } = kinds.get(operator) ?? { ms: 0, count: 0 };
    const median = times.sort((a, b) => a - b)[times.length >> 1]!;
    kinds.set(operator, { ms: ms + median / 1000, count: count + 1 });
  }
  return kinds;
}
