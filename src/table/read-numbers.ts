import type { NumberColumn, NumberFormat, NumberStyle } from "./column.js";
import { type DecimalMark, detectNumberStyle } from "./detect-number-style.js";
import { countDecimals, parseNumber } from "./number-format.js";

/** Cells as they were written, dictionary-coded. */
interface WrittenCells {
  readonly name: string;
  readonly codes: Int32Array;
  readonly dictionary: readonly string[];
}

export interface ReadNumbers {
  readonly column: NumberColumn;
  /** True where the mark before three digits could be read the other way. */
  readonly isAmbiguous: boolean;
}

/** A point before three digits, in every text that has one. */
const GROUP_LIKE = /^-?(?:\d{1,3}|[1-9]\d{0,2}\.\d{3})$/;

/**
 * The column as numbers where all texts of the codes `values` are numbers of one style (detectNumberStyle), else undefined.
 * Other codes become NaN; white space around a number is allowed.
 */
export function readNumbers(
  cells: WrittenCells,
  values: readonly number[],
  mark?: DecimalMark,
): ReadNumbers | undefined {
  const texts = values.map((code) => cells.dictionary[code]!.trim());
  if (texts.length === 0) return undefined;
  const plain = parseAll(texts, {});
  const isGroupLike = plain?.decimals === 3 && texts.every((text) => GROUP_LIKE.test(text));
  if (plain !== undefined && !(isGroupLike && mark === ",")) {
    return { column: makeColumn(cells, values, plain), isAmbiguous: isGroupLike && mark === undefined };
  }
  const detected = detectNumberStyle(texts, mark);
  const styled = detected && parseAll(texts, detected.style);
  return styled && { column: makeColumn(cells, values, styled), isAmbiguous: detected.isAmbiguous };
}

interface ParsedTexts extends NumberFormat {
  readonly numbers: Float64Array;
}

function parseAll(texts: readonly string[], style: NumberStyle): ParsedTexts | undefined {
  const numbers = new Float64Array(texts.length);
  let decimals = 0;
  let minDecimals = Number.POSITIVE_INFINITY;
  for (let i = 0; i < texts.length; i++) {
    const value = parseNumber(texts[i]!, style);
    if (Number.isNaN(value)) return undefined;
    numbers[i] = value;
    const digits = countDecimals(texts[i]!, style);
    if (digits > decimals) decimals = digits;
    if (digits < minDecimals) minDecimals = digits;
  }
  return { numbers, decimals, ...(minDecimals === 0 ? {} : { minDecimals }), ...style };
}

function makeColumn(cells: WrittenCells, values: readonly number[], parsed: ParsedTexts): NumberColumn {
  const { numbers, ...format } = parsed;
  const byCode = new Float64Array(cells.dictionary.length).fill(Number.NaN);
  values.forEach((code, i) => {
    byCode[code] = numbers[i]!;
  });
  const spread = new Float64Array(cells.codes.length);
  for (let row = 0; row < spread.length; row++) spread[row] = byCode[cells.codes[row]!]!;
  return { kind: "number", name: cells.name, missingText: "", values: spread, format };
}
