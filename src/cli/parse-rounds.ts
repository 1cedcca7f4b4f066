import { usageError } from "../core/errors.js";
import type { Rounds } from "../sample/choose-rounds.js";

/** Parser of `--rounds`. Throws E_USAGE_ROUNDS. */
export function parseRounds(text: string): Rounds {
  if (text === "auto" || text === "max") return text;
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  const message = `--rounds must be auto, max or a whole number of at least 1; got "${text}"`;
  throw usageError("E_USAGE_ROUNDS", message, { where: "--rounds" });
}
