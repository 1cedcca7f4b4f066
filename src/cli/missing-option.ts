import type { Command } from "commander";

/** Adds `--missing`, which readTable's option `missing` takes. */
export function addMissingOption(command: Command): Command {
  return command.option(
    "--missing <spellings>",
    'how the table spells missing values, e.g. "NA,?,-999" (default: common spellings; empty cells always are)',
    (text: string) => text.split(",").map((spelling) => spelling.trim()),
  );
}
