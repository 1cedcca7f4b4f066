import { syntaxError } from "./expression-error.js";

/** A piece of an expression; `at` is its first character (0 = first). */
export interface Token {
  /** `word` is a bare word that is neither a keyword nor a column; `quoted` a quoted name. */
  readonly kind: "number" | "text" | "column" | "quoted" | "word" | "keyword" | "symbol" | "end";
  readonly text: string;
  readonly at: number;
}

const KEYWORDS = ["and", "or", "not", "in", "between", "is", "null", "true", "false"];
const NUMBER = /(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?/y;
const SYMBOL = /<>|!=|<=|>=|==|[=<>()+*/,-]/y;
const WORD = /[\p{L}\p{N}_$][\p{L}\p{N}_$.]*/uy;
/** What somebody may have meant for a column. */
const UNKNOWN_NAME = /[\p{L}\p{N}_$][\p{L}\p{N}_$.-]*/uy;
const SPACE = /\s*/y;
const WORD_CHARACTER = /[\p{L}\p{N}_$]/u;

/**
 * The tokens of an expression and, last, its end. A bare name is the longest of `names` that stands there as a whole word;
 * names that are numbers or keywords must be quoted. Throws E_EXPRESSION_SYNTAX.
 */
export function tokenize(text: string, names: readonly string[]): readonly Token[] {
  const bare = names.filter(isBareName).sort((a, b) => b.length - a.length);
  const tokens: Token[] = [];
  let at = matchAt(SPACE, text, 0).length;
  while (at < text.length) {
    const { token, length } = nextToken(text, at, bare);
    tokens.push(token);
    at += length;
    at += matchAt(SPACE, text, at).length;
  }
  return [...tokens, { kind: "end", text: "", at }];
}

interface Step {
  readonly token: Token;
  readonly length: number;
}

function nextToken(text: string, at: number, names: readonly string[]): Step {
  const first = text[at]!;
  if (first === "'") return readQuoted(text, at, "text");
  if (first === '"' || first === "`") return readQuoted(text, at, "quoted");
  const name = names.find((candidate) => text.startsWith(candidate, at) && endsWord(text, at + candidate.length));
  if (name !== undefined) return step("column", name, at);
  const number = matchAt(NUMBER, text, at);
  if (number !== "" && endsWord(text, at + number.length)) return step("number", number, at);
  const word = matchAt(WORD, text, at);
  if (word !== "") {
    const keyword = word.toLowerCase();
    if (KEYWORDS.includes(keyword)) return step("keyword", keyword, at);
    const isCall = text
      .slice(at + word.length)
      .trimStart()
      .startsWith("(");
    return step("word", isCall ? word : matchAt(UNKNOWN_NAME, text, at), at);
  }
  const symbol = matchAt(SYMBOL, text, at);
  if (symbol !== "") return step("symbol", symbol, at);
  throw syntaxError(
    `"${first}" has no place in a condition`,
    at,
    'columns with unusual names go in double quotes: "a;b"',
  );
}

function step(kind: Token["kind"], text: string, at: number): Step {
  return { token: { kind, text, at }, length: text.length };
}

/** A text in quotes, which are doubled within. */
function readQuoted(text: string, at: number, kind: "text" | "quoted"): Step {
  const quote = text[at]!;
  let end = text.indexOf(quote, at + 1);
  while (end >= 0 && text[end + 1] === quote) end = text.indexOf(quote, end + 2);
  if (end < 0) throw syntaxError(`the quote ${quote} is not closed`, at, `end the text with ${quote}`);
  const content = text.slice(at + 1, end).replaceAll(quote + quote, quote);
  return { token: { kind, text: content, at }, length: end + 1 - at };
}

function matchAt(pattern: RegExp, text: string, at: number): string {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? "";
}

function endsWord(text: string, at: number): boolean {
  return at >= text.length || !WORD_CHARACTER.test(text[at]!) || !WORD_CHARACTER.test(text[at - 1]!);
}

function isBareName(name: string): boolean {
  if (name === "" || /^\s|\s$/.test(name) || /^["'`]/.test(name)) return false;
  return matchAt(NUMBER, name, 0) !== name && !KEYWORDS.includes(name.toLowerCase());
}
