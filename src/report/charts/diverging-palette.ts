/** Levels on each side of the middle: colours run from -LEVELS to +LEVELS. */
export const PALETTE_LEVELS = 10;

/**
 * The colour class of a value in [-limit, limit]: "n10".."n1", "z0", "p1".."p10". Outside the limit the end colour is used;
 * a value that is not known has the class "na", a dashed outline.
 */
export function paletteClass(value: number | null, limit: number): string {
  if (value === null || Number.isNaN(value)) return "na";
  const level = Math.round((Math.max(-1, Math.min(1, value / limit)) || 0) * PALETTE_LEVELS);
  if (level === 0) return "z0";
  return level < 0 ? `n${-level}` : `p${level}`;
}

/**
 * The rules that colour the classes, for light and dark surroundings. Orange against blue is told apart under every common
 * colour vision (Wong 2011, "Points of view: Color blindness", doi:10.1038/nmeth.1618); the middle is the page's own ground.
 */
export function paletteRules(): string {
  const rules = [`.z0{fill:light-dark(${LIGHT.middle},${DARK.middle})}`];
  for (let level = 1; level <= PALETTE_LEVELS; level++) {
    const share = level / PALETTE_LEVELS;
    rules.push(`.n${level}{fill:light-dark(${mix(LIGHT, "negative", share)},${mix(DARK, "negative", share)})}`);
    rules.push(`.p${level}{fill:light-dark(${mix(LIGHT, "positive", share)},${mix(DARK, "positive", share)})}`);
  }
  return rules.join("\n");
}

interface Palette {
  readonly middle: string;
  /** Half way, and at the end. */
  readonly negative: readonly [string, string];
  readonly positive: readonly [string, string];
}

const LIGHT: Palette = { middle: "#eef1f5", negative: ["#f0b67f", "#ab4d06"], positive: ["#86aee0", "#16418f"] };
const DARK: Palette = { middle: "#222933", negative: ["#8f5a26", "#ffbe7d"], positive: ["#38619f", "#8fbcff"] };

/** From the middle over the half-way colour to the end; the share is eased so that weak associations can be told apart. */
function mix(palette: Palette, side: "negative" | "positive", share: number): string {
  const eased = share ** 0.8;
  const [half, end] = palette[side];
  return eased <= 0.5 ? blend(palette.middle, half, eased * 2) : blend(half, end, eased * 2 - 1);
}

function blend(from: string, to: string, share: number): string {
  const channels = [1, 3, 5].map((at) => {
    const start = Number.parseInt(from.slice(at, at + 2), 16);
    const end = Number.parseInt(to.slice(at, at + 2), 16);
    return Math.round(start + (end - start) * share)
      .toString(16)
      .padStart(2, "0");
  });
  return `#${channels.join("")}`;
}
