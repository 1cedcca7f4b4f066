import { readFile } from "node:fs/promises";
import { usageError } from "../core/errors.js";
import type { ModelConfig } from "../gan/config.js";
import { type ConfigSources, resolveConfig } from "../gan/resolve-config.js";
import { toFileError } from "../io/file-error.js";
import type { FitFlags } from "./fit-flags.js";

/**
 * The configuration's sources in the order preset, --config, --set, then the short options (--min-category-count, --epochs,
 * --auto).
 * They are resolved once here, so that a mistake is told before any work. Throws E_CONFIG_*, E_USAGE_SET, E_FILE_*.
 */
export async function readConfigSources(
  flags: Pick<FitFlags, "preset" | "config" | "set" | "minCategoryCount" | "epochs" | "auto">,
): Promise<ConfigSources> {
  const sources: ConfigSources = {
    ...(flags.preset === undefined ? {} : { preset: flags.preset }),
    ...(flags.config === undefined ? {} : { config: await readJsonFile(flags.config) }),
    settings: flags.set.map(parseSetting),
  };
  const { model } = resolveConfig(sources);
  const settings = [...(sources.settings ?? [])];
  if (flags.minCategoryCount !== undefined) settings.push(["encoding.minCategoryCount", flags.minCategoryCount]);
  if (flags.epochs !== undefined) settings.push(...epochSettings(model.kind, flags.epochs));
  if (flags.auto !== undefined) settings.push(["model.auto", flags.auto]);
  const complete = { ...sources, settings };
  resolveConfig(complete);
  return complete;
}

function epochSettings(kind: ModelConfig["model"]["kind"], epochs: number): [string, number][] {
  switch (kind) {
    case "completion":
      return [
        ["model.completion.epochs", epochs],
        ["model.completion.minSteps", 1],
        ["model.adversarial.epochs", epochs],
      ];
    case "gan":
      return [
        ["model.training.epochs", epochs],
        ["model.training.minSteps", 1],
      ];
    default:
      return kind satisfies never;
  }
}

function parseSetting(text: string): [path: string, value: unknown] {
  const at = text.indexOf("=");
  if (at < 1) {
    throw usageError("E_USAGE_SET", `--set takes path=value; got "${text}"`, {
      where: "--set",
      hint: "for example --set model.completion.batchSize=250",
    });
  }
  return [text.slice(0, at), parseValue(text.slice(at + 1))];
}

/** JSON where it is JSON (numbers, booleans, lists), else the text itself. */
function parseValue(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** The content of a JSON file. Throws E_FILE_*, E_CONFIG_JSON. */
export async function readJsonFile(path: string): Promise<unknown> {
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (cause) {
    throw toFileError(cause, path, "read");
  }
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw usageError("E_CONFIG_JSON", `${path} is not JSON`, { where: path, cause });
  }
}
