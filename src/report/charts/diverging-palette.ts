/** Levels on each side of the middle: colours run from -LEVELS to +LEVELS. */
export const PALETTE_LEVELS = 10;

/**
 * The colour class of a value in [-limit, limit]: "n10".."n1", "z0", "p1".."p10". Outside the limit the end colour is used;
 * a value that is not known has the class "na", drawn hatched.
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
  readonly negative: string;
  readonly middle: string;
  readonly positive: string;
}

const LIGHT: Palette = { negative: "#b45309", middle: "#eef1f5", positive: "#1d4fa8" };
const DARK: Palette = { negative: "#fbb165", middle: "#20262f", positive: "#7db0ff" };

/** From the middle to an end in linear light; the share is eased so that weak associations can still be told apart. */
function mix(palette: Palette, end: "negative" | "positive", share: number): string {
  const eased = share ** 0.8;
  const channels = [1, 3, 5].map((at) => {
    const from = linearLight(Number.parseInt(palette.middle.slice(at, at + 2), 16) / 255);
    const to = linearLight(Number.parseInt(palette[end].slice(at, at + 2), 16) / 255);
    const mixed = Math.round(displayLight(from + (to - from) * eased) * 255);
    return mixed.toString(16).padStart(2, "0");
  });
  return `#${channels.join("")}`;
}

function linearLight(channel: number): number {
  return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
}

function displayLight(channel: number): number {
  return channel <= 0.0031308 ? channel * 12.92 : 1.055 * channel ** (1 / 2.4) - 0.055;
}
