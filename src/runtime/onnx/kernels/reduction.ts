import * as tf from "@tensorflow/tfjs-core";
import { reducedAxes } from "../../gradients/broadcast.js";
import type { Axes } from "../../gradients/gradient.js";
import { LAYER_NORM_KERNEL } from "../../layer-norm.js";
import { cast } from "../emit/elementwise.js";
import { matMul, reduce } from "../emit/matrix.js";
import { solid } from "../emit/shape.js";
import { float, type GraphValue, int } from "../graph.js";
import { activate } from "./activation.js";
import type { KernelCall, TracedKernel, TracedKernels } from "./kernel.js";

/** Kernels that combine elements: products of matrices, reductions, softmax, running sums. */
export const reductionKernels: TracedKernels = {
  [tf.Sum]: reductionKernel("ReduceSum", "axis"),
  [tf.Mean]: reductionKernel("ReduceMean", "axis"),
  [tf.Prod]: reductionKernel("ReduceProd", "axis"),
  [tf.Max]: reductionKernel("ReduceMax", "reductionIndices"),
  [tf.Min]: reductionKernel("ReduceMin", "axis"),
  [tf.Softmax]: alongAxis("Softmax", "logits", "dim"),
  [tf.LogSoftmax]: alongAxis("LogSoftmax", "logits", "axis"),
  [LAYER_NORM_KERNEL]: ({ graph, inputs, attributes }) => {
    const [x, gain, shift] = ["x", "gain", "shift"].map((name) => solid(graph, inputs[name]!)) as [
      GraphValue,
      ...GraphValue[],
    ];
    const perRow = { shape: [...x.shape.slice(0, -1), 1], type: x.type };
    const epsilon = float(attributes.epsilon as number);
    const outputs = [{ shape: x.shape, type: x.type }, perRow, perRow];
    return graph.node("LayerNormalization", [x, gain, shift], outputs, { axis: int(-1), epsilon });
  },
  [tf.ArgMax]: ({ graph, inputs, attributes }) => {
    const x = solid(graph, inputs.x!);
    const axis = tf.util.parseAxisParam(attributes.axis as number, [...x.shape])[0]!;
    const shape = x.shape.filter((_, at) => at !== axis);
    const output = [{ shape, type: "int64" as const }];
    return cast(graph, graph.node("ArgMax", [x], output, { axis: int(axis), keepdims: int(0) })[0]!, "int32");
  },
  [tf.Cumsum]: ({ graph, inputs, attributes }) => {
    const x = solid(graph, inputs.x!);
    const axis = graph.constant(Int32Array.of(attributes.axis as number), [], "int32");
    const exclusive = int(attributes.exclusive === true ? 1 : 0);
    const reverse = int(attributes.reverse === true ? 1 : 0);
    return graph.node("CumSum", [x, axis], [{ shape: x.shape, type: x.type }], { exclusive, reverse })[0]!;
  },
  [tf.BatchMatMul]: ({ graph, inputs, attributes }) =>
    matMul(graph, inputs.a!, inputs.b!, attributes.transposeA === true, attributes.transposeB === true),
  [tf._FusedMatMul]: (call) => activate(call, matMulWithBias(call)),
};

function reductionKernel(op: string, axisName: string): TracedKernel {
  return ({ graph, inputs, attributes }) => {
    const x = inputs.x!;
    // Sums of flags count them.
    const numbers = x.type === "bool" ? cast(graph, x, "int32") : x;
    const axes = reducedAxes(x.shape, attributes[axisName] as Axes);
    return reduce(graph, op, numbers, axes, attributes.keepDims === true);
  };
}

function alongAxis(op: string, inputName: string, axisName: string): TracedKernel {
  return ({ graph, inputs, attributes }) => {
    const x = solid(graph, inputs[inputName]!);
    const axis = tf.util.parseAxisParam(attributes[axisName] as number, [...x.shape])[0]!;
    return graph.node(op, [x], [{ shape: x.shape, type: x.type }], { axis: int(axis) })[0]!;
  };
}

function matMulWithBias(call: KernelCall): GraphValue {
  const { graph, inputs, attributes } = call;
  const product = matMul(graph, inputs.a!, inputs.b!, attributes.transposeA === true, attributes.transposeB === true);
  const bias = inputs.bias;
  return bias === undefined
    ? product
    : graph.node("Add", [product, bias], [{ shape: product.shape, type: "float32" }])[0]!;
}
