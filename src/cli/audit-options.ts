import type { Command } from "commander";
import { usageError } from "../core/errors.js";
import type { ReleasePolicy } from "../evaluate/contract/policy-schema.js";
import { wholeNumber } from "./parse-number.js";

/** What the privacy audit was asked for, as commander leaves it. */
export interface AuditFlags {
  readonly quasiIdentifiers?: string;
  readonly attacks?: number;
  readonly policy?: string;
}

/** Adds the options of the privacy audit, shared by `report` and `share`. */
export function addAuditOptions(command: Command): Command {
  return command
    .option(
      "--quasi-identifiers <columns>",
      "columns that an outsider may know of a person, as a,b,c (default: by their names)",
    )
    .option("--attacks <n>", "attacks of each kind (default 2000)", wholeNumber("--attacks", 20))
    .option("--policy <file>", "policy.json: what makes a table shareable (default: as examples/policy.json)");
}

/** The library's options for what the command line gave. Throws E_USAGE_COLUMNS, E_POLICY_*, E_FILE_*. */
export async function readAuditOptions({ quasiIdentifiers, attacks, policy }: AuditFlags) {
  return {
    policy: policy === undefined ? undefined : await readPolicy(policy),
    quasiIdentifiers: quasiIdentifiers === undefined ? undefined : await columnNames(quasiIdentifiers),
    attacks,
  };
}

async function readPolicy(path: string): Promise<ReleasePolicy> {
  const { readJsonFile } = await import("./read-config.js");
  const { validatePolicy } = await import("../evaluate/privacy/validate-policy.js");
  return validatePolicy(await readJsonFile(path));
}

/** Names as a line of a CSV file has them: one with a comma stands in quotes. */
async function columnNames(text: string): Promise<string[]> {
  const { default: Papa } = await import("papaparse");
  const line = Papa.parse<string[]>(text, { delimiter: "," }).data[0] ?? [];
  const names = line.map((name) => name.trim()).filter((name) => name !== "");
  if (names.length > 0) return names;
  throw usageError("E_USAGE_COLUMNS", "--quasi-identifiers takes names of columns; got none", {
    where: "--quasi-identifiers",
    hint: "for example --quasi-identifiers age,sex,zip",
  });
}
