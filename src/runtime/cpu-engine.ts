import "@tensorflow/tfjs-backend-cpu";
import * as tf from "@tensorflow/tfjs-core";
import { makeEagerProgram } from "./eager-program.js";
import { registerGradients } from "./gradients/register.js";
import type { Program, ProgramSpec } from "./program.js";

/** The reference engine: TensorFlow.js' pure JavaScript kernels, eagerly. */
export function compileCpu(spec: ProgramSpec): Program {
  // Else the backend greets on stderr.
  tf.enableProdMode();
  registerGradients();
  return makeEagerProgram(spec, "cpu");
}
