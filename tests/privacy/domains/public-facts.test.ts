import { describe, expect, it } from "vitest";
import { publicFacts } from "../../../src/privacy/domains/public-facts.js";
import { KNOWN_SCHEMA, schemaOf } from "../known-tables.js";

describe("publicFacts", () => {
  it("names what the schema declares, column by column", () => {
    expect(publicFacts(KNOWN_SCHEMA, KNOWN_SCHEMA)).toEqual([
      "the types and written forms that the schema declares",
      'the levels that the schema declares: "color"',
      'the bounds that the schema declares, or that the type has: "age", "day"',
    ]);
  });

  it("names dates that were given usual years, and values that are made up", () => {
    const found = schemaOf(
      { name: "day", type: "date", dateFormat: "YYYY-MM-DD", bounds: { min: "1990-01-01", max: "2001-01-01" } },
      { name: "id", type: "identifier" },
      { name: "x", type: "integer", bounds: { min: 0, max: 9 } },
    );
    expect(publicFacts(undefined, found)).toEqual([
      'that dates lie within the years 1700 to 2199: "day"',
      'that values are made up, and none is missing: "id"',
    ]);
  });
});
