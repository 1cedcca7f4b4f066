import { philox4x32, type RandomStream } from "../core/random.js";

const ROUNDS = 6;

/**
 * A random permutation of 0..count-1 that needs no memory: a Feistel network over the next power of four, walked until it is
 * within (Black and Rogaway 2002, doi:10.1007/3-540-45760-7_9).
 */
export function makeShuffle(count: number, random: RandomStream): (place: number) => number {
  const key = [random.uint32(), random.uint32()];
  const half = 2 ** Math.max(1, Math.ceil(Math.log2(count) / 2));
  const permute = (place: number): number => {
    let left = Math.floor(place / half);
    let right = place % half;
    for (let round = 0; round < ROUNDS; round++) {
      const [mixed] = philox4x32([right, round, 0, 4], key);
      [left, right] = [right, (left + mixed) % half];
    }
    return left * half + right;
  };
  return (place) => {
    let moved = permute(place);
    while (moved >= count) moved = permute(moved);
    return moved;
  };
}
