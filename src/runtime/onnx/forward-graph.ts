import onnxProto from "onnx-proto";

const { onnx } = onnxProto;

/** A value of a forward graph, by its name within the graph. */
export type ForwardValue = string;

/** How an activation is written with eight bits: code = round(x / scale) + zero, held within 0..255. */
export interface ActivationCode {
  readonly scale: number;
  /** The code of 0; 0..255. */
  readonly zero: number;
  /** What the columns are on average, and what their codes stand for on average; [width]. */
  readonly means: Float64Array;
  readonly codedMeans: Float64Array;
}

/**
 * Writes a graph for inference by hand, with onnxruntime's fused operators: faster than a traced program, and it runs on
 * onnxruntime only. Rows are free; matrices are row-major.
 */
export interface ForwardGraph {
  /** An input of float32 [rows, width]; without a width both axes are free. */
  input(name: string, width?: number): ForwardValue;
  /** A float32 input [free]. */
  vectorInput(name: string): ForwardValue;
  /** An int32 input, both axes free. */
  indexInput(name: string): ForwardValue;
  /** For each row of `indices` [rows, m] the sum of those rows of `table` [entries, width] -> [rows, width]. */
  sumOfRows(table: ForwardValue, indices: ForwardValue): ForwardValue;
  add(a: ForwardValue, b: ForwardValue): ForwardValue;
  /** x / sqrt(mean(x^2) + 1e-5) * gain over the last axis: layer normalization of rows whose mean is 0. gain [width]. */
  rootMeanSquareNorm(x: ForwardValue, gain: Float32Array): ForwardValue;
  /** tanh-gelu of x + bias; bias [width]. */
  gelu(x: ForwardValue, bias?: Float32Array): ForwardValue;
  /** x · weight + bias; weight [inputs, outputs], bias [outputs]. */
  product(x: ForwardValue, weight: Float32Array, bias: Float32Array): ForwardValue;
  /** The same with x and weight rounded to eight bits (weights to a scale a column) and sums in int32. */
  quantizedProduct(x: ForwardValue, weight: Float32Array, bias: Float32Array, code: ActivationCode): ForwardValue;
  /** a · b + c of computed values; c [columns of b] or of the product's shape. */
  gemm(a: ForwardValue, b: ForwardValue, c: ForwardValue): ForwardValue;
  /** A float32 constant [rows, columns]. */
  matrix(data: Float32Array, rows: number): ForwardValue;
  softmax(x: ForwardValue): ForwardValue;
  /** Columns side by side taken apart again: one value a size. */
  splitColumns(x: ForwardValue, sizes: readonly number[]): ForwardValue[];
  /** The finished graph's bytes; every output is float32 with two free axes. */
  serialize(outputs: Readonly<Record<string, ForwardValue>>): Uint8Array;
}

const TYPES = { float32: 1, uint8: 2, int8: 3, int32: 6, int64: 7 } as const;
const OPSETS = [
  { domain: "", version: 17 },
  { domain: "com.microsoft", version: 1 },
];
const IR_VERSION = 8;

export function makeForwardGraph(name: string): ForwardGraph {
  const nodes: object[] = [];
  const initializers: object[] = [];
  const inputs: object[] = [];
  const node = (opType: string, input: readonly string[], domain = "", attribute: readonly object[] = []): string => {
    const output = `${opType}_${nodes.length}`;
    nodes.push({ opType, domain, name: output, input, output: [output], attribute });
    return output;
  };
  const tensor = (data: ConstantData, dims: readonly number[]): string => {
    const made = `constant_${initializers.length}`;
    const rawData = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
    initializers.push({ name: made, dims, dataType: typeOf(data), rawData });
    return made;
  };
  const vector = (data: Float32Array): string => tensor(data, [data.length]);
  const number = (value: number): string => tensor(Float32Array.of(value), []);
  const declare = (input: string, dimensions: readonly object[], type?: number): string => {
    inputs.push(valueInfo(input, dimensions, type));
    return input;
  };
  return {
    input: (input, width) =>
      declare(input, [
        { dimParam: `${input}_rows` },
        width === undefined ? { dimParam: `${input}_columns` } : { dimValue: width },
      ]),
    vectorInput: (input) => declare(input, [{ dimParam: `${input}_size` }]),
    indexInput: (input) =>
      declare(input, [{ dimParam: `${input}_rows` }, { dimParam: `${input}_columns` }], TYPES.int32),
    sumOfRows: (table, indices) => {
      const rows = node("Gather", [table, indices]);
      return node("ReduceSum", [rows, tensor(BigInt64Array.of(1n), [1])], "", [{ name: "keepdims", type: 2, i: 0 }]);
    },
    add: (a, b) => node("Add", [a, b]),
    rootMeanSquareNorm: (x, gain) =>
      node("SimplifiedLayerNormalization", [x, vector(gain)], "", [{ name: "epsilon", type: 1, f: 1e-5 }]),
    gelu: (x, bias) => node("FastGelu", bias === undefined ? [x] : [x, vector(bias)], "com.microsoft"),
    product: (x, weight, bias) =>
      node("Gemm", [x, tensor(weight, [weight.length / bias.length, bias.length]), vector(bias)]),
    quantizedProduct: (x, weight, bias, code) => {
      const { codes, scales } = quantizeColumns(weight, bias.length);
      const [scale, zero] = [number(code.scale), tensor(Uint8Array.of(code.zero), [])];
      const coded = node("QuantizeLinear", [x, scale, zero]);
      const matrix = tensor(codes, [weight.length / bias.length, bias.length]);
      const weightZero = tensor(Int8Array.of(0), []);
      const corrected = correctBias(bias, weight, { codes, scales }, code);
      const operands = [coded, matrix, scale, vector(scales), zero, weightZero, vector(corrected)];
      return node("MatMulIntegerToFloat", operands, "com.microsoft");
    },
    gemm: (a, b, c) => node("Gemm", [a, b, c]),
    matrix: (data, rows) => tensor(data, [rows, data.length / rows]),
    softmax: (x) => node("Softmax", [x]),
    splitColumns: (x, sizes) => {
      const output = sizes.map((_, at) => `Split_${nodes.length}_${at}`);
      const input = [x, tensor(BigInt64Array.from(sizes, BigInt), [sizes.length])];
      nodes.push({ opType: "Split", name: output[0], input, output, attribute: [{ name: "axis", type: 2, i: 1 }] });
      return output;
    },
    serialize: (outputs) => {
      const renames = Object.entries(outputs).map(([output, value]) => ({
        opType: "Identity",
        name: `output_${output}`,
        input: [value],
        output: [output],
      }));
      const output = Object.keys(outputs).map((key) =>
        valueInfo(key, [{ dimParam: `${key}_rows` }, { dimParam: `${key}_columns` }]),
      );
      const graph = { name, node: [...nodes, ...renames], initializer: initializers, input: inputs, output };
      const model = onnx.ModelProto.create({
        irVersion: IR_VERSION,
        producerName: "synth",
        opsetImport: OPSETS,
        graph,
      });
      return onnx.ModelProto.encode(model).finish();
    },
  };
}

type ConstantData = Float32Array | Int8Array | Uint8Array | BigInt64Array;

function typeOf(data: ConstantData): number {
  if (data instanceof Float32Array) return TYPES.float32;
  if (data instanceof BigInt64Array) return TYPES.int64;
  return data instanceof Int8Array ? TYPES.int8 : TYPES.uint8;
}

function valueInfo(name: string, dim: readonly object[], elemType: number = TYPES.float32): object {
  return { name, type: { tensorType: { elemType, shape: { dim } } } };
}

/**
 * Twice this times 255 fits int16: processors without VNNI add pairs of products in 16 bits, and
 * codes up to 127 would overflow there.
 */
const MAX_WEIGHT_CODE = 63;

/** A matrix [inputs, columns] as whole numbers times a scale a column. */
interface QuantizedColumns {
  readonly codes: Int8Array;
  readonly scales: Float32Array;
}

/** The bias plus what rounding takes from the product of an average row. */
function correctBias(
  bias: Float32Array,
  weight: Float32Array,
  { codes, scales }: QuantizedColumns,
  { means, codedMeans }: ActivationCode,
): Float32Array {
  const sums = Float64Array.from(bias);
  for (const [at, value] of weight.entries()) {
    const column = at % bias.length;
    const row = Math.floor(at / bias.length);
    sums[column]! += means[row]! * value - codedMeans[row]! * codes[at]! * scales[column]!;
  }
  return Float32Array.from(sums);
}

/** Each column as codes -63..63 times a scale. */
function quantizeColumns(weight: Float32Array, columns: number): QuantizedColumns {
  const scales = new Float32Array(columns);
  for (let i = 0; i < weight.length; i++) scales[i % columns] = Math.max(scales[i % columns]!, Math.abs(weight[i]!));
  for (let column = 0; column < columns; column++) scales[column] = (scales[column]! || 1) / MAX_WEIGHT_CODE;
  const codes = Int8Array.from(weight, (value, i) => Math.round(value / scales[i % columns]!));
  return { codes, scales };
}
