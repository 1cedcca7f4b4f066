import pc from "picocolors";
import type { SynthError } from "../core/errors.js";

/** The one format of errors: `error E_CODE: what, where` and `hint: what to do`; with --verbose the stack below. */
export function formatError(error: SynthError, color: boolean, withStack = false): string {
  const { red, bold, dim } = pc.createColors(color);
  const place = error.where !== undefined && !error.message.includes(error.where) ? `, ${error.where}` : "";
  const first = `${bold(red("error"))} ${bold(`${error.code}:`)} ${error.message}${place}`;
  const hint = error.hint === undefined ? [] : [`${dim("hint:")} ${error.hint}`];
  const frames = withStack ? (error.stack ?? "").split("\n").filter((line) => /^\s+at /.test(line)) : [];
  return `${[first, ...hint, ...frames.map(dim)].join("\n")}\n`;
}

/** The same for machines: code, message, hint and where; what is unknown is null. */
export function describeError(error: SynthError): Record<"code" | "message" | "hint" | "where", string | null> {
  const { code, message, hint = null, where = null } = error;
  return { code, message, hint, where };
}
