/**
 * Seeded random streams. Every stream is named by a seed and a path of labels, so that what one part draws does not
 * depend on how much another part has drawn.
 */
export interface RandomStream {
  /** A stream of its own, determined by this stream's key and the label alone (not by what was drawn here). */
  fork(label: string | number): RandomStream;
  /** Uniform integer in 0..2^32-1. */
  uint32(): number;
  /** Uniform in [0, 1). */
  uniform(): number;
  /** Standard normal. */
  normal(): number;
  /** Uniform integer in 0..bound-1. */
  integer(bound: number): number;
  /** Fills with uniforms in (0, 1), never 0 nor 1. */
  fillUniform(out: Float32Array): void;
  /** Fills with standard normals. */
  fillNormal(out: Float32Array): void;
  /** A random permutation of 0..count-1. */
  permutation(count: number): Uint32Array;
  /** Where the stream stands. */
  state(): RandomState;
  /** Goes on from where `state` was taken, of this stream or another of its key. */
  restore(state: RandomState): void;
}

/** Where a stream stands: sfc32's words, and the normal that was made beside the last one, if it is still to be drawn. */
export type RandomState = readonly [a: number, b: number, c: number, counter: number, spareNormal: number | null];

/**
 * The root stream of a seed (an integer in 0..2^53-1).
 *
 * Keys are derived by Philox4x32-10 (Salmon et al. 2011, doi:10.1145/2063384.2063405), a counter-based generator; the
 * values of one stream come from sfc32 started at its key, which is five times faster in JavaScript.
 */
export function makeRandom(seed: number): RandomStream {
  return new KeyedStream(seed >>> 0, Math.floor(seed / 2 ** 32) >>> 0);
}

/** One Philox4x32-10 block: four 32-bit words determined by a counter (4 words) and a key (2 words). */
export function philox4x32(counter: readonly number[], key: readonly number[]): [number, number, number, number] {
  let [c0, c1, c2, c3] = counter as [number, number, number, number];
  let [k0, k1] = key as [number, number];
  for (let round = 0; round < 10; round++) {
    const high0 = multiplyHigh(0xd2511f53, c0);
    const low0 = Math.imul(0xd2511f53, c0);
    const high1 = multiplyHigh(0xcd9e8d57, c2);
    const low1 = Math.imul(0xcd9e8d57, c2);
    c0 = (high1 ^ c1 ^ k0) >>> 0;
    c1 = low1 >>> 0;
    c2 = (high0 ^ c3 ^ k1) >>> 0;
    c3 = low0 >>> 0;
    k0 = (k0 + 0x9e3779b9) >>> 0;
    k1 = (k1 + 0xbb67ae85) >>> 0;
  }
  return [c0, c1, c2, c3];
}

function multiplyHigh(a: number, b: number): number {
  const aHigh = a >>> 16;
  const aLow = a & 0xffff;
  const bHigh = b >>> 16;
  const bLow = b & 0xffff;
  const middle = aHigh * bLow + ((aLow * bLow) >>> 16);
  return (aHigh * bHigh + Math.floor((middle + aLow * bHigh) / 65536)) >>> 0;
}

class KeyedStream implements RandomStream {
  readonly #key0: number;
  readonly #key1: number;
  #a: number;
  #b: number;
  #c: number;
  #counter = 1;
  #spareNormal = Number.NaN;

  constructor(key0: number, key1: number) {
    this.#key0 = key0;
    this.#key1 = key1;
    [this.#a, this.#b, this.#c] = philox4x32([0, 0, 0, 1], [key0, key1]);
  }

  fork(label: string | number): RandomStream {
    const text = `${typeof label}:${label}`;
    let words: [number, number, number, number] = [0, 0, 0, 2];
    for (let at = 0; at < text.length; at += 3) {
      words = philox4x32(
        [words[0] ^ text.charCodeAt(at), words[1] ^ codeAt(text, at + 1), words[2] ^ codeAt(text, at + 2), words[3]],
        [this.#key0, this.#key1],
      );
    }
    return new KeyedStream(words[0], words[1]);
  }

  uint32(): number {
    // "| 0" tells the compiler that these are integers of 32 bits: four times faster.
    const b = this.#b | 0;
    const c = this.#c | 0;
    const counter = this.#counter | 0;
    const sum = ((((this.#a | 0) + b) | 0) + counter) | 0;
    this.#counter = (counter + 1) | 0;
    this.#a = b ^ (b >>> 9);
    this.#b = (c + (c << 3)) | 0;
    this.#c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return sum >>> 0;
  }

  uniform(): number {
    return ((this.uint32() >>> 5) * 67108864 + (this.uint32() >>> 6)) / 9007199254740992;
  }

  normal(): number {
    if (!Number.isNaN(this.#spareNormal)) {
      const value = this.#spareNormal;
      this.#spareNormal = Number.NaN;
      return value;
    }
    const radius = Math.sqrt(-2 * Math.log((this.uint32() + 0.5) / 4294967296));
    const angle = (2 * Math.PI * this.uint32()) / 4294967296;
    this.#spareNormal = radius * Math.sin(angle);
    return radius * Math.cos(angle);
  }

  integer(bound: number): number {
    return Math.floor(this.uniform() * bound);
  }

  fillUniform(out: Float32Array): void {
    // `uint32` on local variables: three times faster.
    let a = this.#a | 0;
    let b = this.#b | 0;
    let c = this.#c | 0;
    let counter = this.#counter | 0;
    for (let i = 0; i < out.length; i++) {
      const sum = (((a + b) | 0) + counter) | 0;
      counter = (counter + 1) | 0;
      a = b ^ (b >>> 9);
      b = (c + (c << 3)) | 0;
      c = (((c << 21) | (c >>> 11)) + sum) | 0;
      out[i] = ((sum >>> 9) + 0.5) / 8388608;
    }
    this.#a = a;
    this.#b = b;
    this.#c = c;
    this.#counter = counter;
  }

  fillNormal(out: Float32Array): void {
    for (let i = 0; i < out.length; i++) out[i] = this.normal();
  }

  permutation(count: number): Uint32Array {
    const order = Uint32Array.from({ length: count }, (_, i) => i);
    for (let i = count - 1; i > 0; i--) {
      const j = this.integer(i + 1);
      const swapped = order[i]!;
      order[i] = order[j]!;
      order[j] = swapped;
    }
    return order;
  }

  state(): RandomState {
    const spareNormal = Number.isNaN(this.#spareNormal) ? null : this.#spareNormal;
    return [this.#a, this.#b, this.#c, this.#counter, spareNormal];
  }

  restore([a, b, c, counter, spareNormal]: RandomState): void {
    this.#a = a;
    this.#b = b;
    this.#c = c;
    this.#counter = counter;
    this.#spareNormal = spareNormal ?? Number.NaN;
  }
}

function codeAt(text: string, at: number): number {
  return at < text.length ? text.charCodeAt(at) : 0x10000;
}
