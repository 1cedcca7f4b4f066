import type { RandomStream } from "../../core/random.js";

/** `count` different columns of 0..width-1 at random, ascending; all of them where there are not more. */
export function chooseColumns(width: number, count: number, random: RandomStream): number[] {
  const chosen: number[] = [];
  while (chosen.length < Math.min(count, width)) {
    const column = random.integer(width);
    if (!chosen.includes(column)) chosen.push(column);
  }
  return chosen.sort((x, y) => x - y);
}
