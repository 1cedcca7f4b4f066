import * as tf from "@tensorflow/tfjs-core";
import { alpha, binary, cast, scalar, scale, unary, where } from "../emit/elementwise.js";
import { type GraphValue, uniformOf, type ValueType } from "../graph.js";
import type { GraphBuilder } from "../graph-builder.js";
import { valueType } from "../tracer-backend.js";
import type { KernelCall, TracedKernel, TracedKernels } from "./kernel.js";

/** Kernels that compute each element on its own. */
export const elementwiseKernels: TracedKernels = {
  ...mapKernels(unaryKernel, {
    [tf.Abs]: "Abs",
    [tf.Ceil]: "Ceil",
    [tf.Cos]: "Cos",
    [tf.Erf]: "Erf",
    [tf.Exp]: "Exp",
    [tf.Floor]: "Floor",
    [tf.Log]: "Log",
    [tf.Neg]: "Neg",
    [tf.Reciprocal]: "Reciprocal",
    [tf.Relu]: "Relu",
    [tf.Round]: "Round",
    [tf.Sigmoid]: "Sigmoid",
    [tf.Sign]: "Sign",
    [tf.Sin]: "Sin",
    [tf.Softplus]: "Softplus",
    [tf.Sqrt]: "Sqrt",
    [tf.Tanh]: "Tanh",
    [tf.LogicalNot]: "Not",
  }),
  ...mapKernels(binaryKernel, {
    [tf.Add]: "Add",
    [tf.Sub]: "Sub",
    [tf.Multiply]: "Mul",
    [tf.RealDiv]: "Div",
    [tf.Maximum]: "Max",
    [tf.Minimum]: "Min",
  }),
  ...mapKernels(comparisonKernel, {
    [tf.Equal]: "Equal",
    [tf.Greater]: "Greater",
    [tf.GreaterEqual]: "GreaterOrEqual",
    [tf.Less]: "Less",
    [tf.LessEqual]: "LessOrEqual",
    [tf.LogicalAnd]: "And",
    [tf.LogicalOr]: "Or",
  }),
  [tf.NotEqual]: ({ graph, inputs }) => unary(graph, "Not", binary(graph, "Equal", inputs.a!, inputs.b!, "bool")),
  [tf.Log1p]: ({ graph, inputs }) => unary(graph, "Log", binary(graph, "Add", inputs.x!, scalar(graph, 1))),
  [tf.Expm1]: ({ graph, inputs }) => binary(graph, "Sub", unary(graph, "Exp", inputs.x!), scalar(graph, 1)),
  [tf.Rsqrt]: ({ graph, inputs }) => unary(graph, "Reciprocal", unary(graph, "Sqrt", inputs.x!)),
  [tf.Square]: ({ graph, inputs }) => binary(graph, "Mul", inputs.x!, inputs.x!),
  [tf.SquaredDifference]: ({ graph, inputs }) => {
    const difference = binary(graph, "Sub", inputs.a!, inputs.b!);
    return binary(graph, "Mul", difference, difference);
  },
  [tf.Pow]: power,
  [tf.Step]: ({ graph, inputs, attributes }) => {
    const x = inputs.x!;
    const positive = binary(graph, "Greater", x, scalar(graph, 0), "bool");
    const slope = attributes.alpha as number;
    if (slope === 0) return cast(graph, positive, "float32");
    return where(graph, positive, scalar(graph, 1), scalar(graph, slope));
  },
  [tf.LeakyRelu]: ({ graph, inputs, attributes }) =>
    unary(graph, "LeakyRelu", inputs.x!, alpha(attributes.alpha as number)),
  [tf.Prelu]: ({ graph, inputs }) => {
    const x = inputs.x!;
    const positive = binary(graph, "Greater", x, scalar(graph, 0), "bool");
    return where(graph, positive, x, binary(graph, "Mul", x, inputs.alpha!));
  },
  [tf.ClipByValue]: ({ graph, inputs, attributes }) => {
    const x = inputs.x!;
    const low = scalar(graph, attributes.clipValueMin as number, x.type);
    const high = scalar(graph, attributes.clipValueMax as number, x.type);
    return graph.node("Clip", [x, low, high], [{ shape: x.shape, type: x.type }])[0]!;
  },
  [tf.Select]: ({ graph, inputs }) => where(graph, inputs.condition!, inputs.t!, inputs.e!),
  [tf.AddN]: ({ graph, inputs }) => Object.values(inputs).reduce((total, value) => binary(graph, "Add", total, value)),
  [tf.Cast]: ({ graph, inputs, attributes }) => castKernel(graph, inputs.x!, attributes.dtype as tf.DataType),
  [tf.Identity]: ({ inputs }) => inputs.x!,
  [tf.ZerosLike]: ({ graph, inputs }) => graph.uniform(0, inputs.x!.shape, inputs.x!.type),
  [tf.OnesLike]: ({ graph, inputs }) => graph.uniform(1, inputs.x!.shape, inputs.x!.type),
  [tf.Fill]: ({ graph, attributes }) => {
    const { shape, value, dtype } = attributes as { shape: number[]; value: number; dtype?: tf.DataType };
    return graph.uniform(Number(value), shape, valueType(dtype ?? "float32"));
  },
  [tf.Range]: ({ graph, attributes }) => {
    const { start, stop, step, dtype } = attributes as Record<string, number> & { dtype: tf.DataType };
    const count = Math.max(0, Math.ceil((stop! - start!) / step!));
    const values = Array.from({ length: count }, (_, index) => start! + index * step!);
    const isInteger = dtype === "int32";
    return graph.constant(
      isInteger ? Int32Array.from(values) : Float32Array.from(values),
      [count],
      isInteger ? "int32" : "float32",
    );
  },
};

function mapKernels(make: (op: string) => TracedKernel, ops: Readonly<Record<string, string>>): TracedKernels {
  return Object.fromEntries(Object.entries(ops).map(([kernel, op]) => [kernel, make(op)]));
}

function unaryKernel(op: string): TracedKernel {
  return ({ graph, inputs }) => unary(graph, op, inputs.x!);
}

function binaryKernel(op: string): TracedKernel {
  return ({ graph, inputs }) => binary(graph, op, inputs.a!, inputs.b!);
}

function comparisonKernel(op: string): TracedKernel {
  return ({ graph, inputs }) => binary(graph, op, inputs.a!, inputs.b!, "bool" satisfies ValueType);
}

/** Common exponents have operators that are faster than Pow. */
function power({ graph, inputs }: KernelCall): GraphValue {
  const base = inputs.a!;
  const exponent = inputs.b!;
  const isScalar = exponent.shape.length === 0 && base.type === "float32";
  switch (isScalar ? uniformOf(exponent) : undefined) {
    case 1:
      return scale(graph, base, 1);
    case 2:
      return binary(graph, "Mul", base, base);
    case 0.5:
      return unary(graph, "Sqrt", base);
    case -1:
      return unary(graph, "Reciprocal", base);
    default:
      return binary(graph, "Pow", base, exponent);
  }
}

/** To bool is "not zero", as in TensorFlow.js; to int32 truncates. */
function castKernel(graph: GraphBuilder, x: GraphValue, dtype: tf.DataType): GraphValue {
  return cast(graph, x, valueType(dtype));
}
