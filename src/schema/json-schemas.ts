import { z } from "zod";

/** A zod schema and what its JSON Schema is to be called. */
export interface NamedSchema {
  /** File name, e.g. "report.schema.json"; also the relative `$id`. */
  readonly fileName: string;
  readonly title: string;
  readonly schema: z.ZodType;
}

/** JSON Schemas (draft 2020-12) of zod schemas, by file name. They describe what is written. */
export function jsonSchemas(schemas: readonly NamedSchema[]): Record<string, object> {
  return Object.fromEntries(
    schemas.map(({ fileName, title, schema }) => {
      const { $schema, ...body } = z.toJSONSchema(schema, { target: "draft-2020-12", reused: "ref" });
      return [fileName, { $schema, $id: fileName, title, ...body }];
    }),
  );
}
