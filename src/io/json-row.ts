import { dataError } from "../core/errors.js";

/** A value as text: numbers as they are spelled, booleans as true and false. */
export interface JsonCell {
  readonly text: string;
  /** True for a JSON string. */
  readonly isText: boolean;
}

const STRING = '"[^"\\\\\\u0000-\\u001f]*(?:\\\\.[^"\\\\\\u0000-\\u001f]*)*"';

/** A key, its value and what follows; of a nested value the bracket. */
const MEMBER = new RegExp(
  `\\s*(${STRING})\\s*:\\s*(?:(${STRING})|(-?(?:0|[1-9]\\d*)(?:\\.\\d+)?(?:[eE][+-]?\\d+)?)|(true|false)|(null)|([{[]))`,
  "y",
);
const NEXT = /\s*([,}])/y;

/**
 * The values of a line that is a flat JSON object (RFC 8259), nulls included. Numbers keep their spelling, which JSON.parse would
 * lose. `row` is the line's row (1 = first), for errors: E_DATA_JSON, E_DATA_JSON_NESTED.
 */
export function readJsonRow(line: string, row: number): Map<string, JsonCell | null> {
  const cells = new Map<string, JsonCell | null>();
  const start = /^\s*\{/.exec(line);
  if (start === null) throw notAnObject(row);
  if (/^\s*\{\s*\}\s*$/.test(line)) return cells;
  MEMBER.lastIndex = start[0].length;
  for (;;) {
    const member = MEMBER.exec(line);
    if (member === null) throw notAnObject(row);
    const [, key, text, number, boolean, , nested] = member;
    const name = unquote(key!, row);
    if (nested !== undefined) throw nestedValue(name, row);
    cells.set(name, null);
    if (text !== undefined) cells.set(name, { text: unquote(text, row), isText: true });
    else if (number !== undefined || boolean !== undefined)
      cells.set(name, { text: (number ?? boolean)!, isText: false });
    NEXT.lastIndex = MEMBER.lastIndex;
    const next = NEXT.exec(line)?.[1];
    if (next === undefined) throw notAnObject(row);
    if (next === "}") break;
    MEMBER.lastIndex = NEXT.lastIndex;
  }
  if (line.slice(NEXT.lastIndex).trim() !== "") throw notAnObject(row);
  return cells;
}

function unquote(token: string, row: number): string {
  if (!token.includes("\\")) return token.slice(1, -1);
  try {
    return JSON.parse(token) as string;
  } catch {
    throw notAnObject(row);
  }
}

function notAnObject(row: number): Error {
  return dataError("E_DATA_JSON", `row ${row} is not a JSON object`, {
    where: `row ${row}`,
    hint: "write one JSON object a line, with keys in double quotes",
  });
}

function nestedValue(name: string, row: number): Error {
  return dataError("E_DATA_JSON_NESTED", `column "${name}", row ${row}: the value is nested`, {
    where: `column "${name}", row ${row}`,
    hint: "flatten it into columns of numbers, texts or booleans",
  });
}
