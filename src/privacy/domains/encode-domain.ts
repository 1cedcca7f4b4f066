import type { ColumnEncoding } from "../../encode/column-encoding.js";
import type { NumberLevel } from "../../encode/fit-number-levels.js";
import { makeOmitted } from "../../encode/omitted.js";
import { roleOf } from "../../schema/column-role.js";
import { generatorOf } from "../../schema/generator-of.js";
import type { ColumnSchema } from "../../schema/table-schema.js";
import type { NumberRange } from "./number-range.js";
import { outputOfSchema } from "./output-of-schema.js";

/** What is known of a column's values; of columns that are not learned nothing has to be. */
export interface ColumnDomain {
  /** Declared, or published with noise. */
  readonly categories?: readonly string[] | undefined;
  /** True where other categories may occur: they share the rare level. */
  readonly isOpen?: boolean | undefined;
  readonly range?: NumberRange | undefined;
  readonly levels?: readonly NumberLevel[] | undefined;
}

/**
 * The encoding of a column from what was declared or paid for. Every learned column has a missing level, whether or not rows need
 * it; where made-up values are missing is not learned.
 */
export function encodeDomain(column: ColumnSchema, domain: ColumnDomain): ColumnEncoding {
  const { name, missingText, levels } = column;
  const role = roleOf(column);
  const output = outputOfSchema(column);
  switch (role) {
    case "constant":
    case "category":
    case "boolean":
      if (role === "constant" && levels?.length === 1)
        return { kind: "constant", name, output: { kind: "text", missingText }, value: levels[0]! };
      return {
        kind: "one-hot",
        name,
        output: output!,
        categories: [...(domain.categories ?? [])],
        rare: domain.isOpen === true,
        missing: true,
      };
    case "number":
    case "date":
      return {
        kind: "quantile-bins",
        name,
        output: output!,
        lattice: domain.range!.lattice,
        levels: [...domain.levels!].map((level) => (typeof level === "number" ? level : [...level])),
        missing: true,
        fallback: 0,
      };
    case "identifier":
      return { kind: "identifier", name, output: { kind: "text", missingText }, templates: [] };
    case "generated": {
      const { locale } = column;
      const generator = generatorOf(column) ?? "";
      return {
        kind: "generated",
        name,
        output: { kind: "text", missingText },
        generator,
        ...(locale === undefined ? {} : { locale }),
        unique: column.type === "email",
        missing: false,
      };
    }
    case "omitted":
      return makeOmitted(
        name,
        column.drop === true ? "the schema drops it" : "it is not learned privately, and no generator makes its values",
      );
    default:
      return role satisfies never;
  }
}
