import { usageError } from "../../core/errors.js";
import type { PrivateRequest } from "../private-request.js";
import { type DomainPart, whatIsLacking } from "./what-is-lacking.js";

/** Throws E_PRIVACY_UNDECLARED where bounds have to be public and the schema lacks some: names every such column. */
export function requireDeclared(names: readonly string[], { privacy, schema }: PrivateRequest): void {
  if (privacy.bounds !== "public") return;
  if (schema === undefined) {
    throw usageError("E_PRIVACY_UNDECLARED", "public bounds need a schema that declares every column", {
      where: "bounds",
      hint: "`synth schema` writes one to start from (write into it only what may be known), or let domains be found with --bounds private",
    });
  }
  const lacking = schema.columns
    .filter(({ name }) => names.includes(name))
    .map((column) => ({ name: column.name, parts: whatIsLacking(column) }))
    .filter(({ parts }) => parts.length > 0);
  if (lacking.length === 0) return;
  const listed = lacking.map(({ name, parts }) => `"${name}" (${parts.join(", ")})`).join(", ");
  const example = lacking[0]!;
  throw usageError("E_PRIVACY_UNDECLARED", `public bounds are asked for, but the schema does not declare ${listed}`, {
    where: `column "${example.name}"`,
    hint: `write into the schema what may be known of each, e.g. ${snippet(example.name, example.parts)}, or let it be found with --bounds private`,
  });
}

const EXAMPLES: Readonly<Record<DomainPart, unknown>> = {
  levels: ["a", "b"],
  spellings: ["no", "yes"],
  decimals: 2,
  dateFormat: "YYYY-MM-DD",
  "bounds.min": 0,
  "bounds.max": 100,
};

/** What is to be written for a column, with values that are made up. */
function snippet(name: string, parts: readonly DomainPart[]): string {
  const bounds = Object.fromEntries(
    parts.flatMap((part) => (part.startsWith("bounds.") ? [[part.slice(7), EXAMPLES[part]]] : [])),
  );
  const others = Object.fromEntries(
    parts.flatMap((part) => (part.startsWith("bounds.") ? [] : [[part, EXAMPLES[part]]])),
  );
  return JSON.stringify({ name, ...others, ...(Object.keys(bounds).length > 0 ? { bounds } : {}) });
}
