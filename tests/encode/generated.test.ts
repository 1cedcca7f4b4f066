import { beforeAll, describe, expect, it } from "vitest";
import { makeRandom } from "../../src/core/random.js";
import {
  decodeGenerated,
  encodeGenerated,
  fieldsOfGenerated,
  fitGenerated,
  type GeneratedEncoding,
  loadGenerator,
} from "../../src/encode/generated.js";
import type { ColumnSchema } from "../../src/schema/table-schema.js";
import { textColumn, textsOf } from "./columns.js";

const SCHEMA: ColumnSchema = {
  name: "mail",
  type: "email",
  reason: "",
  missingShare: 0,
  distinctCount: 3,
  missingText: "",
};
const column = textColumn("mail", ["a@x.example", "b@x.example", null, "c@x.example"], "NA");

function encodingOf(part: Partial<ColumnSchema>): GeneratedEncoding {
  return fitGenerated(column, { ...SCHEMA, ...part }, false);
}

function decode(encoding: GeneratedEncoding, rowCount: number, firstRow = 0, seed = 1) {
  const presence = encoding.missing ? new Uint8Array(rowCount) : undefined;
  return textsOf(decodeGenerated(encoding, presence, { rowCount, firstRow }, makeRandom(seed)));
}

beforeAll(async () => {
  await loadGenerator(encodingOf({}));
  await loadGenerator(encodingOf({ locale: "de", type: "name" }));
});

describe("a generated column", () => {
  it("learns where it is missing, and no value", () => {
    const encoding = encodingOf({});
    expect(fieldsOfGenerated(encoding)).toEqual([{ kind: "discrete", name: "mail", levels: 2, missingLevel: 1 }]);
    expect(encodeGenerated(encoding, column)).toEqual([Uint8Array.of(0, 0, 1, 0)]);
    expect(JSON.stringify(encoding)).not.toContain("x.example");
    const decoded = decodeGenerated(encoding, Uint8Array.of(0, 1, 0), { rowCount: 3, firstRow: 0 }, makeRandom(1));
    expect(textsOf(decoded)).toEqual([
      expect.stringContaining("@example."),
      null,
      expect.stringContaining("@example."),
    ]);
    expect(decoded.missingText).toBe("NA");
  });

  it("has the same rows for the same seed, however they are cut", () => {
    const encoding = encodingOf({});
    const whole = decode(encoding, 40);
    expect([...decode(encoding, 15), ...decode(encoding, 25, 15)]).toEqual(whole);
    expect(decode(encoding, 40, 0, 2)).not.toEqual(whole);
  });

  it("has addresses of its own in every row where the real ones are unique", () => {
    const mails = decode(encodingOf({}), 5000);
    expect(new Set(mails).size).toBe(5000);
  });

  it("takes arguments, texts with methods in them and languages", () => {
    const iban = decode(encodingOf({ generator: 'finance.iban({"countryCode":"DE"})' }), 5);
    for (const text of iban) expect(text).toMatch(/^DE\d{20}$/);
    const joined = decode(encodingOf({ generator: "Dr. {{person.lastName}}, {{person.firstName}}" }), 5);
    for (const text of joined) expect(text).toMatch(/^Dr\. \S.*, \S/);
    expect(decode(encodingOf({ type: "name", locale: "de" }), 30)).not.toEqual(
      decode(encodingOf({ type: "name" }), 30),
    );
  });

  it.each([
    [{ generator: "person.fulName" }, "E_SCHEMA_GENERATOR", 'did you mean "person.fullName"?'],
    [{ generator: "constructor.constructor" }, "E_SCHEMA_GENERATOR", undefined],
    [{ generator: "person.firstName(x)" }, "E_SCHEMA_GENERATOR", undefined],
    [{ generator: "helpers.arrayElement([])" }, "E_SCHEMA_GENERATOR", undefined],
    [{ locale: "../en" }, "E_SCHEMA_LOCALE", undefined],
    [{ locale: "xx" }, "E_SCHEMA_LOCALE", undefined],
  ])("refuses %j", async (part, code, hint) => {
    await expect(loadGenerator(encodingOf(part))).rejects.toMatchObject({
      code,
      ...(hint === undefined ? {} : { hint }),
    });
  });
});
