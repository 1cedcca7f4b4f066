import { makeRandom, type RandomStream } from "../../src/core/random.js";
import { sizeOfShape } from "../../src/runtime/buffers.js";
import { compile } from "../../src/runtime/compile.js";
import { makeParameters } from "../../src/runtime/parameters.js";
import type { Buffers, EngineName, ProgramSpec, TensorSpecs } from "../../src/runtime/program.js";

export interface RunResult {
  readonly outputs: Record<string, number[]>;
  readonly gradients: Record<string, number[]>;
}

/** Fills buffers for specs: normals for float32, 0..4 for int32. */
export function randomBuffers(specs: TensorSpecs, random: RandomStream): Record<string, Float32Array | Int32Array> {
  const entries = Object.entries(specs).map(([name, { shape, type }]) => {
    const size = sizeOfShape(shape);
    if (type === "int32") return [name, Int32Array.from({ length: size }, () => random.integer(5))] as const;
    const values = new Float32Array(size);
    random.fillNormal(values);
    return [name, values] as const;
  });
  return Object.fromEntries(entries);
}

/** Compiles and runs once; gradients too where the program has a loss and they are asked for. */
export async function runOn(
  engine: EngineName,
  spec: ProgramSpec,
  parameters: Buffers,
  inputs: Buffers,
  withGradients = true,
): Promise<RunResult> {
  const program = await compile(spec, { engine });
  const gradients = makeParameters(spec.parameters);
  const outputs = await program.run(parameters, inputs, withGradients ? gradients.views : undefined);
  const copy = (buffers: Buffers): Record<string, number[]> =>
    Object.fromEntries(Object.entries(buffers).map(([name, buffer]) => [name, Array.from(buffer)]));
  const result = { outputs: copy(outputs), gradients: withGradients ? copy(gradients.views) : {} };
  await program.dispose();
  return result;
}

/** Largest |a - b| / max(1, |b|) over all named buffers. */
export function worstDifference(a: Record<string, number[]>, b: Record<string, number[]>): number {
  let worst = 0;
  for (const [name, values] of Object.entries(b)) {
    if (a[name]?.length !== values.length) return Number.POSITIVE_INFINITY;
    values.forEach((value, i) => {
      const other = a[name]![i]!;
      if (Object.is(value, other)) return;
      const difference = Math.abs(value - other) / Math.max(1, Math.abs(value));
      worst = Number.isNaN(difference) ? Number.POSITIVE_INFINITY : Math.max(worst, difference);
    });
  }
  return worst;
}

export const random = (label: string): RandomStream => makeRandom(20261122).fork(label);
