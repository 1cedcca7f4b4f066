import { SynthError } from "../core/errors.js";
import { sizeOfShape } from "./buffers.js";
import { fuseGraph } from "./onnx/fuse.js";
import { serializeGraph } from "./onnx/serialize.js";
import { INPUT_PREFIX, PARAMETER_PREFIX, traceProgram } from "./onnx/trace.js";
import type { Buffers, ProgramSpec } from "./program.js";

/**
 * A program's forward pass as an ONNX file (opset 17, standard operators only) with its weights inside. Inputs and
 * outputs keep their names, weights are called `weights/<name>`; with `freeBatch` the first axis of both is free and
 * named `rows`. The same spec and weights give the same bytes.
 * Throws E_RUNTIME_KERNEL, E_RUNTIME_BATCH_BAKED, E_RUNTIME_BUFFER_LENGTH.
 */
export function exportOnnx(spec: ProgramSpec, parameters: Buffers): Uint8Array {
  const traced = traceProgram(spec, false);
  const weights = Object.entries(spec.parameters).map(([name, { shape }]): [string, Float32Array] => [
    PARAMETER_PREFIX + name,
    requireWeights(spec, name, sizeOfShape(shape), parameters[name]),
  ]);
  return serializeGraph({
    name: spec.name,
    outputs: fuseGraph(traced.graph, traced.outputs),
    inputName: (name) => fileName(name),
    weights: Object.fromEntries(weights),
    batchRows: traced.graph.batchRows,
  });
}

function fileName(name: string): string {
  if (name.startsWith(INPUT_PREFIX)) return name.slice(INPUT_PREFIX.length);
  return `weights/${name.slice(PARAMETER_PREFIX.length)}`;
}

function requireWeights(
  spec: ProgramSpec,
  name: string,
  size: number,
  buffer: Float32Array | Int32Array | undefined,
): Float32Array {
  if (buffer instanceof Float32Array && buffer.length === size) return buffer;
  const found = buffer === undefined ? "none" : `${buffer.length}`;
  const message = `program ${spec.name}: weight ${name} must have ${size} float32 elements; got ${found}`;
  throw new SynthError("defect", "E_RUNTIME_BUFFER_LENGTH", message);
}
