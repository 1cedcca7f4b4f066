/** Values of an expression by row: numbers (dates in milliseconds, truths 1 and 0), NaN = missing; or texts, code -1 = missing. */
export type Values =
  | { readonly kind: "numbers"; readonly values: Float64Array }
  | { readonly kind: "texts"; readonly codes: Int32Array; readonly dictionary: readonly string[] };

/** Several columns of texts under one dictionary. */
export function joinTexts(columns: readonly Values[]): {
  readonly codes: readonly Int32Array[];
  readonly dictionary: readonly string[];
} {
  const known = new Map<string, number>();
  const codes = columns.map((column) => {
    if (column.kind === "numbers") return Int32Array.from(column.values, () => -1);
    const joined = column.dictionary.map((text) => {
      const code = known.get(text) ?? known.size;
      known.set(text, code);
      return code;
    });
    return column.codes.map((code) => (code < 0 ? -1 : joined[code]!));
  });
  return { codes, dictionary: [...known.keys()] };
}
