import type { TextColumn } from "../table/column.js";
import { COMMON_ROWS, type ColumnDescription } from "./describe-column.js";
import { isIdentifierName } from "./identifier-name.js";
import { orderLevels } from "./order-levels.js";
import { recognizePersonalData } from "./recognize-personal-data.js";
import type { TypeGuess } from "./type-guess.js";

const ALWAYS_CATEGORIES = 20;
const ROWS_PER_CATEGORY = 10;
const MIN_COMMON_SHARE = 0.5;
/** With so many rows in values that five rows have, it does not matter how many values there are besides. */
const MOSTLY_COMMON_SHARE = 0.9;
const MAX_IDENTIFIER_LENGTH = 64;

/** What identifies people, ordinal, category, identifier or text, by how often values repeat and how they are spelled. */
export function inferTextType(description: ColumnDescription, column: TextColumn): TypeGuess {
  const { presentCount, distinctCount, commonShare, counts } = description;
  const values = [...counts.keys()].map((code) => column.dictionary[code]!);
  const personal = recognizePersonalData(description, column.name, values);
  if (personal !== undefined) return personal;
  const distinctShare = distinctCount / presentCount;
  const keyLike = distinctShare >= 0.99 || (distinctShare >= 0.5 && isIdentifierName(column.name));
  if (keyLike && presentCount > ALWAYS_CATEGORIES / 2 && values.every(isToken)) {
    return { type: "identifier", reason: "short codes without spaces, (almost) every row has its own" };
  }
  const rowsPerValue = presentCount / distinctCount;
  const few = distinctCount <= ALWAYS_CATEGORIES && rowsPerValue >= 2;
  const repeats = rowsPerValue >= ROWS_PER_CATEGORY && commonShare >= MIN_COMMON_SHARE;
  if (few || repeats || commonShare >= MOSTLY_COMMON_SHARE) {
    const levels = distinctCount <= ALWAYS_CATEGORIES ? commonLevels(description, column) : undefined;
    if (levels !== undefined) return { type: "ordinal", reason: `${distinctCount} values that have an order`, levels };
    return {
      type: "category",
      reason: `${distinctCount} values that repeat, ${Math.round(rowsPerValue)} rows each on average`,
    };
  }
  return {
    type: "text",
    reason: `${distinctCount} different texts in ${presentCount} rows: too few rows each to be categories, not spelled like codes; "generator" in the schema can make some`,
  };
}

/** The values that may be named in their order, where all values have one. */
function commonLevels({ counts }: ColumnDescription, column: TextColumn): string[] | undefined {
  const codeOf = new Map([...counts.keys()].map((code) => [column.dictionary[code]!, code]));
  const ordered = orderLevels([...codeOf.keys()]);
  const common = ordered?.filter((level) => counts.get(codeOf.get(level)!)! >= COMMON_ROWS);
  return common === undefined || common.length === 0 ? undefined : common;
}

function isToken(text: string): boolean {
  return text.length > 0 && text.length <= MAX_IDENTIFIER_LENGTH && !/\s/.test(text);
}
