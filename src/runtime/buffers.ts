import { SynthError } from "../core/errors.js";
import type { Buffers, ProgramSpec, TensorSpec, TensorSpecs } from "./program.js";

/** Number of elements of a shape; 1 for a scalar. */
export function sizeOfShape(shape: readonly number[]): number {
  return shape.reduce((size, length) => size * length, 1);
}

/** The parameters that a program differentiates with respect to, in the order of the specs. */
export function trainableNames(spec: ProgramSpec): readonly string[] {
  return spec.trainable ?? Object.keys(spec.parameters);
}

/**
 * Checks every buffer of one run and returns the number of rows of this run (undefined when the shapes are fixed).
 * Throws E_RUNTIME_BUFFER_MISSING, E_RUNTIME_BUFFER_TYPE or E_RUNTIME_BUFFER_LENGTH, naming the program and the buffer.
 */
export function checkBuffers(
  spec: ProgramSpec,
  parameters: Buffers,
  inputs: Buffers,
  gradients: Buffers | undefined,
): number | undefined {
  checkAll(spec, "parameter", spec.parameters, parameters, undefined);
  const rows = spec.freeBatch === true ? rowsOf(spec, inputs) : undefined;
  checkAll(spec, "input", spec.inputs, inputs, rows);
  if (gradients !== undefined) {
    const specs = Object.fromEntries(trainableNames(spec).map((name) => [name, spec.parameters[name]!]));
    checkAll(spec, "gradient", specs, gradients, undefined);
  }
  return rows;
}

/** The shape of one run: the first axis replaced by `rows` where the batch is free. */
export function boundShape(shape: readonly number[], rows: number | undefined): number[] {
  return rows === undefined ? [...shape] : [rows, ...shape.slice(1)];
}

function rowsOf(spec: ProgramSpec, inputs: Buffers): number {
  const [name, first] = Object.entries(spec.inputs)[0]!;
  const width = sizeOfShape(first.shape.slice(1));
  const length = requireBuffer(spec, "input", name, inputs).length;
  if (length % width !== 0 || length === 0) {
    throw lengthError(spec, "input", name, length, `a multiple of ${width}, at least ${width}`);
  }
  return length / width;
}

function checkAll(
  spec: ProgramSpec,
  role: string,
  specs: TensorSpecs,
  buffers: Buffers,
  rows: number | undefined,
): void {
  for (const name in specs) {
    const buffer = requireBuffer(spec, role, name, buffers);
    checkType(spec, role, name, specs[name]!, buffer);
    const expected = sizeOfShape(boundShape(specs[name]!.shape, rows));
    if (buffer.length !== expected) throw lengthError(spec, role, name, buffer.length, String(expected));
  }
}

function requireBuffer(spec: ProgramSpec, role: string, name: string, buffers: Buffers): Float32Array | Int32Array {
  const buffer = buffers[name];
  if (buffer !== undefined) return buffer;
  throw new SynthError("defect", "E_RUNTIME_BUFFER_MISSING", `program ${spec.name}: no buffer for ${role} ${name}`);
}

function checkType(spec: ProgramSpec, role: string, name: string, tensor: TensorSpec, buffer: ArrayBufferView): void {
  const isRight =
    (tensor.type ?? "float32") === "int32" ? buffer instanceof Int32Array : buffer instanceof Float32Array;
  if (isRight) return;
  const message = `program ${spec.name}: ${role} ${name} must be a ${tensor.type ?? "float32"} buffer`;
  throw new SynthError("defect", "E_RUNTIME_BUFFER_TYPE", message);
}

function lengthError(spec: ProgramSpec, role: string, name: string, length: number, expected: string): SynthError {
  const message = `program ${spec.name}: ${role} ${name} must have ${expected} elements; got ${length}`;
  return new SynthError("defect", "E_RUNTIME_BUFFER_LENGTH", message);
}
