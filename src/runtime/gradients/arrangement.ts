import * as tf from "@tensorflow/tfjs-core";
import type { GradientRule } from "./gradient.js";

/** Derivatives of what only moves values: reshapes, slices, joins, gathers; and of the matrix product. */
export const arrangementGradients: readonly GradientRule[] = [
  {
    kernel: tf.BatchMatMul,
    inputs: ["a", "b"],
    backward: ({ dy, saved, attributes }) => {
      const [a, b] = saved as [tf.Tensor, tf.Tensor];
      const { transposeA, transposeB } = attributes as { transposeA: boolean; transposeB: boolean };
      return {
        a: () => (transposeA ? tf.matMul(b, dy, transposeB, true) : tf.matMul(dy, b, false, !transposeB)),
        b: () => (transposeB ? tf.matMul(dy, a, true, transposeA) : tf.matMul(a, dy, !transposeA, false)),
      };
    },
  },
  { kernel: tf.AddN, inputs: "all", backward: ({ dy, saved }) => byIndex(saved.length, () => tf.clone(dy)) },
  reshaping(tf.Reshape, "x"),
  reshaping(tf.ExpandDims, "input"),
  {
    kernel: tf.Transpose,
    backward: ({ dy, attributes }) => ({
      x: () => tf.transpose(dy, tf.backend_util.getUndoAxesPermutation(attributes.perm as number[])),
    }),
  },
  {
    kernel: tf.Concat,
    inputs: "all",
    backward: ({ dy, saved, attributes }) => {
      const axis = tf.util.parseAxisParam(attributes.axis as number, saved[0]!.shape)[0]!;
      const sizes = saved.map((tensor) => tensor.shape[axis]!);
      const parts = tf.split(dy, sizes, axis);
      return byIndex(saved.length, (index) => parts[index]!);
    },
  },
  {
    kernel: tf.SplitV,
    backward: ({ dys, attributes }) => ({ x: () => tf.concat([...dys], attributes.axis as number) }),
  },
  {
    kernel: tf.Slice,
    inputs: ["x"],
    backward: ({ dy, saved, attributes }) => {
      const x = saved[0]!;
      const { begin, size } = attributes as { begin: number | number[]; size: number | number[] };
      const [starts, sizes] = tf.slice_util.parseSliceParams(x, begin, size) as [number[], number[]];
      const paddings = x.shape.map((length, axis): [number, number] => {
        const before = starts[axis]!;
        return [before, length - before - sizes[axis]!];
      });
      return { x: () => tf.pad(dy, paddings) };
    },
  },
  {
    kernel: tf.PadV2,
    inputs: ["x"],
    backward: ({ dy, saved, attributes }) => {
      const begin = (attributes.paddings as [number, number][]).map(([before]) => before);
      return { x: () => tf.slice(dy, begin, saved[0]!.shape) };
    },
  },
  {
    kernel: tf.Tile,
    inputs: ["x"],
    backward: ({ dy, saved, attributes }) => ({
      x: () => {
        const shape = saved[0]!.shape;
        const repeats = attributes.reps as number[];
        const interleaved = shape.flatMap((size, axis) => [repeats[axis]!, size]);
        const summed = shape.map((_, axis) => 2 * axis);
        return tf.reshape(tf.sum(tf.reshape(dy, interleaved), summed), shape);
      },
    }),
  },
  {
    kernel: tf.GatherV2,
    inputs: ["x", "indices"],
    backward: ({ dy, saved, attributes }) => {
      const [x, indices] = saved as [tf.Tensor, tf.Tensor];
      return {
        x: () => gatherGradient(dy, x, indices, attributes.axis as number),
        indices: () => tf.zeros(indices.shape),
      };
    },
  },
  {
    kernel: tf.Pack,
    inputs: "all",
    backward: ({ dy, saved, attributes }) => {
      const parts = tf.unstack(dy, attributes.axis as number);
      return byIndex(saved.length, (index) => parts[index]!);
    },
  },
  {
    kernel: tf.Unpack,
    backward: ({ dys, attributes }) => ({ value: () => tf.stack([...dys], attributes.axis as number) }),
  },
];

function byIndex(count: number, gradient: (index: number) => tf.Tensor): Record<string, () => tf.Tensor> {
  return Object.fromEntries(Array.from({ length: count }, (_, index) => [String(index), () => gradient(index)]));
}

function reshaping(kernel: string, name: string): GradientRule {
  return {
    kernel,
    inputs: [name],
    backward: ({ dy, saved }) => ({ [name]: () => tf.reshape(dy, saved[0]!.shape) }),
  };
}

/** Sums the rows of `dy` into the rows they were gathered from: a scatter-add along `axis`. */
function gatherGradient(dy: tf.Tensor, x: tf.Tensor, indices: tf.Tensor, axisParameter: number): tf.Tensor {
  const axis = tf.util.parseAxisParam(axisParameter, x.shape)[0]!;
  const segments = tf.cast(tf.reshape(indices, [indices.size]), "int32") as tf.Tensor1D;
  const outer = x.shape.slice(0, axis);
  const inner = x.shape.slice(axis + 1);
  const rows = tf.reshape(dy, [...outer, indices.size, ...inner]);
  if (axis === 0) return tf.unsortedSegmentSum(rows, segments, x.shape[0]!);
  const forth = [axis, ...outer.map((_, at) => at), ...inner.map((_, at) => axis + 1 + at)];
  const summed = tf.unsortedSegmentSum(tf.transpose(rows, forth), segments, x.shape[axis]!);
  return tf.transpose(summed, tf.backend_util.getUndoAxesPermutation(forth));
}
