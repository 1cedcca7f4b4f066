import { closest } from "fastest-levenshtein";
import type { z } from "zod";
import { usageError } from "../core/errors.js";
import { type ModelConfig, modelConfig } from "./config.js";
import { PRESETS } from "./presets.js";

/** Where a configuration comes from, weakest first: a preset, a partial configuration, single settings. */
export interface ConfigSources {
  /** Default "balanced". */
  readonly preset?: string;
  /** Overrides the preset wherever it says something; any subset of a ModelConfig. */
  readonly config?: unknown;
  /** Single settings by path: `["model.completion.batchSize", 250]`. */
  readonly settings?: readonly (readonly [path: string, value: unknown])[];
}

/** Every setting of a configuration by its path, in order. */
export function listSettings(config: ModelConfig): [path: string, value: unknown][] {
  return leafPaths(config, []).map((path) => [path, valueAt(config, path)]);
}

/** The settings in which a configuration differs from its preset. */
export function changedSettings(config: ModelConfig): [path: string, value: unknown][] {
  const preset = findPreset(config.preset);
  return listSettings(config).filter(
    ([path, value]) => JSON.stringify(value) !== JSON.stringify(valueAt(preset, path)),
  );
}

type Json = Record<string, unknown>;

/**
 * The validated configuration of the sources. Throws E_CONFIG_PRESET, E_CONFIG_PATH, E_CONFIG_VALUE; messages name the full
 * path: `model.completion.batchSize must be more than 0; got 0`.
 */
export function resolveConfig(sources: ConfigSources): ModelConfig {
  const config = sources.config ?? {};
  if (!isObject(config)) throw usageError("E_CONFIG_VALUE", "the configuration must be a JSON object");
  const name = sources.preset ?? (typeof config.preset === "string" ? config.preset : "balanced");
  let merged = merge(findPreset(name), withModelPaths(config));
  merged = { ...merged, preset: name };
  for (const [path, value] of sources.settings ?? []) merged = setPath(merged, path.replace(/^gan\./, "model."), value);
  const parsed = modelConfig.safeParse(merged, { reportInput: true });
  if (!parsed.success) {
    const problem = describeIssue(parsed.error.issues[0]!);
    throw usageError("E_CONFIG_VALUE", problem.message, {
      where: problem.path,
      hint: "`synth inspect` prints a model's whole configuration",
    });
  }
  return parsed.data;
}

function findPreset(name: string): ModelConfig {
  if (Object.hasOwn(PRESETS, name)) return PRESETS[name as keyof typeof PRESETS] as ModelConfig;
  const names = Object.keys(PRESETS);
  throw usageError("E_CONFIG_PRESET", `there is no preset "${name}"`, {
    where: "preset",
    hint: `did you mean ${closest(name, names)}? The presets are ${names.join(", ")}; \`synth presets\` describes them`,
  });
}

/** `gan` is another name of the model's part of a configuration. */
function withModelPaths(config: Json): Json {
  if (config.gan === undefined || config.model !== undefined) return config;
  const { gan, ...others } = config;
  return { ...others, model: gan };
}

function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** `base` with what `over` says; a path that `base` does not know is an error, not a silent addition. */
function merge(base: Json, over: Json): Json {
  const known = leafPaths(base, []);
  for (const path of leafPaths(over, [])) {
    if (!known.includes(path)) {
      throw usageError("E_CONFIG_PATH", `there is no option "${path}" in this preset`, {
        where: path,
        hint: `did you mean ${closest(path, known)}?`,
      });
    }
  }
  return mergeKnown(base, over);
}

function mergeKnown(base: Json, over: Json): Json {
  const merged: Json = { ...base };
  for (const [key, value] of Object.entries(over)) {
    const before = base[key];
    merged[key] = isObject(before) && isObject(value) ? mergeKnown(before, value) : value;
  }
  return merged;
}

function setPath(config: Json, path: string, value: unknown): Json {
  const nested = path.split(".").reduceRight<unknown>((inner, key) => ({ [key]: inner }), value);
  return merge(config, nested as Json);
}

function valueAt(config: object, path: string): unknown {
  return path.split(".").reduce<unknown>((value, key) => (value as Json | undefined)?.[key], config);
}

function leafPaths(config: Json, path: readonly string[]): string[] {
  return Object.entries(config).flatMap(([key, value]) =>
    isObject(value) ? leafPaths(value, [...path, key]) : [[...path, key].join(".")],
  );
}

function describeIssue(issue: z.core.$ZodIssue): { path: string; message: string } {
  const path = issue.path.join(".");
  return { path, message: `${path} ${requirementOf(issue)}; got ${JSON.stringify(issue.input) ?? "nothing"}` };
}

/** What a value of one kind or another must be, each kind with its own requirement. */
function requirementsOf(issue: z.core.$ZodIssueInvalidUnion): string {
  const requirements = issue.errors.flatMap(([first]) => (first === undefined ? [] : [requirementOf(first)]));
  return requirements.join(" or ").replaceAll(" or must", " or");
}

function requirementOf(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case "too_small":
      return `must be ${issue.inclusive ? "at least" : "more than"} ${issue.minimum}`;
    case "too_big":
      return `must be ${issue.inclusive ? "at most" : "less than"} ${issue.maximum}`;
    case "invalid_type":
      return `must be ${issue.expected === "int" ? "a whole number" : `of type ${issue.expected}`}`;
    case "invalid_value":
      return `must be one of ${issue.values.map(String).join(", ")}`;
    case "invalid_union":
      return requirementsOf(issue);
    default:
      return `is not valid (${issue.message})`;
  }
}
