import { describe, expect, it } from "vitest";
import { inferSchema } from "../../src/schema/infer-schema.js";
import { isCardNumber, isEmail, isIban, isIpAddress, isPhoneNumber } from "../../src/schema/personal-patterns.js";
import type { Column } from "../../src/table/column.js";
import { makeTable } from "../../src/table/table.js";
import { numberColumn, textColumn } from "../encode/columns.js";

const FIRST = ["Anna", "Ben", "Chloé", "Dmitri", "Eve", "Farid", "Gül"];
const LAST = ["O'Neil", "Smith", "Núñez", "van Dam", "Li", "Müller-Lüdenscheidt"];
const digits = (i: number, count: number): string => String((i * 48_271 + 11) % 10 ** count).padStart(count, "0");

function columnOf(name: string, count: number, value: (i: number) => string): Column {
  return textColumn(
    name,
    Array.from({ length: count }, (_, i) => value(i)),
  );
}

function guess(column: Column) {
  return inferSchema(makeTable([column])).columns[0]!;
}

/** A number of 16 digits with the right last one. */
function cardNumber(i: number): string {
  const body = `5${digits(i, 14)}`;
  const last = Array.from({ length: 10 }, (_, digit) => `${body}${digit}`).find(isCardNumber)!;
  return last.replace(/(\d{4})(?=\d)/g, "$1 ");
}

describe("check digits and spellings", () => {
  it("accept published examples: the IBAN registry's GB and DE, the card industry's test numbers", () => {
    expect(isIban("GB29 NWBK 6016 1331 9268 19")).toBe(true);
    expect(isIban("DE89370400440532013000")).toBe(true);
    expect(isCardNumber("4111 1111 1111 1111")).toBe(true);
    expect(isCardNumber("378282246310005")).toBe(true);
    expect(isIpAddress("2001:db8::1")).toBe(true);
    expect(isPhoneNumber("+1 (555) 010-9999 x12")).toBe(true);
    expect(isEmail("jo.o'neil+x@mail.example.org")).toBe(true);
  });

  it("refuse a changed digit and near misses", () => {
    expect(isIban("GB28 NWBK 6016 1331 9268 19")).toBe(false);
    expect(isCardNumber("4111 1111 1111 1112")).toBe(false);
    expect(isIpAddress("256.1.1.1")).toBe(false);
    expect(isPhoneNumber("12-34")).toBe(false);
    expect(isEmail("jo at example.org")).toBe(false);
  });
});

describe("columns that identify people", () => {
  it.each<[string, string, Column]>([
    ["email", "internet.exampleEmail", columnOf("contact", 30, (i) => `p${i % 9}@shop.example`)],
    ["ip", "internet.ipv4", columnOf("source", 30, (i) => `10.1.${i}.${2 * i}`)],
    ["card", 'finance.creditCardNumber({"issuer":"4### #### #### ###L"})', columnOf("paid with", 30, cardNumber)],
    [
      "phone",
      'helpers.replaceSymbols("+49 ### ######")',
      columnOf("call", 30, (i) => `+49 ${digits(i, 3)} ${digits(i, 6)}`),
    ],
    [
      "phone",
      'helpers.replaceSymbols("##########")',
      numberColumn(
        "phone",
        Array.from({ length: 30 }, (_, i) => 2_025_550_100 + 98_765_432 * i),
      ),
    ],
    ["name", "person.firstName", columnOf("nameFirst", 90, (i) => `${FIRST[i % 7]!}${"abcdefghij"[i % 10]!}`)],
    ["name", "person.lastName", columnOf("last_name", 90, (i) => `${LAST[i % 6]!}${"abcdefghij"[i % 10]!}`)],
    [
      "name",
      "{{person.lastName}}, {{person.firstName}}",
      columnOf("Name", 42, (i) => `${LAST[i % 6]!}, ${FIRST[i % 7]!}`),
    ],
    ["address", "location.streetAddress", columnOf("Street Address", 30, (i) => `${i} Main Road`)],
  ])("are %s, made by %s", (type, generator, column) => {
    expect(guess(column)).toMatchObject({ type, generator });
  });

  it("are none where the values say otherwise", () => {
    expect(guess(columnOf("name", 60, (i) => `part-${i % 4}`)).type).toBe("category");
    expect(guess(columnOf("first name", 60, (i) => FIRST[i % 2]!)).type).toBe("category");
    expect(
      guess(
        numberColumn(
          "phone calls",
          Array.from({ length: 60 }, (_, i) => i % 8),
        ),
      ).type,
    ).toBe("integer");
    expect(guess(columnOf("product_name", 60, (i) => `Red Chair ${i}`)).type).toBe("text");
  });

  it("never show one of their values in the schema", () => {
    const text = JSON.stringify(guess(columnOf("call", 30, (i) => `+49 ${digits(i, 3)} ${digits(i, 6)}`)));
    for (let i = 0; i < 30; i++) expect(text).not.toContain(digits(i, 6));
  });
});
