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

/** A colour of the palette and the colour of text on it, for light and for dark surroundings. */
export interface PaletteColour {
  readonly name: string;
  readonly light: readonly [ground: string, text: string];
  readonly dark: readonly [ground: string, text: string];
}

/**
 * The palette's 21 colours. Orange against blue is told apart under every common colour vision (Wong 2011, "Points of view:
 * Color blindness", doi:10.1038/nmeth.1618); the middle is the page's own ground. Text on them is the darker or the lighter
 * ink, whichever has more contrast.
 */
export function paletteColours(): PaletteColour[] {
  const levels = Array.from({ length: PALETTE_LEVELS }, (_, i) => i + 1);
  const sides = (["negative", "positive"] as const).flatMap((side) =>
    levels.map((level) => colour(`${side[0]}${level}`, (palette) => mix(palette, side, level / PALETTE_LEVELS))),
  );
  return [colour("z0", (palette) => palette.middle), ...sides];
}

/** The rules that give the classes their colour `--c` and the text on it `--on`. */
export function paletteRules(): string {
  return paletteColours()
    .map(
      ({ name, light, dark }) =>
        `.${name}{--c:light-dark(${light[0]},${dark[0]});--on:light-dark(${light[1]},${dark[1]})}`,
    )
    .join("\n");
}

/** Contrast of two colours "#rrggbb" by WCAG 2.2, 1..21. */
export function contrast(a: string, b: string): number {
  const [low, high] = [luminance(a), luminance(b)].toSorted((x, y) => x - y);
  return (high! + 0.05) / (low! + 0.05);
}

interface Palette {
  readonly middle: string;
  /** Half way, and at the end. */
  readonly negative: readonly [string, string];
  readonly positive: readonly [string, string];
}

const LIGHT: Palette = { middle: "#eef1f5", negative: ["#f0b67f", "#ab4d06"], positive: ["#86aee0", "#16418f"] };
const DARK: Palette = { middle: "#222933", negative: ["#8f5a26", "#ffbe7d"], positive: ["#38619f", "#8fbcff"] };
const INKS = ["#0a1019", "#ffffff"] as const;

function colour(name: string, of: (palette: Palette) => string): PaletteColour {
  const inked = (ground: string) =>
    [ground, contrast(ground, INKS[0]) >= contrast(ground, INKS[1]) ? INKS[0] : INKS[1]] as const;
  return { name, light: inked(of(LIGHT)), dark: inked(of(DARK)) };
}

/** From the middle over the half-way colour to the end; the share is eased so that weak associations can be told apart. */
function mix(palette: Palette, side: "negative" | "positive", share: number): string {
  const eased = share ** 0.8;
  const [half, end] = palette[side];
  return eased <= 0.5 ? blend(palette.middle, half, eased * 2) : blend(half, end, eased * 2 - 1);
}

function blend(from: string, to: string, share: number): string {
  const ends = channels(to);
  const mixed = channels(from).map((start, i) => Math.round(start + (ends[i]! - start) * share));
  return `#${mixed.map((channel) => channel.toString(16).padStart(2, "0")).join("")}`;
}

function channels(hex: string): number[] {
  return [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));
}

function luminance(hex: string): number {
  const [red, green, blue] = channels(hex).map((channel) => {
    const share = channel / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
}
