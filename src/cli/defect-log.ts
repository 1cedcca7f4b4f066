import { writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SynthError } from "../core/errors.js";
import { VERSION } from "../core/version.js";

/**
 * Whatever was thrown, as an error of ours. What is no SynthError is a defect of this program: its details go into a log
 * file, not onto the screen, because a foreign message may quote data.
 */
export function toSynthError(thrown: unknown, argv: readonly string[]): SynthError {
  if (thrown instanceof SynthError && thrown.kind !== "defect") return thrown;
  const log = writeDefectLog(thrown, argv);
  const what = thrown instanceof SynthError ? thrown.message : "something went wrong inside synth";
  return new SynthError("defect", "E_DEFECT", `${what}; this is a defect of synth, not of your data`, {
    hint:
      log === undefined ? "please report it" : `please report it with ${log} (read it first: it may quote your data)`,
    cause: thrown,
  });
}

function writeDefectLog(thrown: unknown, argv: readonly string[]): string | undefined {
  const path = join(tmpdir(), `synth-defect-${Date.now()}-${process.pid}.log`);
  const lines = [
    `synth ${VERSION}, node ${process.version}, ${process.platform}-${process.arch}`,
    `arguments: ${JSON.stringify(argv)}`,
    ...describe(thrown),
  ];
  try {
    writeFileSync(path, `${lines.join("\n")}\n`, { mode: 0o600 });
    return path;
  } catch {
    return undefined; // no place for a log: the message says so by not naming one
  }
}

function describe(thrown: unknown): string[] {
  if (!(thrown instanceof Error)) return [String(thrown)];
  const own = thrown.stack ?? thrown.message;
  return thrown.cause === undefined ? [own] : [own, "caused by", ...describe(thrown.cause)];
}
