import type { BooleanColumn, DateColumn, NumberColumn, TextColumn } from "../../src/table/column.js";

/** A text column; null is a missing value. */
export function textColumn(name: string, values: readonly (string | null)[], missingText = ""): TextColumn {
  const dictionary: string[] = [];
  const known = new Map<string, number>();
  const codes = Int32Array.from(values, (value) => {
    if (value === null) return -1;
    const code = known.get(value) ?? dictionary.push(value) - 1;
    known.set(value, code);
    return code;
  });
  return { kind: "text", name, missingText, codes, dictionary };
}

/** The texts of a text or boolean column; null is a missing value. */
export function textsOf(column: TextColumn | BooleanColumn): (string | null)[] {
  return Array.from(column.codes, (code) => (code < 0 ? null : column.dictionary[code]!));
}

/** A number column; null is a missing value. */
export function numberColumn(name: string, values: Iterable<number | null>, decimals = 0): NumberColumn {
  const read = Float64Array.from(values, (value) => value ?? Number.NaN);
  return { kind: "number", name, missingText: "", values: read, format: { decimals } };
}

/** A date column of ISO dates ("2020-01-31"); null is a missing value. */
export function dateColumn(name: string, dates: readonly (string | null)[], format = "YYYY-MM-DD"): DateColumn {
  const values = Float64Array.from(dates, (date) => (date === null ? Number.NaN : Date.parse(`${date}T00:00:00Z`)));
  return { kind: "date", name, missingText: "", values, format };
}

/** A boolean column; null is a missing value. */
export function booleanColumn(
  name: string,
  values: readonly (boolean | null)[],
  dictionary: readonly [string, string] = ["no", "yes"],
): BooleanColumn {
  const codes = Int32Array.from(values, (value) => (value === null ? -1 : Number(value)));
  return { kind: "boolean", name, missingText: "", codes, dictionary };
}
