import { dataError, type SynthError } from "../../../core/errors.js";
import type { FilterPlaces } from "./copy-filter.js";
import type { FilterLeak } from "./filter-leak.js";

/** Largest share of places that may be filled by chance: an empty one then tells a likelihood ratio of 1.053 at most. */
export const MOST_FILLED = 0.05;

/** Held-out rows without a training row near them that are needed: 73 in the densest tenth, none filled, have an upper end below .05. */
export const FEWEST_PLACES = 730;

/** Share of held-out rows with a training row near from which that is the usual case. */
const USUAL = 0.5;

const HARMLESS =
  "compare privacy.identicalMatchShare with its ceiling in the report: what held-out rows do as often copies nobody. Otherwise make the model learn less of single rows";

/**
 * Before any row is drawn: throws E_FILTER_LEAKS where rows near others are so usual that dropping them is no protection, and
 * E_FILTER_TOO_FEW_ROWS where too few held-out rows stand by themselves to show that the filter does not leak.
 */
export function requirePlaces({ heldOut, lone }: FilterPlaces): void {
  if (lone < heldOut * (1 - USUAL)) {
    throw refusal(
      "E_FILTER_LEAKS",
      `${percent(1 - lone / heldOut)} of the held-out rows have a training row as near as that: here rows that equal others are the rule, and no copies`,
      "leave the filter out",
    );
  }
  if (lone >= FEWEST_PLACES) return;
  throw refusal(
    "E_FILTER_TOO_FEW_ROWS",
    `whether dropping rows tells who was in training cannot be shown: ${lone} held-out rows stand by themselves, ${FEWEST_PLACES} are needed`,
    "give more held-out rows, or leave the filter out",
  );
}

/** Throws E_FILTER_LEAKS where an emptied place would tell who was in training. */
export function requireSmallLeak({ filled, densest }: Pick<FilterLeak, "filled" | "densest">): void {
  if (Math.max(filled.high, densest.high) <= MOST_FILLED) return;
  const share = Math.max(filled.value, densest.value);
  throw refusal(
    "E_FILTER_LEAKS",
    `dropping these rows would tell who was in training: chance alone puts a row at ${percent(share)} of such places (surely less than ${percent(MOST_FILLED)} is asked for), so that an empty one gives its training row away`,
    "use a smaller --min-distance, or leave the filter out",
  );
}

function refusal(code: string, message: string, advice: string): SynthError {
  return dataError(code, message, { where: "--no-copies", hint: `${advice}; ${HARMLESS}` });
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
