import type { Attributes, ConstantData, GraphNode, GraphValue, ValueSource, ValueType } from "./graph.js";

/** Shape and type of what a node makes. */
export interface OutputSpec {
  readonly shape: readonly number[];
  readonly type: ValueType;
}

/**
 * Makes the values of one graph. Equal nodes on equal inputs are made once (all operators are pure), equal constants
 * too; what no output needs is never written.
 */
export interface GraphBuilder {
  /** Rows while tracing a program with a free batch: a prime that no other dimension has; else undefined. */
  readonly batchRows: number | undefined;
  /** An input whose first axis counts the free rows. */
  readonly rowsInput: GraphValue | undefined;
  input(name: string, shape: readonly number[], type: ValueType): GraphValue;
  uniform(value: number, shape: readonly number[], type: ValueType): GraphValue;
  constant(data: ConstantData, shape: readonly number[], type: ValueType): GraphValue;
  /** A one-dimensional int64 constant: axes, sizes, shapes. */
  int64(values: readonly number[]): GraphValue;
  node(
    op: string,
    inputs: readonly (GraphValue | undefined)[],
    outputs: readonly OutputSpec[],
    attributes?: Attributes,
    domain?: string,
  ): readonly GraphValue[];
  /** All non-uniform and uniform constants in order of creation. */
  readonly constants: readonly GraphValue[];
}

const SHARED_CONSTANT_LIMIT = 4096;

export function makeGraphBuilder(batchRows?: number): GraphBuilder {
  let nextId = 0;
  const shared = new Map<string, readonly GraphValue[]>();
  const constants: GraphValue[] = [];
  const value = (shape: readonly number[], type: ValueType, source: ValueSource): GraphValue => {
    return { id: nextId++, shape: [...shape], type, source };
  };
  const once = (key: string, make: () => readonly GraphValue[]): readonly GraphValue[] => {
    const found = shared.get(key);
    if (found !== undefined) return found;
    const made = make();
    shared.set(key, made);
    return made;
  };
  const makeConstant = (data: ConstantData, shape: readonly number[], type: ValueType): GraphValue => {
    const made = value(shape, type, { kind: "constant", data });
    constants.push(made);
    return made;
  };
  let rowsInput: GraphValue | undefined;
  const builder: GraphBuilder = {
    batchRows,
    get rowsInput() {
      return rowsInput;
    },
    constants,
    input: (name, shape, type) => {
      const made = once(`input:${name}`, () => [value(shape, type, { kind: "input", name })])[0]!;
      if (batchRows !== undefined && shape[0] === batchRows) rowsInput ??= made;
      return made;
    },
    uniform: (number, shape, type) =>
      once(`uniform:${type}:${shape}:${Object.is(number, -0) ? "-0" : number}`, () => {
        const made = value(shape, type, { kind: "uniform", value: number });
        constants.push(made);
        return [made];
      })[0]!,
    constant: (data, shape, type) => {
      if (data.length > SHARED_CONSTANT_LIMIT) return makeConstant(data, shape, type);
      return once(`constant:${type}:${shape}:${data}`, () => [makeConstant(data, shape, type)])[0]!;
    },
    int64: (values) => builder.constant(BigInt64Array.from(values.map(BigInt)), [values.length], "int64"),
    node: (op, inputs, outputs, attributes = {}, domain = "") => {
      const key = `node:${domain}:${op}:${inputs.map((input) => input?.id ?? "-")}:${JSON.stringify(attributes)}:${outputs
        .map((output) => `${output.type}[${output.shape}]`)
        .join()}`;
      return once(key, () => {
        const made: GraphValue[] = [];
        const node: GraphNode = { op, domain, inputs, attributes, outputs: made };
        outputs.forEach((output, index) => {
          made.push(value(output.shape, output.type, { kind: "node", node, index }));
        });
        return made;
      });
    },
  };
  return builder;
}
