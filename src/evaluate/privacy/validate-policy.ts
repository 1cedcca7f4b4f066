import type { z } from "zod";
import { usageError } from "../../core/errors.js";
import { suggestName } from "../../schema/suggest-name.js";
import { figurePaths } from "../contract/figure-paths.js";
import { policySchema, type ReleasePolicy } from "../contract/policy-schema.js";

/**
 * The release policy that a parsed JSON value (of a --policy file) is. Throws E_POLICY_VERSION, E_POLICY_INVALID and
 * E_POLICY_FIGURE with the full path of the first thing wrong.
 */
export function validatePolicy(json: unknown): ReleasePolicy {
  requireVersion(json);
  const parsed = policySchema.safeParse(json);
  if (!parsed.success) throw invalid(parsed.error);
  parsed.data.rules.forEach(({ figure, atMost, atLeast }, at) => {
    requireFigure(figure, `policy.rules[${at}].figure`);
    if (atMost !== undefined || atLeast !== undefined) return;
    const where = `policy.rules[${at}]`;
    throw usageError("E_POLICY_INVALID", `${where} has no limit`, { where, hint: "give atMost, atLeast or both" });
  });
  return parsed.data;
}

function requireVersion(json: unknown): void {
  const version = typeof json === "object" && json !== null && "version" in json ? json.version : undefined;
  const known = policySchema.shape.version.value;
  if (typeof version !== "number" || version === known) return;
  throw usageError("E_POLICY_VERSION", `policy.version is ${version}; this synth reads version ${known}`, {
    where: "policy.version",
    hint: version > known ? "use the version of synth it was written for, or a newer one" : "write it anew",
  });
}

function requireFigure(figure: string, where: string): void {
  const known = figurePaths();
  if (known.some((path) => patternOf(path).test(figure))) return;
  throw usageError("E_POLICY_FIGURE", `${where}: reports have no figure "${figure}"`, {
    where,
    hint: suggestName(figure, known),
  });
}

/** A list is meant as a whole or by the name of one element. */
function patternOf(path: string): RegExp {
  return new RegExp(`^${path.replaceAll(".", "\\.").replaceAll("[]", "(\\[\\]|:.+)")}$`);
}

function invalid(error: z.ZodError): Error {
  const issue = error.issues[0]!;
  const where = `policy${issue.path.map(spellPart).join("")}`;
  const hint =
    issue.code === "unrecognized_keys"
      ? suggestName(issue.keys[0]!, keysAt(issue.path))
      : "schemas/policy.schema.json describes the file, examples/policy.json is one";
  return usageError("E_POLICY_INVALID", `${where}: ${issue.message}`, { where, hint, cause: error });
}

function keysAt(path: readonly PropertyKey[]): string[] {
  const { requires, rules } = policySchema.shape;
  if (path[0] === "requires") return Object.keys(requires.shape);
  return Object.keys(path[0] === "rules" ? rules.element.shape : policySchema.shape);
}

function spellPart(part: PropertyKey): string {
  return typeof part === "number" ? `[${part}]` : `.${String(part)}`;
}
