/** Spellings that count as missing in every column, beside cells of nothing but white space. */
export const MISSING_SPELLINGS: readonly string[] = [
  "NA",
  "N/A",
  "n/a",
  "NaN",
  "nan",
  "null",
  "NULL",
  "?",
  "<NA>",
  "#N/A",
];

/**
 * Spellings that may be a category of their own ("None" damage, "-" for no rank): they count as missing only in a
 * column whose other values are all numbers or all dates.
 */
export const MISSING_AMONG_NUMBERS: readonly string[] = [
  "None",
  "none",
  "NONE",
  "-",
  "--",
  ".",
  "nil",
  "na",
  "Null",
  "NaT",
];
