import type { Pattern, PatternCondition } from "../evaluate/report-schema.js";
import { formatPercent } from "./format.js";

/** A part of a sentence: words of ours, a column's name, or a value; the last two come from data and are to be escaped. */
export interface WordPart {
  readonly kind: "words" | "name" | "value";
  readonly text: string;
}

/** "Among synthetic rows 4.1 % have age up to 24 and income “>50K”; among real rows 0.3 %." */
export function patternSentence(pattern: Pattern): WordPart[] {
  const [synthetic, real] = [pattern.synthetic, pattern.real].map(({ value }) =>
    value === undefined ? "an unknown share" : formatPercent(value),
  );
  return [
    words(`Among synthetic rows ${synthetic} have `),
    ...conditionsWords(pattern.conditions),
    words(`; among real rows ${real}.`),
  ];
}

/** "age up to 24, workclass “Private” and income “>50K”" */
export function conditionsWords(conditions: readonly PatternCondition[]): WordPart[] {
  return listed(conditions.map(conditionWords), " and ");
}

function conditionWords({ column, relation, values }: PatternCondition): WordPart[] {
  const name: WordPart = { kind: "name", text: column };
  const value = (at: number): WordPart => ({ kind: "value", text: values[at] ?? "" });
  const quoted = values.map((text): WordPart[] => [words("“"), { kind: "value", text }, words("”")]);
  switch (relation) {
    case "is":
      return [name, words(" "), ...listed(quoted, " or ")];
    case "is not":
      return [name, words(" other than "), ...listed(quoted, " or ")];
    case "is missing":
      return [name, words(" missing")];
    case "is known":
      return [name, words(" known")];
    case "from":
      return [name, words(" from "), value(0), words(" to "), value(1)];
    case "up to":
      return [name, words(" up to "), value(0)];
    case "above":
      return [name, words(" above "), value(0)];
    default:
      return relation satisfies never;
  }
}

/** "a, b and c": commas between, `last` before the last one. */
function listed(items: readonly WordPart[][], last: string): WordPart[] {
  return items.flatMap((item, at) => {
    if (at === 0) return item;
    return [words(at === items.length - 1 ? last : ", "), ...item];
  });
}

function words(text: string): WordPart {
  return { kind: "words", text };
}
