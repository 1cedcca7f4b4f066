import { sizeOfShape } from "./buffers.js";
import type { TensorSpecs } from "./program.js";

/** Weights (or gradients, or averages of weights) as views into one flat buffer, in the order of the specs. */
export interface Parameters {
  /** All values one after the other: what optimizers work on. */
  readonly flat: Float32Array;
  /** The same memory by name, row-major. */
  readonly views: Readonly<Record<string, Float32Array>>;
  readonly specs: TensorSpecs;
  /** [start, end) of each view within `flat`. */
  readonly ranges: Readonly<Record<string, readonly [number, number]>>;
}

/** One zeroed flat buffer with a view for each of `specs` (float32). */
export function makeParameters(specs: TensorSpecs): Parameters {
  const names = Object.keys(specs);
  const flat = new Float32Array(names.reduce((total, name) => total + sizeOfShape(specs[name]!.shape), 0));
  const views: Record<string, Float32Array> = {};
  const ranges: Record<string, readonly [number, number]> = {};
  let start = 0;
  for (const name of names) {
    const end = start + sizeOfShape(specs[name]!.shape);
    views[name] = flat.subarray(start, end);
    ranges[name] = [start, end];
    start = end;
  }
  return { flat, views, specs, ranges };
}

/** A copy in a buffer of its own. */
export function copyParameters(parameters: Parameters): Parameters {
  const copy = makeParameters(parameters.specs);
  copy.flat.set(parameters.flat);
  return copy;
}
