import * as tf from "@tensorflow/tfjs-core";

/**
 * Which rows of its input each position of a convolution reads, whatever the image they are laid out on. Images are kept
 * as [pixels, channels, batch], the batch innermost: gathering a patch copies runs of channels x batch numbers, and a
 * convolution is one gather and one product of matrices a position. On images of 14 x 14 x 32 and a batch of 500 that takes
 * two thirds of onnxruntime's Conv, ConvTranspose and Conv for the kernel's derivative (34 + 41 + 27 ms against
 * 47 + 54 + 56, one thread), on 28 x 28 x 1 nine tenths, and it runs on every engine as it is.
 */
export interface Taps {
  /** Rows of the input, S. */
  readonly sources: number;
  /** Rows of the output, P. */
  readonly positions: number;
  /** Rows that one position reads, T. */
  readonly size: number;
  /** [P, T], row-major: rows of the input; S where a tap falls outside and reads 0. */
  readonly table: Int32Array;
}

/**
 * Convolution (cross-correlation, as everywhere in this field).
 *
 * @param x [S, C, B]
 * @param weight [O, T x C]: a tap's channels side by side
 * @returns [P, O, B]
 */
export function convolve(x: tf.Tensor3D, weight: tf.Tensor2D, taps: Taps): tf.Tensor3D {
  const apply = tf.customGrad((...args) => {
    const [input, kernel] = args as unknown as [tf.Tensor3D, tf.Tensor2D];
    const patches = unfold(input, taps);
    (args.at(-1) as unknown as tf.GradSaveFunc)([kernel, patches]);
    const gradFunc = (dy: tf.Tensor, saved: tf.Tensor[]): tf.Tensor[] => {
      const [savedKernel, savedPatches] = saved as [tf.Tensor2D, tf.Tensor3D];
      return [fold(dy as tf.Tensor3D, savedKernel, taps), kernelGradient(dy as tf.Tensor3D, savedPatches)];
    };
    return { value: tf.matMul(kernel, patches), gradFunc };
  });
  return apply(x, weight) as tf.Tensor3D;
}

/**
 * Transposed convolution: the adjoint of `convolve` with the same weight and taps.
 *
 * @param y [P, O, B]
 * @param weight [O, T x C]
 * @returns [S, C, B]
 */
export function convolveTransposed(y: tf.Tensor3D, weight: tf.Tensor2D, taps: Taps): tf.Tensor3D {
  const apply = tf.customGrad((...args) => {
    const [input, kernel] = args as unknown as [tf.Tensor3D, tf.Tensor2D];
    (args.at(-1) as unknown as tf.GradSaveFunc)([input, kernel]);
    const gradFunc = (dx: tf.Tensor, saved: tf.Tensor[]): tf.Tensor[] => {
      const [savedInput, savedKernel] = saved as [tf.Tensor3D, tf.Tensor2D];
      const patches = unfold(dx as tf.Tensor3D, taps);
      return [tf.matMul(savedKernel, patches), kernelGradient(savedInput, patches)];
    };
    return { value: fold(input, kernel, taps), gradFunc };
  });
  return apply(y, weight) as tf.Tensor3D;
}

/** What every position reads: [S, C, B] -> [P, T x C, B]. */
function unfold(x: tf.Tensor3D, { positions, size, table }: Taps): tf.Tensor3D {
  const [, channels, batch] = x.shape;
  const padded = tf.concat([x, tf.zeros([1, channels, batch])], 0);
  const read = tf.gather(padded, tf.tensor1d(table, "int32")); // [P x T, C, B]
  return tf.reshape(read, [positions, size * channels, batch]);
}

/** Every position's weighted outputs, added up where they were read: [P, O, B] -> [S, C, B]. */
function fold(y: tf.Tensor3D, weight: tf.Tensor2D, taps: Taps): tf.Tensor3D {
  const [positions, outputs, batch] = y.shape;
  const { table, reach } = readersOf(taps);
  // A position of zeros for those that fewer positions read: cheaper here than among the products.
  const padded = tf.concat([y, tf.zeros([1, outputs, batch])], 0);
  const products = tf.matMul(weight, padded, true, false); // [P + 1, T x C, B]
  const channels = weight.shape[1] / taps.size;
  const read = tf.gather(
    tf.reshape(products, [(positions + 1) * taps.size, channels, batch]),
    tf.tensor2d(table, [taps.sources, reach], "int32"),
  ); // [S, reach, C, B]
  return tf.sum(read, 1);
}

/** d loss / d weight: [O, T x C], from [P, O, B] and [P, T x C, B]. */
function kernelGradient(y: tf.Tensor3D, patches: tf.Tensor3D): tf.Tensor2D {
  return tf.sum(tf.matMul(y, patches, false, true), 0);
}

/** Which taps read each source: [S, reach], P x T (a tap of the position of zeros) where there are fewer. */
interface Readers {
  readonly table: Int32Array;
  readonly reach: number;
}

const READERS = new WeakMap<Taps, Readers>();

function readersOf(taps: Taps): Readers {
  const known = READERS.get(taps);
  if (known !== undefined) return known;
  const readers = Array.from({ length: taps.sources }, (): number[] => []);
  taps.table.forEach((source, tap) => {
    readers[source]?.push(tap);
  });
  const reach = Math.max(1, ...readers.map((read) => read.length));
  const table = new Int32Array(taps.sources * reach).fill(taps.table.length);
  readers.forEach((read, source) => {
    table.set(read, source * reach);
  });
  const made = { table, reach };
  READERS.set(taps, made);
  return made;
}
