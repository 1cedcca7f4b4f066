import type { TextColumn } from "../table/column.js";
import type { ColumnDescription } from "./describe-column.js";
import { isIdentifierName } from "./identifier-name.js";
import type { TypeGuess } from "./type-guess.js";

const ALWAYS_CATEGORIES = 20;
const ROWS_PER_CATEGORY = 10;
const MIN_COMMON_SHARE = 0.5;
/** With so many rows in values that five rows have, it does not matter how many values there are besides. */
const MOSTLY_COMMON_SHARE = 0.9;
const MAX_IDENTIFIER_LENGTH = 64;

/** Category, identifier or text, by how often values repeat and how they are spelled. */
export function inferTextType(description: ColumnDescription, column: TextColumn): TypeGuess {
  const { presentCount, distinctCount, commonShare } = description;
  const distinctShare = distinctCount / presentCount;
  const keyLike = distinctShare >= 0.99 || (distinctShare >= 0.5 && isIdentifierName(column.name));
  if (keyLike && presentCount > ALWAYS_CATEGORIES / 2 && column.dictionary.every(isToken)) {
    return { type: "identifier", reason: "short codes without spaces, (almost) every row has its own" };
  }
  const rowsPerValue = presentCount / distinctCount;
  const few = distinctCount <= ALWAYS_CATEGORIES && rowsPerValue >= 2;
  const repeats = rowsPerValue >= ROWS_PER_CATEGORY && commonShare >= MIN_COMMON_SHARE;
  if (few || repeats || commonShare >= MOSTLY_COMMON_SHARE) {
    return {
      type: "category",
      reason: `${distinctCount} values that repeat, ${Math.round(rowsPerValue)} rows each on average`,
    };
  }
  return {
    type: "text",
    reason: `${distinctCount} different texts in ${presentCount} rows: too few rows each to be categories, not spelled like codes`,
  };
}

function isToken(text: string): boolean {
  return text.length > 0 && text.length <= MAX_IDENTIFIER_LENGTH && !/\s/.test(text);
}
