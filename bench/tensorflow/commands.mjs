import { spawnSync } from "node:child_process";

/** Ends the script with what is wrong and what to do. */
export function fail(message, hint) {
  console.error(`error E_TENSORFLOW_INSTALL: ${message}`);
  console.error(`hint: ${hint}`);
  process.exit(1);
}

/** Fails with a hint unless the command answers. */
export function requireCommand(command, args, hint) {
  const { status } = spawnSync(command, args, { stdio: "ignore" });
  if (status !== 0) fail(`\`${[command, ...args].join(" ")}\` does not work here`, hint);
}

/** Runs a command; true if it succeeded. Ends the script if it did not, unless it may fail. */
export function run(command, args, { cwd, env, mayFail = false, isQuiet = false } = {}) {
  const stdio = isQuiet ? "ignore" : ["ignore", "inherit", "inherit"];
  const { status, error } = spawnSync(command, args, { cwd, env: env ?? process.env, stdio });
  if (status === 0) return true;
  if (!mayFail)
    fail(
      `${command} failed${error === undefined ? ` with status ${status}` : `: ${error.message}`}`,
      "see its messages above",
    );
  return false;
}
