import type { ColumnSchema, ColumnType } from "./table-schema.js";

const BY_TYPE: Partial<Record<ColumnType, string>> = {
  name: "person.fullName",
  email: "internet.exampleEmail",
  phone: "phone.number",
  address: "location.streetAddress",
  ip: "internet.ipv4",
  iban: "finance.iban",
  card: "finance.creditCardNumber",
};

/** The generator of a column: the one that the schema names, or that of its type; undefined where neither has one. */
export function generatorOf(column: Pick<ColumnSchema, "type" | "generator">): string | undefined {
  return column.generator ?? BY_TYPE[column.type];
}
