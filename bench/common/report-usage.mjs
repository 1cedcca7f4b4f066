/**
 * Preloaded by command.mjs: tells, on file descriptor 3 as the process ends, the most memory that it held, in kilobytes, and
 * the processor's time that all of its threads took, in seconds. Threads of the process preload it too and say nothing.
 */
import { writeSync } from "node:fs";
import { isMainThread } from "node:worker_threads";

if (isMainThread) {
  process.on("exit", () => {
    const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
    writeSync(3, JSON.stringify({ peakKilobytes: maxRSS, cpuSeconds: (userCPUTime + systemCPUTime) / 1e6 }));
  });
}
