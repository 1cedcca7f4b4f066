const SCALES: readonly (readonly string[])[] = [
  "very low,low,moderate,medium,high,very high,critical",
  "extra small,small,medium,large,extra large",
  "xxs,xs,s,m,l,xl,xxl,xxxl",
  "never,rarely,seldom,sometimes,often,usually,always",
  "daily,weekly,monthly,quarterly,yearly",
  "strongly disagree,disagree,neutral,agree,strongly agree",
  "very dissatisfied,dissatisfied,neutral,satisfied,very satisfied",
  "very poor,poor,fair,good,very good,excellent",
  "very bad,bad,average,good,very good",
  "none,mild,moderate,severe,critical",
  "trivial,minor,major,critical,blocker",
  "bronze,silver,gold,platinum,diamond",
  "beginner,intermediate,advanced,expert",
  "junior,mid,senior,lead",
  "first,second,third,fourth,fifth",
  "monday,tuesday,wednesday,thursday,friday,saturday,sunday",
  "mon,tue,wed,thu,fri,sat,sun",
  "january,february,march,april,may,june,july,august,september,october,november,december",
  "jan,feb,mar,apr,may,jun,jul,aug,sep,oct,nov,dec",
].map((scale) => scale.split(","));

const MIN_LEVELS = 3;
const STEPS = /^(?:grade|level|class|stage|tier|phase|rank|step|band|category|q|quarter|star|stars|point|points)$/;
const NUMBERED = /^(\p{L}+)?[ _-]?(\d+(?:\.\d+)?|[a-z])?[ _-]?(\p{L}+)?$/u;
const RANGE = /^(?:from )?[$€£]?(\d[\d.,]*)\s*k?\s*(?:-|–|to)\s*[$€£]?\d[\d.,]*\s*k?$/;
const BELOW = /^(?:<=?|≤|under|below|up to|less than)\s*[$€£]?\d[\d.,]*\s*k?$/;
const ABOVE =
  /^(?:(?:>=?|≥|over|above|more than)\s*[$€£]?(\d[\d.,]*)\s*k?|[$€£]?(\d[\d.,]*)\s*k?\s*(?:\+|and over|or more|and above))$/;

/**
 * The levels in their order where they have one that people know: scales (low, medium, high; weekdays), numbered steps (Grade A,
 * Level 2), ranges (<18, 18-25, 65+). At least three; undefined where there is no such order. Upper and lower case are one.
 */
export function orderLevels(levels: readonly string[]): string[] | undefined {
  if (levels.length < MIN_LEVELS) return undefined;
  const words = levels.map((level) =>
    level
      .trim()
      .toLowerCase()
      .replace(/[_\s]+/g, " "),
  );
  const places = placesOnScale(words) ?? placesOfSteps(words) ?? placesOfRanges(words);
  if (places === undefined || new Set(places).size < places.length) return undefined;
  return levels
    .map((_, i) => i)
    .sort((a, b) => places[a]! - places[b]!)
    .map((i) => levels[i]!);
}

function placesOnScale(words: readonly string[]): number[] | undefined {
  const scale = SCALES.find((steps) => words.every((word) => steps.includes(word)));
  return scale && words.map((word) => scale.indexOf(word));
}

/** Grade A, Grade B; Level 1, Level 2; 1 star, 2 stars. */
function placesOfSteps(words: readonly string[]): number[] | undefined {
  const places = words.map((word) => {
    const [, before, place, after] = NUMBERED.exec(word) ?? [];
    if (place === undefined || !STEPS.test(before ?? after ?? "")) return Number.NaN;
    return /\d/.test(place) ? Number(place) : place.charCodeAt(0);
  });
  return places.some(Number.isNaN) ? undefined : places;
}

function placesOfRanges(words: readonly string[]): number[] | undefined {
  const read = (digits: string | undefined): number => Number((digits ?? "x").replaceAll(",", ""));
  const places = words.map((word) => {
    if (BELOW.test(word)) return Number.NEGATIVE_INFINITY;
    const above = ABOVE.exec(word);
    return above === null ? read(RANGE.exec(word)?.[1]) : read(above[1] ?? above[2]) + 0.5;
  });
  return places.some(Number.isNaN) ? undefined : places;
}
