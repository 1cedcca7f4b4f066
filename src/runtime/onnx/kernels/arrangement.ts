import * as tf from "@tensorflow/tfjs-core";
import { bakedBatch, forbidBatch, isBatchDimension } from "../emit/batch.js";
import { binary, cast, scalar, where } from "../emit/elementwise.js";
import { expand, reshape, solid, transpose } from "../emit/shape.js";
import { type GraphValue, int, text, type ValueType } from "../graph.js";
import type { GraphBuilder } from "../graph-builder.js";
import { valueType } from "../tracer-backend.js";
import { type KernelCall, listInputs, type TracedKernels } from "./kernel.js";

/** Kernels that only move values. */
export const arrangementKernels: TracedKernels = {
  [tf.Reshape]: ({ graph, inputs, attributes }) => {
    const x = inputs.x!;
    const shape = tf.util.inferFromImplicitShape(attributes.shape as number[], tf.util.sizeFromShape([...x.shape]));
    return reshape(graph, x, shape);
  },
  [tf.ExpandDims]: ({ graph, inputs, attributes }) => {
    const x = inputs.input!;
    const dimension = attributes.dim as number;
    const at = dimension < 0 ? x.shape.length + dimension + 1 : dimension;
    return reshape(graph, x, [...x.shape.slice(0, at), 1, ...x.shape.slice(at)]);
  },
  [tf.Transpose]: ({ graph, inputs, attributes }) => transpose(graph, inputs.x!, attributes.perm as number[]),
  [tf.Tile]: ({ graph, inputs, attributes }) => tile(graph, inputs.x!, attributes.reps as number[]),
  [tf.BroadcastTo]: ({ graph, inputs, attributes }) => expand(graph, inputs.x!, attributes.shape as number[]),
  [tf.Concat]: ({ graph, inputs, attributes }) => {
    const values = listInputs(inputs);
    return concat(graph, values, tf.util.parseAxisParam(attributes.axis as number, [...values[0]!.shape])[0]!);
  },
  [tf.Pack]: ({ graph, inputs, attributes }) => {
    const values = listInputs(inputs);
    const axis = attributes.axis as number;
    const widened = values.map((value) =>
      reshape(graph, value, [...value.shape.slice(0, axis), 1, ...value.shape.slice(axis)]),
    );
    return concat(graph, widened, axis);
  },
  [tf.SplitV]: ({ graph, inputs, attributes }) => {
    const x = inputs.x!;
    const axis = tf.util.parseAxisParam(attributes.axis as number, [...x.shape])[0]!;
    const sizes = tf.backend_util.prepareSplitSize(
      { shape: x.shape } as tf.Tensor,
      attributes.numOrSizeSplits as number | number[],
      axis,
    );
    return split(graph, x, sizes, axis);
  },
  [tf.Unpack]: ({ graph, inputs, attributes }) => {
    const x = inputs.value!;
    const axis = tf.util.parseAxisParam(attributes.axis as number, [...x.shape])[0]!;
    const parts = split(graph, x, new Array<number>(x.shape[axis]!).fill(1), axis);
    return parts.map((part) =>
      reshape(
        graph,
        part,
        part.shape.filter((_, at) => at !== axis),
      ),
    );
  },
  [tf.Slice]: ({ graph, inputs, attributes }) => {
    const x = inputs.x!;
    const { begin, size } = attributes as { begin: number | number[]; size: number | number[] };
    const parsed = tf.slice_util.parseSliceParams({ shape: x.shape, rank: x.shape.length } as tf.Tensor, begin, size);
    return slice(graph, x, parsed[0]!, parsed[1]!);
  },
  [tf.PadV2]: ({ graph, inputs, attributes }) => {
    const { paddings, constantValue } = attributes as { paddings: [number, number][]; constantValue: number };
    return pad(graph, inputs.x!, paddings, constantValue);
  },
  [tf.GatherV2]: gather,
  [tf.UnsortedSegmentSum]: segmentSum,
  [tf.OneHot]: oneHot,
};

function concat(graph: GraphBuilder, values: readonly GraphValue[], axis: number): GraphValue {
  const parts = values.filter((value) => value.shape[axis] !== 0);
  if (parts.length === 1) return parts[0]!;
  const first = parts[0]!;
  const total = parts.reduce((sum, value) => sum + value.shape[axis]!, 0);
  const shape = first.shape.map((size, at) => (at === axis ? total : size));
  const inputs = parts.map((part) => solid(graph, part));
  return graph.node("Concat", inputs, [{ shape, type: first.type }], { axis: int(axis) })[0]!;
}

function split(graph: GraphBuilder, x: GraphValue, sizes: readonly number[], axis: number): readonly GraphValue[] {
  forbidBatch(graph, "SplitV", [x.shape[axis]!]);
  if (sizes.length === 1) return [x];
  const outputs = sizes.map((length) => ({
    shape: x.shape.map((size, at) => (at === axis ? length : size)),
    type: x.type,
  }));
  return graph.node("Split", [solid(graph, x), graph.int64(sizes)], outputs, { axis: int(axis) });
}

function slice(graph: GraphBuilder, x: GraphValue, begin: readonly number[], size: readonly number[]): GraphValue {
  const axes = x.shape.map((_, axis) => axis).filter((axis) => size[axis] !== x.shape[axis]);
  if (axes.length === 0) return x;
  forbidBatch(
    graph,
    "Slice",
    axes.map((axis) => x.shape[axis]!),
  );
  const starts = graph.int64(axes.map((axis) => begin[axis]!));
  const ends = graph.int64(axes.map((axis) => begin[axis]! + size[axis]!));
  const inputs = [solid(graph, x), starts, ends, graph.int64(axes)];
  return graph.node("Slice", inputs, [{ shape: size, type: x.type }])[0]!;
}

function pad(
  graph: GraphBuilder,
  x: GraphValue,
  paddings: readonly (readonly [number, number])[],
  value: number,
): GraphValue {
  const shape = x.shape.map((size, axis) => paddings[axis]![0] + size + paddings[axis]![1]);
  const amounts = [...paddings.map(([before]) => before), ...paddings.map(([, after]) => after)];
  if (amounts.every((amount) => amount === 0)) return x;
  forbidBatch(graph, "PadV2", amounts);
  const inputs = [solid(graph, x), graph.int64(amounts), scalar(graph, value, x.type)];
  return graph.node("Pad", inputs, [{ shape, type: x.type }], { mode: text("constant") })[0]!;
}

function tile(graph: GraphBuilder, x: GraphValue, repeats: readonly number[]): GraphValue {
  const shape = x.shape.map((size, axis) => size * repeats[axis]!);
  const isBroadcast = x.shape.every((size, axis) => size === 1 || repeats[axis] === 1);
  if (isBroadcast) return expand(graph, x, shape);
  forbidBatch(graph, "Tile", repeats);
  return graph.node("Tile", [solid(graph, x), graph.int64(repeats)], [{ shape, type: x.type }])[0]!;
}

function gather({ graph, inputs, attributes }: KernelCall): GraphValue {
  const x = inputs.x!;
  const indices = solid(graph, inputs.indices!);
  const axis = tf.util.parseAxisParam(attributes.axis as number, [...x.shape])[0]!;
  if (((attributes.batchDims as number | undefined) ?? 0) !== 0) throw bakedBatch("GatherV2 with batchDims");
  const shape = [...x.shape.slice(0, axis), ...indices.shape, ...x.shape.slice(axis + 1)];
  const inputValues = [solid(graph, x), cast(graph, indices, "int32")];
  return graph.node("Gather", inputValues, [{ shape, type: x.type }], { axis: int(axis) })[0]!;
}

/** Adds rows into the segments that they belong to; ids outside of 0..segments-1 must not occur. */
function segmentSum({ graph, inputs, attributes }: KernelCall): GraphValue {
  const x = solid(graph, inputs.x!);
  const segments = attributes.numSegments as number;
  if (isBatchDimension(graph, segments)) throw bakedBatch("UnsortedSegmentSum");
  const ids = inputs.segmentIds!;
  const shape = [segments, ...x.shape.slice(1)];
  const indices = cast(graph, reshape(graph, solid(graph, ids), [ids.shape[0]!, 1]), "int64");
  const zeros = graph.uniform(0, shape, x.type);
  const reduction = { reduction: text("add") };
  return graph.node("ScatterND", [zeros, indices, x], [{ shape, type: x.type }], reduction)[0]!;
}

/** By comparison with 0..depth-1, so that an index outside of it gives a row of `offValue`, as in TensorFlow.js. */
function oneHot({ graph, inputs, attributes }: KernelCall): GraphValue {
  const indices = inputs.indices!;
  const { depth, onValue, offValue, dtype } = attributes as {
    depth: number;
    onValue: number;
    offValue: number;
    dtype?: tf.DataType;
  };
  const levels = graph.constant(
    Int32Array.from({ length: depth }, (_, level) => level),
    [depth],
    "int32",
  );
  const isOn = binary(graph, "Equal", reshape(graph, indices, [...indices.shape, 1]), levels, "bool");
  const type: ValueType = valueType(dtype ?? "int32");
  if (onValue === 1 && offValue === 0) return cast(graph, isOn, type);
  return where(graph, isOn, scalar(graph, onValue, type), scalar(graph, offValue, type));
}
