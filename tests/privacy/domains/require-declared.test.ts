import { describe, expect, it } from "vitest";
import { requireDeclared } from "../../../src/privacy/domains/require-declared.js";
import type { TableSchema } from "../../../src/schema/table-schema.js";
import { KNOWN_SCHEMA, schemaOf } from "../known-tables.js";

const NAMES = ["color", "age", "day", "flag"];
const request = (bounds: "public" | "private", schema?: TableSchema) => ({
  privacy: { epsilon: 1, delta: 1e-6, bounds },
  schema,
});

describe("requireDeclared", () => {
  const lacking = schemaOf(
    { name: "color", type: "category" },
    { name: "age", type: "integer", bounds: { min: 0 } },
    { name: "day", type: "date" },
    { name: "flag", type: "boolean" },
  );

  it("refuses public bounds of which some are not declared, naming all of them and what to write", () => {
    expect(() => requireDeclared(NAMES, request("public", lacking))).toThrowError(
      expect.objectContaining({
        code: "E_PRIVACY_UNDECLARED",
        message: expect.stringContaining(
          '"color" (levels), "age" (bounds.max), "day" (dateFormat, bounds.min, bounds.max), "flag" (spellings)',
        ),
        hint: expect.stringContaining('{"name":"color","levels":["a","b"]}'),
      }),
    );
    expect(() => requireDeclared(NAMES, request("public"))).toThrowError(
      expect.objectContaining({ code: "E_PRIVACY_UNDECLARED", where: "bounds" }),
    );
  });

  it("lets pass what is declared, and private bounds", () => {
    expect(() => requireDeclared(NAMES, request("public", KNOWN_SCHEMA))).not.toThrow();
    expect(() => requireDeclared(NAMES, request("private", lacking))).not.toThrow();
  });
});
