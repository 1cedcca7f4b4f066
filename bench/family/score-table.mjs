import { fileURLToPath } from "node:url";
import { runScript } from "../common/command.mjs";

const SCORE = fileURLToPath(new URL("score.mjs", import.meta.url));

/** The figures of score.mjs for a task as it describes one; in a process of its own. */
export async function scoreTable(task) {
  const scored = await runScript(SCORE, [JSON.stringify(task)]);
  if (scored.code !== 0) throw new Error(`scoring failed: ${scored.stderr}`);
  return JSON.parse(scored.stdout);
}

/** What real rows reach, of figures that were scored with "ceilings". */
export function ceilingsOf(scores) {
  return Object.fromEntries(Object.entries(scores).map(([name, { ceiling }]) => [name, ceiling ?? null]));
}
