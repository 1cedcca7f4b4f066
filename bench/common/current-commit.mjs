import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";

/** The commit that is checked out, shortened; "unknown" outside a checkout. */
export function currentCommit() {
  try {
    const cwd = fileURLToPath(new URL(".", import.meta.url));
    const options = { cwd, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] };
    return execFileSync("git", ["rev-parse", "--short", "HEAD"], options).trim();
  } catch {
    return "unknown";
  }
}
