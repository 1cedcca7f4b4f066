import type { Taps } from "./convolution.js";

/** Kernel, stride and margin of every convolution: each halves the side. */
const KERNEL = 4;
const STRIDE = 2;
const MARGIN = 1;

/**
 * Taps of a convolution (kernel 4, stride 2, margin 1) that halves the side of an image of several channels, each given by
 * the input rows its pixels are read from (`sources` where a pixel is empty); a position's taps are a channel's 16 after
 * another's.
 */
export function halvingTaps(channels: readonly ArrayLike<number>[], side: number, sources: number): Taps {
  const half = side / STRIDE;
  const offsets = Array.from({ length: KERNEL ** 2 }, (_, tap) => [Math.floor(tap / KERNEL), tap % KERNEL] as const);
  const table: number[] = [];
  for (let position = 0; position < half ** 2; position++) {
    const top = STRIDE * Math.floor(position / half) - MARGIN;
    const start = STRIDE * (position % half) - MARGIN;
    for (const channel of channels) {
      for (const [down, across] of offsets) {
        const [line, at] = [top + down, start + across];
        const isInside = line >= 0 && at >= 0 && line < side && at < side;
        table.push(isInside ? channel[line * side + at]! : sources);
      }
    }
  }
  return { sources, positions: half ** 2, size: channels.length * KERNEL ** 2, table: Int32Array.from(table) };
}
