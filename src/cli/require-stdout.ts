import { usageError } from "../core/errors.js";

/** Whether a table goes to stdout, which `--json` then cannot use. Throws E_USAGE_CONFLICT. */
export function requireStdout({ output, json }: { readonly output: string; readonly json?: boolean }): boolean {
  if (output === "-" && json === true) {
    throw usageError("E_USAGE_CONFLICT", "--json and -o - both want stdout", { hint: "give -o a file name" });
  }
  return output === "-";
}
