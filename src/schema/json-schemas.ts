import { z } from "zod";

/** A zod schema and what its JSON Schema is to be called. */
export interface NamedSchema {
  /** File name, e.g. "report.schema.json"; also the relative `$id`. */
  readonly fileName: string;
  readonly title: string;
  readonly schema: z.ZodType;
  /** A contract that later versions may add keys to: objects may hold others than those that are known now. */
  readonly open?: boolean | undefined;
  /** A file that people write as well: what has a default may be left out. */
  readonly written?: boolean | undefined;
}

/** JSON Schemas (draft 2020-12) of zod schemas, by file name. They describe what is written. */
export function jsonSchemas(schemas: readonly NamedSchema[]): Record<string, object> {
  return Object.fromEntries(
    schemas.map(({ fileName, title, schema, open, written }) => {
      const override = open === true ? { override: allowOtherKeys } : {};
      const { $schema, ...body } = z.toJSONSchema(schema, {
        target: "draft-2020-12",
        reused: "ref",
        io: written === true ? "input" : "output",
        ...override,
      });
      return [fileName, { $schema, $id: fileName, title, ...body }];
    }),
  );
}

function allowOtherKeys({ jsonSchema }: { readonly jsonSchema: { additionalProperties?: unknown } }): void {
  if (jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties;
}
