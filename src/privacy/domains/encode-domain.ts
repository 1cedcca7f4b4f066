import type { ColumnEncoding } from "../../encode/column-encoding.js";
import { makeOmitted } from "../../encode/omitted.js";
import { roleOf } from "../../schema/column-role.js";
import { generatorOf } from "../../schema/generator-of.js";
import type { ColumnSchema } from "../../schema/table-schema.js";
import type { FoundBins } from "./find-bins.js";
import { outputOfSchema } from "./output-of-schema.js";

/**
 * The encoding of a column from what was declared or paid for: `categories` that were found (others share the rare level), `bins` of
 * numbers and dates. Every learned column has a missing level, whether or not rows need it; where made-up values are missing is not
 * learned.
 */
export function encodeDomain(
  column: ColumnSchema,
  categories: readonly string[] | undefined,
  bins: FoundBins | undefined,
): ColumnEncoding {
  const { name, missingText, levels, locale } = column;
  const role = roleOf(column);
  const text = { kind: "text", missingText } as const;
  const output = outputOfSchema(column) ?? text;
  const oneHot = { kind: "one-hot", name, output, rare: false, missing: true } as const;
  switch (role) {
    case "constant":
      if (categories === undefined) return { kind: "constant", name, output: text, value: levels?.[0] ?? null };
      return { ...oneHot, categories: [...categories], rare: true };
    case "category":
      return { ...oneHot, categories: [...(categories ?? levels ?? [])], rare: categories !== undefined };
    case "boolean":
      return { ...oneHot, categories: [...(column.spellings ?? [])] };
    case "number":
    case "date":
      return {
        kind: "quantile-bins",
        name,
        output,
        lattice: bins!.range.lattice,
        levels: [...bins!.levels],
        missing: true,
        fallback: 0,
      };
    case "identifier":
      return { kind: "identifier", name, output: text, templates: [] };
    case "generated": {
      const generator = generatorOf(column) ?? "";
      const language = locale === undefined ? {} : { locale };
      const unique = column.type === "email";
      return { kind: "generated", name, output: text, generator, ...language, unique, missing: false };
    }
    case "omitted":
      return makeOmitted(
        name,
        column.drop === true ? "the schema drops it" : "texts are not learned, and no generator makes some",
      );
    default:
      return role satisfies never;
  }
}
