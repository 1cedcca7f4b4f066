import type { Faker } from "@faker-js/faker";
import { usageError } from "../core/errors.js";
import { suggestName } from "../schema/suggest-name.js";

/** Makes one value. */
type Generate = () => string;

const PLACEHOLDER = /\{\{(.+?)\}\}/g;
const CALL = /^([a-zA-Z]+)\.([a-zA-Z0-9]+)(?:\((.*)\))?$/s;

/**
 * A schema's generator over a Faker instance: a method ("person.fullName"), maybe with arguments in JSON
 * (`finance.iban({"countryCode":"DE"})`), or a text with such calls in it ("{{person.lastName}}, {{person.firstName}}"). Throws
 * E_SCHEMA_GENERATOR where there is no such method or it does not take the arguments.
 */
export function compileGenerator(faker: Faker, generator: string, column: string): Generate {
  const pieces = generator.includes("{{")
    ? generator.split(PLACEHOLDER).map((piece, i) => (i % 2 === 0 ? () => piece : compileCall(faker, piece, column)))
    : [compileCall(faker, generator, column)];
  return () => {
    let text = "";
    for (const piece of pieces) text += piece();
    return text;
  };
}

function compileCall(faker: Faker, call: string, column: string): Generate {
  const [, group = "", name = "", given] = CALL.exec(call.trim()) ?? [];
  const methods = methodsOf(faker, group);
  const method = methods?.get(name);
  if (method === undefined) throw unknownGenerator(faker, call, column);
  const generate = () => textOf(method(...readArguments(given, call, column)));
  try {
    generate();
  } catch (cause) {
    throw invalid(column, `the generator "${call}" does not take these arguments`, "see the manual of Faker", cause);
  }
  return generate;
}

type Method = (...given: readonly unknown[]) => unknown;

/** The methods of one of Faker's groups ("person"), by name. */
function methodsOf(faker: Faker, group: string): Map<string, Method> | undefined {
  const found: unknown = Object.hasOwn(faker, group) ? faker[group as keyof Faker] : undefined;
  if (typeof found !== "object" || found === null || group.startsWith("_") || group === "fakerCore") return undefined;
  const methods = Object.entries(found).filter(([name, value]) => typeof value === "function" && name !== "faker");
  return new Map(methods as [string, Method][]);
}

function readArguments(given: string | undefined, call: string, column: string): readonly unknown[] {
  try {
    return JSON.parse(`[${given ?? ""}]`) as readonly unknown[];
  } catch (cause) {
    throw invalid(
      column,
      `the arguments of the generator "${call}" are not JSON`,
      'write names in quotes: {"min":1}',
      cause,
    );
  }
}

function textOf(value: unknown): string {
  if (value instanceof Date) return value.toISOString();
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

function unknownGenerator(faker: Faker, call: string, column: string): Error {
  const known = Object.keys(faker).flatMap((group) =>
    [...(methodsOf(faker, group)?.keys() ?? [])].map((name) => `${group}.${name}`),
  );
  return invalid(column, `there is no generator "${call}"`, suggestName(call, known));
}

function invalid(column: string, message: string, hint: string, cause?: unknown): Error {
  const where = `column "${column}"`;
  return usageError("E_SCHEMA_GENERATOR", `${where}: ${message}`, {
    where,
    hint,
    ...(cause === undefined ? {} : { cause }),
  });
}
