import { createHash } from "node:crypto";
import type { Checkpoint } from "../artifact/checkpoint.js";
import type { SynthModel } from "../artifact/model.js";
import { type SynthError, usageError } from "../core/errors.js";
import type { OnProgress } from "../core/progress.js";
import { VERSION } from "../core/version.js";
import type { EncodedTable } from "../encode/field.js";
import { listSettings } from "../gan/resolve-config.js";
import { type Checkpoints, NO_CHECKPOINTS } from "../gan/training/training-state.js";

/** Keeps what an interrupted training can go on from, so that it comes to the same model. */
export interface CheckpointKeeper {
  /** What an interrupted training left; undefined: training begins. */
  readonly from?: Checkpoint | undefined;
  /** Asked after each training step. */
  readonly isDue: () => boolean;
  /**
   * Given the checkpoints that were due, and one more where training is interrupted between two steps. The next step changes
   * what is in it: `serializeCheckpoint` it before anything is awaited. Training goes on when it resolves.
   */
  readonly keep: (checkpoint: Checkpoint) => Promise<void>;
}

/** What a training hangs on. */
export interface TrainingIdentity {
  /** Schema, constraints, encoding, seed; and the configuration as it was asked for. */
  readonly model: Omit<SynthModel, "generator">;
  readonly tables: readonly EncodedTable[];
  readonly engine: string;
  readonly threads: number;
  readonly maxSteps: number | undefined;
  readonly warmStart: SynthModel | undefined;
}

/** The checkpoints of one training, in `keeper`. Throws E_RESUME_DIFFERS where it holds another training's. */
export function openCheckpoints(
  keeper: CheckpointKeeper | undefined,
  identity: TrainingIdentity,
  { onProgress, signal }: { readonly onProgress?: OnProgress | undefined; readonly signal?: AbortSignal | undefined },
): Checkpoints {
  if (keeper === undefined) return NO_CHECKPOINTS;
  const { from } = keeper;
  const fingerprint = fingerprintOf(identity);
  if (from !== undefined) {
    requireSame(from.fingerprint, fingerprint);
    const message = `going on where the interrupted training was, in the ${from.phase} phase`;
    onProgress?.({ kind: "notice", code: "N_RESUMED", message });
  }
  return {
    restore: (phase) => (from?.phase === phase ? from.state : undefined),
    offer: async (phase, state) => {
      if (signal?.aborted || keeper.isDue()) await keeper.keep({ fingerprint, phase, state: state() });
    },
  };
}

/** Settings as they are; of the table and of another model only a SHA-256. */
function fingerprintOf(identity: TrainingIdentity): Record<string, string> {
  const { schema, constraints, encoding, config, seed } = identity.model;
  const settings = listSettings(config).map(([path, value]): [string, string] => [path, JSON.stringify(value)]);
  const table = createHash("sha256").update(JSON.stringify([schema, constraints ?? null, encoding]));
  for (const { rowCount, fields, copies } of identity.tables) {
    table.update(`${rowCount}`);
    for (const data of [...fields, ...(copies ?? [])]) if (data !== undefined) table.update(bytesOf(data));
  }
  return {
    ...Object.fromEntries(settings),
    version: VERSION,
    seed: `${seed}`,
    backend: identity.engine,
    threads: `${identity.threads}`,
    steps: `${identity.maxSteps ?? "as configured"}`,
    table: table.digest("hex"),
    "warm start": identity.warmStart === undefined ? "none" : hashOfWeights(identity.warmStart),
  };
}

function hashOfWeights({ generator }: SynthModel): string {
  const hash = createHash("sha256");
  for (const name of Object.keys(generator.weights).sort()) {
    hash.update(name).update(bytesOf(generator.weights[name]!.data));
  }
  return hash.digest("hex");
}

function bytesOf({ buffer, byteOffset, byteLength }: ArrayBufferView): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}

function requireSame(was: Checkpoint["fingerprint"], is: Checkpoint["fingerprint"]): void {
  const names = [...new Set([...Object.keys(was), ...Object.keys(is)])].filter((name) => was[name] !== is[name]);
  if (names.length > 0) throw differs(names.map((name) => describeDifference(name, was[name], is[name])));
}

const MOST_TOLD = 5;

function differs(differences: readonly string[]): SynthError {
  const told = differences.slice(0, MOST_TOLD).join("; ");
  const more = differences.length > MOST_TOLD ? `; and ${differences.length - MOST_TOLD} more` : "";
  return usageError("E_RESUME_DIFFERS", `the checkpoint is of another training: ${told}${more}`, {
    where: "--resume",
    hint: "go on with the same table, options and version; or begin anew, without --resume",
  });
}

function describeDifference(name: string, was = "nothing", is = "nothing"): string {
  if (name === "table") return "the table, its schema or its holdout is another";
  if (name === "warm start") return "the model to start from is another";
  return `${name} was ${was}, now it is ${is}`;
}
