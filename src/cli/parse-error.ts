import type { CommanderError } from "commander";
import { type SynthError, usageError } from "../core/errors.js";

const CODES: Readonly<Record<string, string>> = {
  "commander.unknownOption": "E_USAGE_UNKNOWN_OPTION",
  "commander.unknownCommand": "E_USAGE_UNKNOWN_COMMAND",
  "commander.missingArgument": "E_USAGE_MISSING_ARGUMENT",
  "commander.missingMandatoryOptionValue": "E_USAGE_MISSING_OPTION",
  "commander.optionMissingArgument": "E_USAGE_MISSING_VALUE",
  "commander.excessArguments": "E_USAGE_EXCESS_ARGUMENT",
  "commander.invalidArgument": "E_USAGE_VALUE",
  "commander.conflictingOption": "E_USAGE_CONFLICT",
};

/** What commander says of a wrong command line, as an error of ours; its suggestion becomes the hint. */
export function fromCommanderError(error: CommanderError, command: string): SynthError {
  if (error.code === "commander.help") {
    return usageError("E_USAGE_MISSING_COMMAND", `${command} needs a command of its own`, {
      hint: `\`${command} --help\` lists what there is`,
    });
  }
  const [first = "", ...rest] = error.message.replace(/^error: /, "").split("\n");
  const suggestion = rest.join(" ").replace(/^\((.*)\)$/, "$1");
  return usageError(CODES[error.code] ?? "E_USAGE", first, {
    hint: suggestion === "" ? `\`${command} --help\` lists what there is` : suggestion.replace(/^Did/, "did"),
  });
}
