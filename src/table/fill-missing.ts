import { type Column, columnLength, isMissing } from "./column.js";

/**
 * The rows of `given`, those that are missing taken from `filler` [rows], a column of the same kind; written as the filler is,
 * numbers with as many digits as either has.
 */
export function fillMissing(given: Column, filler: Column): Column {
  const rows = columnLength(given);
  if ("codes" in given && filler.kind === "text") {
    const known = new Map(filler.dictionary.map((text, code) => [text, code]));
    const own = given.dictionary.map((text) => {
      const code = known.get(text) ?? known.size;
      known.set(text, code);
      return code;
    });
    const codes = Int32Array.from({ length: rows }, (_, row) =>
      isMissing(given, row) ? filler.codes[row]! : own[given.codes[row]!]!,
    );
    return { ...filler, codes, dictionary: [...known.keys()] };
  }
  if (given.kind === "boolean" && filler.kind === "boolean") {
    return { ...filler, codes: given.codes.map((code, row) => (code < 0 ? filler.codes[row]! : code)) };
  }
  if (!("values" in given) || !("values" in filler)) return given;
  const values = given.values.map((value, row) => (Number.isNaN(value) ? filler.values[row]! : value));
  if (given.kind !== "number" || filler.kind !== "number") return { ...filler, values };
  const decimals = Math.max(given.format.decimals, filler.format.decimals);
  return { ...filler, values, format: { ...filler.format, decimals } };
}
