/** Preloaded by command.mjs: tells the most memory that the process held, in kilobytes, on file descriptor 3 as it ends. */
import { writeSync } from "node:fs";

process.on("exit", () => writeSync(3, String(process.resourceUsage().maxRSS)));
