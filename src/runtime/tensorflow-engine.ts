import util from "node:util";
import { SynthError } from "../core/errors.js";
import { makeEagerProgram } from "./eager-program.js";
import { registerGradients } from "./gradients/register.js";
import type { Program, ProgramSpec } from "./program.js";

/**
 * The same functions on @tensorflow/tfjs-node, eagerly. The package is optional.
 * Throws E_RUNTIME_TENSORFLOW_MISSING when it, or its native half, is not there.
 *
 * @param threads counts for the whole process from the first program on: TensorFlow reads it once
 */
export async function compileTensorflow(spec: ProgramSpec, threads: number): Promise<Program> {
  await loadTensorflow(threads);
  registerGradients();
  return makeEagerProgram(spec, "tensorflow");
}

async function loadTensorflow(threads: number): Promise<void> {
  process.env.TF_NUM_INTRAOP_THREADS ??= String(threads);
  process.env.TF_CPP_MIN_LOG_LEVEL ??= "2";
  // Newer versions of Node lack a function that the package calls.
  const shim: { isNullOrUndefined?: (value: unknown) => boolean } = util;
  shim.isNullOrUndefined ??= (value) => value === null || value === undefined;
  // Not a literal: the package may be missing where this is compiled.
  const name: string = "@tensorflow/tfjs-node";
  try {
    await import(name);
  } catch (cause) {
    throw new SynthError("usage", "E_RUNTIME_TENSORFLOW_MISSING", "the tensorflow engine is not installed", {
      hint: "run `npm run install:tensorflow`, or use another engine",
      cause,
    });
  }
}
