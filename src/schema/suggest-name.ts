import { closest, distance } from "fastest-levenshtein";

/** A hint that names the nearest spelling, or all that there is: `did you mean "age"?`. */
export function suggestName(name: string, known: readonly string[]): string {
  if (known.length === 0) return "there is none to choose from";
  const nearest = closest(
    name.toLowerCase(),
    known.map((candidate) => candidate.toLowerCase()),
  );
  const match = known.find((candidate) => candidate.toLowerCase() === nearest) ?? nearest;
  if (distance(name.toLowerCase(), nearest) <= Math.max(2, Math.floor(name.length / 3)))
    return `did you mean "${match}"?`;
  const shown = known.slice(0, 12).map((candidate) => `"${candidate}"`);
  return `known are ${shown.join(", ")}${known.length > shown.length ? ` and ${known.length - shown.length} more` : ""}`;
}
