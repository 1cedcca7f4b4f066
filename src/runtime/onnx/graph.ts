export type ValueType = "float32" | "int32" | "bool" | "int64";

export type Attribute =
  | { readonly kind: "int"; readonly value: number }
  | { readonly kind: "ints"; readonly value: readonly number[] }
  | { readonly kind: "float"; readonly value: number }
  | { readonly kind: "string"; readonly value: string };

export type Attributes = Readonly<Record<string, Attribute>>;

export interface GraphNode {
  readonly op: string;
  /** "" for the standard operators, "com.microsoft" for onnxruntime's own. */
  readonly domain: string;
  /** undefined: an optional input left out. */
  readonly inputs: readonly (GraphValue | undefined)[];
  readonly attributes: Attributes;
  readonly outputs: readonly GraphValue[];
}

export type ConstantData = Float32Array | Int32Array | BigInt64Array | Uint8Array;

/** Where a value comes from. A uniform constant is kept as one number, whatever its shape. */
export type ValueSource =
  | { readonly kind: "input"; readonly name: string }
  | { readonly kind: "uniform"; readonly value: number }
  | { readonly kind: "constant"; readonly data: ConstantData }
  | { readonly kind: "node"; readonly node: GraphNode; readonly index: number };

/** One edge of the graph. Ids rise in order of creation, so they order a graph topologically. */
export interface GraphValue {
  readonly id: number;
  readonly shape: readonly number[];
  readonly type: ValueType;
  readonly source: ValueSource;
}

export const int = (value: number): Attribute => ({ kind: "int", value });
export const ints = (value: readonly number[]): Attribute => ({ kind: "ints", value });
export const float = (value: number): Attribute => ({ kind: "float", value });
export const text = (value: string): Attribute => ({ kind: "string", value });

/** The node that makes a value, if it is one of operator `op`. */
export function producer(value: GraphValue, op: string): GraphNode | undefined {
  return value.source.kind === "node" && value.source.node.op === op ? value.source.node : undefined;
}

/** The number that fills a uniform constant. */
export function uniformOf(value: GraphValue): number | undefined {
  return value.source.kind === "uniform" ? value.source.value : undefined;
}

export function isSameShape(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((size, axis) => size === b[axis]);
}

/** All nodes that `outputs` depend on, each after what it needs. */
export function reachableNodes(outputs: Iterable<GraphValue>): readonly GraphNode[] {
  const seen = new Set<GraphNode>();
  const pending = [...outputs];
  for (let value = pending.pop(); value !== undefined; value = pending.pop()) {
    if (value.source.kind !== "node" || seen.has(value.source.node)) continue;
    seen.add(value.source.node);
    for (const input of value.source.node.inputs) if (input !== undefined) pending.push(input);
  }
  return [...seen].sort((a, b) => a.outputs[0]!.id - b.outputs[0]!.id);
}
