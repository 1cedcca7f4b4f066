/** How many texts must have a shape before it is written down. */
const MIN_TEXTS = 5;

/**
 * The most frequent shape of the texts: each digit a "#", all else as it stands; digits that all texts of the shape begin with
 * (a country code) stay. Undefined where fewer than five texts share a shape.
 */
export function mostFrequentShape(texts: readonly string[]): string | undefined {
  const byShape = new Map<string, string[]>();
  for (const text of texts) {
    const shape = text.replace(/\d/g, "#");
    const same = byShape.get(shape);
    if (same === undefined) byShape.set(shape, [text]);
    else same.push(text);
  }
  const [shape, same] = [...byShape].reduce((most, next) => (next[1].length > most[1].length ? next : most), ["", []]);
  if (same.length < MIN_TEXTS) return undefined;
  let shared = 0;
  while (shared < shape.length && same.every((text) => text[shared] === same[0]![shared])) shared++;
  return same[0]!.slice(0, shared) + shape.slice(shared);
}
