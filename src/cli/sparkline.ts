const BLOCKS = "▁▂▃▄▅▆▇█";

/** Values as a row of blocks from the least to the greatest, at most `width` of them, evenly chosen; what is absent or not finite is a blank. */
export function sparkline(values: readonly (number | undefined)[], width = 20): string {
  const shown =
    values.length <= width
      ? values
      : Array.from({ length: width }, (_, i) => values[Math.round((i * (values.length - 1)) / (width - 1))]);
  const finite = shown.filter(isFiniteNumber);
  const [least, most] = [Math.min(...finite), Math.max(...finite)];
  return shown
    .map((value) => {
      if (!isFiniteNumber(value)) return " ";
      const height = least === most ? 3 : Math.round(((value - least) / (most - least)) * (BLOCKS.length - 1));
      return BLOCKS[height];
    })
    .join("");
}

function isFiniteNumber(value: number | undefined): value is number {
  return value !== undefined && Number.isFinite(value);
}
