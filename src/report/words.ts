import type { WordPart } from "./pattern-words.js";

/** What a sentence takes: words of ours as text, names and values from data as parts. */
export type Word = string | WordPart | readonly WordPart[];

/** A sentence from words and parts; empty texts are left out. */
export function sentence(...parts: readonly Word[]): WordPart[] {
  return parts.flatMap((part): readonly WordPart[] => {
    if (typeof part !== "string") return isList(part) ? part : [part];
    return part === "" ? [] : [{ kind: "words", text: part }];
  });
}

/** A column's name within a sentence. */
export function named(text: string): WordPart {
  return { kind: "name", text };
}

/** "a, b and 3 more": at most `shown` names. */
export function listNames(names: readonly string[], shown: number): WordPart[] {
  const few = names.slice(0, names.length === shown + 1 ? shown + 1 : shown);
  const more = names.length - few.length;
  return few.flatMap((name, at) => {
    const isLast = at === few.length - 1 && more === 0;
    const between = at === 0 ? "" : isLast ? " and " : ", ";
    return sentence(between, named(name), at === few.length - 1 && more > 0 ? ` and ${more} more` : "");
  });
}

function isList(part: Word): part is readonly WordPart[] {
  return Array.isArray(part);
}
