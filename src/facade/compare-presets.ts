import type { SynthModel } from "../artifact/model.js";
import { SynthError, throwIfAborted, usageError } from "../core/errors.js";
import { type ComparedTable, compareReports } from "../evaluate/compare-reports.js";
import type { Comparison } from "../evaluate/contract/comparison-schema.js";
import type { TrainedPresets, TrainedRun } from "../evaluate/contract/trained-presets-schema.js";
import type { Report } from "../evaluate/report-schema.js";
import { resolveConfig } from "../gan/resolve-config.js";
import type { Table } from "../table/table.js";
import { drawAndAudit } from "./draw-and-audit.js";
import { fit } from "./fit.js";
import { type Clock, meterRun, type RunMeter } from "./meter-run.js";
import { unpaid } from "./require-private.js";
import { DEFAULT_SEED } from "./run-options.js";
import { type ShareOptions, setAside } from "./share.js";

export interface CompareOptions
  extends Omit<ShareOptions, "preset" | "config" | "settings" | "shadowModels" | "minDistance"> {
  /** Names of presets, or configurations with names of their own; two or more. */
  readonly presets: readonly (string | NamedConfig)[];
  /** Each preset is trained with so many seeds: `seed`, the next one, and so on. Default 1. */
  readonly seeds?: number | undefined;
  /** Without it runs have no times. */
  readonly clock?: Clock | undefined;
  /** Called as each run ends, with the comparison of all that have ended: undefined while none of them has rows. */
  readonly onRun?: ((run: PresetRun, comparison: Comparison | undefined) => void | Promise<void>) | undefined;
}

/** A configuration that is no preset, as `fit` takes it. */
export interface NamedConfig {
  readonly name: string;
  readonly config: unknown;
}

/** One training of one preset. */
export interface PresetRun {
  readonly name: string;
  readonly seed: number;
  /** Where its files belong, relative to the comparison. */
  readonly folder: string;
  /** There unless it failed. */
  readonly result?: { readonly model: SynthModel; readonly synthetic: Table; readonly report: Report };
  readonly record: TrainedRun;
}

/**
 * Trains several presets on the same rows with the same budget and seeds, samples as many rows as training has, audits all
 * against the same held-out rows. Seed by seed, so that an interrupted comparison is one of fewer seeds. A preset that
 * training refuses or that diverges is a run that failed and says why. Throws E_CONFIG_*, E_USAGE_PRESETS, E_PRIVACY_UNPAID, E_COMPARE_NONE where
 * no run ended with rows, E_INTERRUPTED, what setAside throws.
 */
export async function comparePresets(table: Table, options: CompareOptions): Promise<Comparison> {
  const systems = requireSystems(options.presets);
  if (options.privacy !== undefined) throw spendsAnew();
  const { train, holdout } = setAside(table, options);
  const first = options.seed ?? DEFAULT_SEED;
  const seeds = Array.from({ length: options.seeds ?? 1 }, (_, at) => first + at);
  const plan = seeds.flatMap((seed) => systems.map((system) => ({ ...system, seed })));
  const ended: EndedRun[] = [];
  const compare = () => compareRuns(ended, { systems, seeds, planned: plan.length, options });
  for (const [at, { name, seed, ...sources }] of plan.entries()) {
    throwIfAborted(options.signal);
    const message = `run ${at + 1} of ${plan.length}: ${name}, seed ${seed}`;
    options.onProgress?.({ kind: "stage", stage: "run", message });
    const folder = seeds.length === 1 ? name : `${name}/seed-${seed}`;
    const { result, record } = await runPreset({ train, holdout }, { ...options, ...sources, seed }, folder);
    ended.push({ name, record, ...(result === undefined ? {} : { report: result.report }) });
    await options.onRun?.({ name, seed, folder, record, ...(result === undefined ? {} : { result }) }, compare());
  }
  const comparison = compare();
  if (comparison === undefined) throw noneEnded(ended);
  return comparison;
}

function spendsAnew(): SynthError {
  return unpaid(
    "each preset would spend the whole budget anew",
    "privacy",
    "compare presets without it, then fit the best with it",
  );
}

interface System {
  readonly name: string;
  readonly preset?: string;
  readonly config?: unknown;
}

interface EndedRun {
  readonly name: string;
  readonly record: TrainedRun;
  readonly report?: Report;
}

/** What is compared, each resolved once, so that a mistake is told before any work. */
function requireSystems(presets: CompareOptions["presets"]): readonly System[] {
  const systems = presets.map((one): System => (typeof one === "string" ? { name: one, preset: one } : one));
  for (const { name, ...sources } of systems) resolveConfig(sources);
  const names = systems.map(({ name }) => name);
  if (systems.length >= 2 && new Set(names).size === names.length) return systems;
  throw usageError("E_USAGE_PRESETS", "a comparison takes two presets or more, each named once", {
    where: "presets",
    hint: "`synth presets` lists what there is",
  });
}

type RunOptions = Omit<CompareOptions, "presets" | "seeds" | "onRun"> & Omit<System, "name">;

async function runPreset(
  tables: { readonly train: Table; readonly holdout: Table },
  options: RunOptions,
  folder: string,
): Promise<Pick<PresetRun, "result" | "record">> {
  const meter = meterRun(options.clock, options.onProgress);
  const seed = options.seed ?? DEFAULT_SEED;
  try {
    const model = await fit(tables.train, { ...options, onProgress: meter.onProgress });
    const measured = meter.end(model.generator.log);
    const { diverged } = model.generator.log;
    if (diverged !== undefined) {
      const reason = `E_TRAIN_DIVERGED: a loss was not a number at step ${diverged.step}`;
      return { record: { seed, outcome: "failed", reason, ...measured } };
    }
    const result = { model, ...(await drawAndAudit(model, tables, options)) };
    return { result, record: { seed, outcome: "finished", folder, ...measured } };
  } catch (error) {
    return { record: { seed, outcome: "failed", reason: reasonOf(error), ...measuredSoFar(meter) } };
  }
}

/** Why a run failed, where that is its own failure: an interruption, an unreadable file or a defect ends the comparison. */
function reasonOf(error: unknown): string {
  if (!(error instanceof SynthError)) throw error;
  switch (error.kind) {
    case "training":
    case "usage":
    case "data":
      return `${error.code}: ${error.message}`;
    case "check":
    case "file":
    case "interrupted":
    case "defect":
      throw error;
    default:
      return error.kind satisfies never;
  }
}

function measuredSoFar(meter: RunMeter) {
  const { curve, findings, notes } = meter.end(undefined);
  return { curve, findings, notes };
}

interface Plan {
  readonly systems: readonly System[];
  readonly seeds: number[];
  readonly planned: number;
  readonly options: CompareOptions;
}

/** The comparison of the runs that have ended; undefined while none of them has rows. */
function compareRuns(ended: readonly EndedRun[], { systems, seeds, planned, options }: Plan): Comparison | undefined {
  const runsOf = (name: string) => ended.filter((run) => run.name === name);
  const tables = systems.flatMap(({ name }): ComparedTable[] => {
    const finished = runsOf(name).filter(({ report }) => report !== undefined);
    const folder = finished[0]?.record.folder;
    return finished.length === 0 ? [] : [{ name, folder, reports: finished.map(({ report }) => report!) }];
  });
  if (tables.length === 0) return undefined;
  const { maxSteps, minutes } = options;
  const training: TrainedPresets = {
    budget: { ...(maxSteps === undefined ? {} : { steps: maxSteps }), ...(minutes === undefined ? {} : { minutes }) },
    seeds,
    planned,
    presets: systems.map(({ name }) => {
      const table = tables.findIndex((one) => one.name === name);
      return { name, table: table < 0 ? null : table, runs: runsOf(name).map(({ record }) => record) };
    }),
  };
  return compareReports(tables, training);
}

function noneEnded(ended: readonly EndedRun[]): SynthError {
  const reasons = ended.map(({ name, record }) => `${name}: ${record.reason}`).join("; ");
  return new SynthError("training", "E_COMPARE_NONE", `no run ended with rows: ${reasons}`, {
    hint: "try other presets, or `synth fit` with one of them to see more",
  });
}
