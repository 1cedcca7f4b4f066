import type { SynthModel } from "../artifact/model.js";
import { toLearnable } from "../constraints/learnable.js";
import { requireHeld } from "../constraints/require-constraints.js";
import { type SynthError, usageError } from "../core/errors.js";
import type { ProgressEvent } from "../core/progress.js";
import { describeUnknown } from "../encode/describe-unknown.js";
import type { ModelConfig } from "../gan/config.js";
import { type ConfigSources, listSettings, resolveConfig } from "../gan/resolve-config.js";
import { applySchema } from "../schema/apply-schema.js";
import { describeDrift } from "../schema/describe-drift.js";
import { inferSchema } from "../schema/infer-schema.js";
import { refreshSchema } from "../schema/refresh-schema.js";
import type { Table } from "../table/table.js";
import type { PreparedTable, TableDescription } from "./prepare-table.js";
import type { RunOptions } from "./run-options.js";

/** Settings that make a network's shape: what weights fit into. */
const SHAPE_SETTINGS: Readonly<Record<ModelConfig["model"]["kind"], readonly string[]>> = {
  completion: ["model.network.width", "model.network.blocks", "model.network.latent"],
  gan: ["model.architecture", "model.latent", "model.generatorWidths", "model.condition.columns"],
};

/** What an audit of a training that starts from a model should be told: N_WARM_START_HOLDOUT. */
export const HELD_OUT_NOTICE: ProgressEvent = {
  kind: "notice",
  code: "N_WARM_START_HOLDOUT",
  message:
    "the audit takes the rows set aside for unknown; where the model to start from was fitted on some of them, it says too little of " +
    "what was learned by heart",
};

/**
 * The configuration of a training that starts from a model's weights: the model's preset where none is given, always its encoding.
 * Throws E_CONFIG_*, E_WARM_START_KIND, E_WARM_START_SHAPE, E_WARM_START_ENCODING.
 */
export function warmStartConfig(model: SynthModel, sources: ConfigSources): ModelConfig {
  const config = resolveConfig({ ...sources, preset: presetOf(sources) ?? model.config.preset });
  if (config.model.kind !== model.config.model.kind) {
    throw usageError(
      "E_WARM_START_KIND",
      `the model to start from is of kind ${model.config.model.kind}; the configuration is of kind ${config.model.kind}`,
      { where: "model.kind", hint: `take preset ${model.config.preset}, or start without it` },
    );
  }
  const before = new Map(listSettings(model.config));
  for (const [path, value] of listSettings(config)) {
    const was = JSON.stringify(before.get(path));
    if (!SHAPE_SETTINGS[config.model.kind].includes(path) || JSON.stringify(value) === was) continue;
    throw usageError(
      "E_WARM_START_SHAPE",
      `${path} is ${JSON.stringify(value)}; in the model to start from it is ${was}: its weights do not fit`,
      { where: path, hint: `--set ${path}=${was}, or start without the model` },
    );
  }
  if (config.model.kind === "gan" && config.model.architecture === "progressive") {
    throw usageError(
      "E_WARM_START_KIND",
      "architecture progressive grows from coarse to fine: it starts from nothing",
      {
        where: "model.architecture",
        hint: "start without the model",
      },
    );
  }
  requireOwnEncoding(sources);
  return { ...config, encoding: model.config.encoding };
}

/** The preset that is asked for. */
function presetOf({ preset, config }: ConfigSources): string | undefined {
  const named = (config as { readonly preset?: unknown } | undefined)?.preset;
  return preset ?? (typeof named === "string" ? named : undefined);
}

function requireOwnEncoding(sources: ConfigSources): void {
  if (asksForEncoding(sources)) throw conflict("E_WARM_START_ENCODING", "encoding settings", "encoding");
}

/** Whether settings of the encoding are asked for beside the preset's. */
export function asksForEncoding({ config, settings = [] }: ConfigSources): boolean {
  return (
    settings.some(([path]) => path.startsWith("encoding.")) ||
    (typeof config === "object" && config !== null && "encoding" in config)
  );
}

/**
 * A table prepared as the model's own was: its schema, constraints and encoding. Tells by notices how the table differs (N_SCHEMA_DRIFT)
 * and what the encoding cannot say (N_UNKNOWN_CATEGORIES, N_BEYOND_RANGE). Throws E_SCHEMA_* where columns do not match,
 * E_CONSTRAINT_BROKEN, E_WARM_START_SCHEMA where a schema or a search for constraints is asked for as well.
 */
export function prepareForWarmStart(
  model: SynthModel,
  table: Table,
  options: TableDescription & Pick<RunOptions, "onProgress">,
): PreparedTable {
  if (options.schema !== undefined) throw conflict("E_WARM_START_SCHEMA", "a schema", "schema");
  if (options.findConstraints === true) throw conflict("E_WARM_START_SCHEMA", "findConstraints", "findConstraints");
  const { constraints, encoding } = model;
  const tell = options.onProgress ?? (() => {});
  describeDrift(model.schema, table).forEach(tell);
  const prepared = applySchema(table, model.schema);
  requireHeld(prepared, model.schema.constraints ?? []);
  const learnable = constraints === undefined ? prepared : toLearnable(constraints, prepared);
  describeUnknown(encoding, learnable).forEach(tell);
  const schema = refreshSchema(model.schema, inferSchema(prepared));
  return { schema, ...(constraints && { constraints }), encoding, learnable };
}

function conflict(code: string, what: string, where: string): SynthError {
  return usageError(code, `a warm start takes schema and encoding from the model; ${what} cannot be given as well`, {
    where,
    hint: `leave out ${what}, or start without the model`,
  });
}
