import { Readable, Writable } from "node:stream";
import { runSynth } from "../../src/cli/run-synth.js";

export interface CliResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

class TextStream extends Writable {
  text = "";
  readonly isTTY: boolean;
  readonly columns = 120;

  constructor(isTTY: boolean) {
    super({ decodeStrings: false });
    this.isTTY = isTTY;
  }

  override _write(chunk: string | Buffer, _encoding: string, done: () => void): void {
    this.text += chunk.toString();
    done();
  }
}

/** Runs one command line in this process, as the program would, with streams of its own. */
export async function runCli(
  argv: readonly string[],
  options: {
    readonly isTTY?: boolean;
    readonly signal?: AbortSignal;
    readonly env?: Record<string, string>;
    readonly stdin?: string | Uint8Array;
  } = {},
): Promise<CliResult> {
  const stdout = new TextStream(false);
  const stderr = new TextStream(options.isTTY ?? false);
  const code = await runSynth(argv, {
    stdin: Readable.from(options.stdin === undefined ? [] : [options.stdin]),
    stdout,
    stderr,
    env: options.env ?? {},
    now: () => performance.now(),
    signal: options.signal ?? new AbortController().signal,
  });
  return { code, stdout: stdout.text, stderr: stderr.text };
}

/** Settings that make a model small enough to be trained within a test. */
export const TINY = [
  ...["--steps", "6", "--threads", "1"],
  ...["--set", "model.network.width=16", "--set", "model.adversarial.enabled=false"],
];
