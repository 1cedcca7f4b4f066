import type { Command } from "commander";
import { usageError } from "../core/errors.js";
import type { PrivacyOptions } from "../privacy/private-request.js";
import { anyNumber, oneOf, wholeNumber } from "./parse-number.js";

/** What the command line says of differential privacy, as commander leaves it. */
export interface PrivacyFlags {
  readonly epsilon?: number;
  readonly delta?: number;
  readonly bounds?: "public" | "private";
  readonly noiseSeed?: number;
}

/** Adds the options of differential privacy, shared by `fit` and `share`. */
export function addPrivacyOptions(command: Command): Command {
  return command
    .option(
      "--epsilon <e>",
      "promise differential privacy: one row changes no probability by more than e^epsilon (1 protects well)",
      anyNumber("--epsilon", "1"),
    )
    .option(
      "--delta <d>",
      "but for events of this probability (default 1e-5, less for large tables)",
      anyNumber("--delta", "1e-6"),
    )
    .option(
      "--bounds <whose>",
      "private (default): levels and bounds that --schema does not declare are found and paid for; public: it declares all",
      oneOf("--bounds", ["public", "private"]),
    )
    .option(
      "--noise-seed <n>",
      "draw the noise from a seed: NOT PRIVATE, for tests; without it, with --epsilon, the same --seed gives another model",
      wholeNumber("--noise-seed"),
    );
}

/** What is to be promised; undefined where nothing is. Throws E_USAGE_CONFLICT for what says more of a promise that is not asked for. */
export function readPrivacyOptions({ epsilon, delta, bounds, noiseSeed }: PrivacyFlags): PrivacyOptions | undefined {
  if (epsilon !== undefined) return { epsilon, delta, bounds, noiseSeed };
  const alone = Object.entries({ "--delta": delta, "--bounds": bounds, "--noise-seed": noiseSeed }).find(
    ([, value]) => value !== undefined,
  );
  if (alone === undefined) return undefined;
  throw usageError("E_USAGE_CONFLICT", `${alone[0]} says how privacy is promised, but --epsilon is not given`, {
    where: alone[0],
    hint: "give --epsilon 1, or leave it out",
  });
}

/**
 * Throws E_PRIVACY_SAMPLE where rows of a larger table may have been drawn: one row more would change which others were, and
 * nothing could be promised to any.
 */
export function requireAllRows(
  { rowCount }: { readonly rowCount: number },
  { epsilon, maxRows }: PrivacyFlags & { readonly maxRows: number },
): void {
  if (epsilon === undefined || rowCount < maxRows) return;
  throw usageError("E_PRIVACY_SAMPLE", `with --epsilon the whole table is read, and it has ${maxRows} rows or more`, {
    where: "--max-rows",
    hint: `give a limit above its rows, e.g. --max-rows ${10 * maxRows}`,
  });
}
