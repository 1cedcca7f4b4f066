import { createHash } from "node:crypto";
import type { Checkpoint } from "../artifact/checkpoint.js";
import type { SynthModel } from "../artifact/model.js";
import { type SynthError, usageError } from "../core/errors.js";
import type { OnProgress } from "../core/progress.js";
import { VERSION } from "../core/version.js";
import type { EncodedTable } from "../encode/field.js";
import { listSettings } from "../gan/resolve-config.js";
import { type Checkpoints, NO_CHECKPOINTS } from "../gan/training/training-state.js";
import { type RunOptions, runOptions } from "./run-options.js";

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

/** What a training hangs on besides the rows. */
export interface TrainingIdentity {
  /** The configuration as it was asked for. */
  readonly model: Pick<SynthModel, "config" | "seed">;
  readonly options: Pick<RunOptions, "engine" | "threads"> & {
    readonly maxSteps?: number | undefined;
    readonly warmStart?: SynthModel | undefined;
  };
}

/** What one training differs by from another, by name. */
export type Fingerprint = Checkpoint["fingerprint"];

/** The checkpoints of one training, in `keeper`. Throws E_RESUME_DIFFERS where it holds another training's. */
export function openCheckpoints(
  keeper: CheckpointKeeper | undefined,
  fingerprint: Fingerprint,
  { onProgress, signal }: { readonly onProgress?: OnProgress | undefined; readonly signal?: AbortSignal | undefined },
): Checkpoints {
  if (keeper === undefined) return NO_CHECKPOINTS;
  const { from } = keeper;
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

/** The settings of a training, as they are. */
export function settingsOf({ model, options }: TrainingIdentity): Fingerprint {
  const { engine, threads } = runOptions(options);
  const settings = listSettings(model.config).map(([path, value]) => [path, JSON.stringify(value)]);
  return {
    ...Object.fromEntries(settings),
    version: VERSION,
    seed: `${model.seed}`,
    backend: engine,
    threads: `${threads}`,
    steps: `${options.maxSteps ?? "as configured"}`,
  };
}

/** Settings, and of the table and of another model only a SHA-256. */
export function fingerprintOf(
  model: Omit<SynthModel, "generator">,
  tables: readonly EncodedTable[],
  options: TrainingIdentity["options"],
): Fingerprint {
  const { schema, constraints, encoding } = model;
  const table = createHash("sha256").update(JSON.stringify([schema, constraints ?? null, encoding]));
  for (const { rowCount, fields, copies } of tables) {
    table.update(`${rowCount}`);
    for (const data of [...fields, ...(copies ?? [])]) if (data !== undefined) table.update(bytesOf(data));
  }
  return {
    ...settingsOf({ model, options }),
    table: table.digest("hex"),
    "warm start": options.warmStart === undefined ? "none" : hashOfWeights(options.warmStart),
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

function requireSame(was: Fingerprint, is: Fingerprint): void {
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
  if (name === "columns") return "the columns of the table or their schema are others";
  if (name === "warm start") return "the model to start from is another";
  return `${name} was ${was}, now it is ${is}`;
}
