import type { OnProgress } from "../core/progress.js";
import type { CommandContext } from "./command-runner.js";
import { formatDuration } from "./format-text.js";

/**
 * Events of several runs, for people: the stages of a run are told with its number, and what is left of all runs, from what
 * those took that have ended, beside the progress of the one that is under way. What several runs notice of the table is told once.
 * @param planned how many runs there will be
 */
export function foreseeRuns(planned: number, { onProgress, streams }: CommandContext): OnProgress {
  let startedAt: number | undefined;
  let ended = -1;
  let name = "";
  const foreseen = () => {
    if (startedAt === undefined || ended < 1) return undefined;
    const left = (planned - ended) * ((lastStartAt - startedAt) / ended) - (streams.now() - lastStartAt);
    return left > 0 ? `all runs: ${formatDuration(left)} left` : undefined;
  };
  let lastStartAt = 0;
  const told = new Set<string>();
  return (event) => {
    if (event.kind === "notice") {
      // Every run tells the same of the same table.
      if (!told.has(event.message)) onProgress(event);
      told.add(event.message);
      return;
    }
    if (event.kind === "stage" && event.stage === "run") {
      lastStartAt = streams.now();
      startedAt ??= lastStartAt;
      ended++;
      name = event.message.replace(/^run (\d+) of (\d+): /, "$1/$2 ");
      const left = foreseen();
      onProgress(left === undefined ? event : { ...event, message: `${event.message} (${left})` });
    } else if (event.kind === "stage") {
      onProgress(name === "" ? event : { ...event, message: `${name}: ${event.message}` });
    } else if (event.kind === "progress") {
      const words = [event.quality, foreseen()].filter((word) => word !== undefined);
      onProgress(words.length === 0 ? event : { ...event, quality: words.join(", ") });
    } else onProgress(event);
  };
}
