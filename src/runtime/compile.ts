import type { CompileOptions, Program, ProgramSpec } from "./program.js";

/**
 * Makes a program runnable: `onnx` traces it once into a graph for onnxruntime, `tensorflow` and `cpu` call it eagerly.
 * Engines are loaded when they are asked for.
 * Throws E_RUNTIME_KERNEL for an operation that an engine lacks, E_RUNTIME_TENSORFLOW_MISSING when that engine is not
 * installed.
 */
export async function compile(spec: ProgramSpec, options: CompileOptions): Promise<Program> {
  switch (options.engine) {
    case "onnx": {
      const { compileOnnx } = await import("./onnx/compile-onnx.js");
      return compileOnnx(spec, options);
    }
    case "tensorflow": {
      const { compileTensorflow } = await import("./tensorflow-engine.js");
      return compileTensorflow(spec, options.threads ?? 1);
    }
    case "cpu": {
      const { compileCpu } = await import("./cpu-engine.js");
      return compileCpu(spec);
    }
    default:
      return options.engine satisfies never;
  }
}
