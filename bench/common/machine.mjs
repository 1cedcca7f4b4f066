import { availableParallelism, cpus, loadavg, totalmem } from "node:os";

/** What was measured on, and how busy it is now: the load is the mean number of running processes of the last minute. */
export function describeMachine() {
  return {
    date: new Date().toISOString().slice(0, 10),
    processor: cpus()[0]?.model ?? "unknown processor",
    threads: availableParallelism(),
    memoryGigabytes: Math.round(totalmem() / 1e9),
    node: process.version,
    load: Number(loadavg()[0].toFixed(2)),
  };
}

/** The same as one sentence for a document. */
export function machineSentence({ date, processor, threads, memoryGigabytes, node, load }) {
  return `Measured on ${date}: Node ${node.slice(1)}, ${processor}, ${threads} threads, ${memoryGigabytes} GB; load at the start ${load}.`;
}
