import { SynthError } from "../../core/errors.js";
import type { Program, ProgramSpec } from "../program.js";

export async function compileOnnx(_spec: ProgramSpec, _threads: number): Promise<Program> {
  throw new SynthError("defect", "E_RUNTIME_ENGINE", "the onnx engine is being built");
}
