import { usageError } from "../core/errors.js";
import type { RoundsSetting } from "../gan/inference/rounds-setting.js";
import type { TrainedGenerator } from "../gan/trained-generator.js";
import { networksOf } from "../gan/trained-networks.js";

/**
 * How many rounds a row is drawn in: `max` one field a round; a number that many, or the nearest that was prepared; `auto`
 * max for tables of up to 600 fields, else the fewest that cost next to nothing.
 */
export type Rounds = "auto" | "max" | number;

/** Up to so many fields one field a round is fast enough: 500 fields in 12 rounds took half the time, for nearly twice the error. */
const MAX_EXACT_FIELDS = 600;

/** What `auto` lets a wide table's pairs lose against one field a round: this share of the error, and this much. */
const AUTO_SHARE = 0.05;
const AUTO_LOSS = 0.001;

/** The setting to draw rows by, and the one of one field a round to compare with. */
export interface RoundsChoice {
  readonly chosen: RoundsSetting;
  readonly exact: RoundsSetting;
}

/** The setting that `rounds` asks for. Models of kind gan know one round only: undefined. Throws E_USAGE_ROUNDS. */
export function chooseRounds(generator: TrainedGenerator, rounds: Rounds): RoundsChoice | undefined {
  if (typeof rounds === "number" && !(Number.isInteger(rounds) && rounds >= 1)) {
    throw usageError("E_USAGE_ROUNDS", `rounds must be auto, max or a whole number of at least 1; got ${rounds}`, {
      where: "rounds",
    });
  }
  const networks = networksOf(generator);
  if (networks.kind !== "completion") return undefined;
  const { settings } = networks;
  const exact = settings[settings.length - 1]!;
  return { chosen: choose(settings, exact, rounds), exact };
}

function choose(settings: readonly RoundsSetting[], exact: RoundsSetting, rounds: Rounds): RoundsSetting {
  if (rounds === "max" || (rounds === "auto" && exact.rounds <= MAX_EXACT_FIELDS)) return exact;
  if (rounds === "auto") {
    const bearable = exact.pairError * (1 + AUTO_SHARE) + AUTO_LOSS;
    return settings.find(({ pairError }) => pairError <= bearable) ?? exact;
  }
  const distance = (setting: RoundsSetting): number => Math.abs(setting.rounds - rounds);
  return settings.reduce((nearest, setting) => (distance(setting) < distance(nearest) ? setting : nearest));
}
