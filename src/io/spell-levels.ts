/** A function that gives `spell` of a dictionary's text by its code; each text is spelled once. */
export function spellLevels(dictionary: readonly string[], spell: (text: string) => string): (code: number) => string {
  const spelled = new Array<string | undefined>(dictionary.length);
  return (code) => {
    const known = spelled[code];
    if (known !== undefined) return known;
    const text = spell(dictionary[code]!);
    spelled[code] = text;
    return text;
  };
}
