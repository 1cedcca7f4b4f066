import onnxProto from "onnx-proto";
import {
  type Attribute,
  type ConstantData,
  type GraphNode,
  type GraphValue,
  reachableNodes,
  type ValueType,
} from "./graph.js";

const { onnx } = onnxProto;

/** Names and free dimensions of a written graph. */
export interface GraphFile {
  readonly name: string;
  /** Output values by the names that they shall have. */
  readonly outputs: Readonly<Record<string, GraphValue>>;
  /** Name of a graph input in the file. */
  readonly inputName: (name: string) => string;
  /** Values of graph inputs that become initializers. */
  readonly weights?: Readonly<Record<string, Float32Array>>;
  /** The dimension that counts free rows. */
  readonly batchRows?: number | undefined;
}

const OPSET = 17;
const MICROSOFT_OPSET = 1;
const IR_VERSION = 8;

const ELEMENT_TYPES = { float32: 1, int32: 6, int64: 7, bool: 9 } as const satisfies Record<ValueType, number>;

/** An ONNX ModelProto of what the outputs need, and nothing else. */
export function serializeGraph(file: GraphFile): Uint8Array {
  const nodes = reachableNodes(Object.values(file.outputs));
  const writer = makeWriter(file);
  const nodeProtos = nodes.map((node) => writer.node(node));
  const renames = Object.entries(file.outputs).map(([name, value]) => {
    return { opType: "Identity", input: [writer.nameOf(value)], output: [name], name: `Identity_${name}` };
  });
  const outputs = Object.entries(file.outputs).map(([name, value]) => valueInfo(file, name, value));
  const model = onnx.ModelProto.create({
    irVersion: IR_VERSION,
    producerName: "synth",
    opsetImport: opsets(nodes),
    graph: {
      name: file.name,
      node: [...nodeProtos, ...renames.filter((rename) => rename.input[0] !== rename.output[0])],
      initializer: writer.initializers,
      input: writer.inputs,
      output: outputs,
    },
  });
  return onnx.ModelProto.encode(model).finish();
}

function opsets(nodes: readonly GraphNode[]): { domain: string; version: number }[] {
  const standard = { domain: "", version: OPSET };
  const isStandard = nodes.every(({ domain }) => domain === "");
  return isStandard ? [standard] : [standard, { domain: "com.microsoft", version: MICROSOFT_OPSET }];
}

interface Writer {
  readonly initializers: object[];
  readonly inputs: object[];
  nameOf(value: GraphValue): string;
  node(node: GraphNode): object;
}

function makeWriter(file: GraphFile): Writer {
  const names = new Map<GraphValue, string>();
  // A node's result takes the name of the (first) output that it is.
  for (const [name, value] of Object.entries(file.outputs)) {
    if (value.source.kind === "node" && !names.has(value)) names.set(value, name);
  }
  const initializers: object[] = [];
  const inputs: object[] = [];
  const declare = (value: GraphValue): string => {
    switch (value.source.kind) {
      case "node":
        return `values/${value.id}`;
      case "input": {
        const weight = file.weights?.[value.source.name];
        const name = file.inputName(value.source.name);
        if (weight === undefined) inputs.push(valueInfo(file, name, value));
        else initializers.push(tensorProto(name, value, weight));
        return name;
      }
      case "uniform":
        initializers.push(tensorProto(`constants/${value.id}`, value, filled(value, value.source.value)));
        return `constants/${value.id}`;
      case "constant":
        initializers.push(tensorProto(`constants/${value.id}`, value, value.source.data));
        return `constants/${value.id}`;
      default:
        return value.source satisfies never;
    }
  };
  const nameOf = (value: GraphValue): string => {
    const known = names.get(value);
    if (known !== undefined) return known;
    const name = declare(value);
    names.set(value, name);
    return name;
  };
  const node = ({ op, domain, inputs: values, outputs, attributes }: GraphNode): object => ({
    name: `${op}_${outputs[0]!.id}`,
    opType: op,
    domain,
    input: values.map((value) => (value === undefined ? "" : nameOf(value))),
    output: outputs.map(nameOf),
    attribute: Object.entries(attributes).map(([name, attribute]) => attributeProto(name, attribute)),
  });
  return { initializers, inputs, nameOf, node };
}

function valueInfo(file: GraphFile, name: string, value: GraphValue): object {
  const dimensions = value.shape.map((size) => (size === file.batchRows ? { dimParam: "rows" } : { dimValue: size }));
  const tensorType = { elemType: ELEMENT_TYPES[value.type], shape: { dim: dimensions } };
  return { name, type: { tensorType } };
}

function attributeProto(name: string, attribute: Attribute): object {
  switch (attribute.kind) {
    case "int":
      return { name, type: 2, i: attribute.value };
    case "ints":
      return { name, type: 7, ints: [...attribute.value] };
    case "float":
      return { name, type: 1, f: attribute.value };
    case "string":
      return { name, type: 3, s: new TextEncoder().encode(attribute.value) };
    default:
      return attribute satisfies never;
  }
}

function tensorProto(name: string, value: GraphValue, data: ConstantData): object {
  const rawData = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  return { name, dims: [...value.shape], dataType: ELEMENT_TYPES[value.type], rawData };
}

function filled(value: GraphValue, number: number): ConstantData {
  const size = value.shape.reduce((product, length) => product * length, 1);
  switch (value.type) {
    case "float32":
      return new Float32Array(size).fill(number);
    case "int32":
      return new Int32Array(size).fill(number);
    case "bool":
      return new Uint8Array(size).fill(number);
    case "int64":
      return new BigInt64Array(size).fill(BigInt(number));
    default:
      return value.type satisfies never;
  }
}
