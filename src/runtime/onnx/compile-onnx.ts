import "./without-telemetry.js";
import { InferenceSession } from "onnxruntime-node";
import { boundShape, checkBuffers, trainableNames } from "../buffers.js";
import type { Buffers, CompileOptions, Program, ProgramSpec, TensorSpecs } from "../program.js";
import { fuseGraph } from "./fuse.js";
import type { GraphValue } from "./graph.js";
import { countMultiplications } from "./matrix-products.js";
import { serializeGraph } from "./serialize.js";
import { makeTensorCache, type TensorCache } from "./tensor-cache.js";
import { INPUT_PREFIX, PARAMETER_PREFIX, type TracedProgram, traceProgram } from "./trace.js";

const OUTPUT_PREFIX = "outputs/";
const GRADIENT_PREFIX = "gradients/";
const MULTIPLICATIONS_A_THREAD = 1e8;

/**
 * Traces a program and prepares it for onnxruntime. The graph with gradients and the one without are separate sessions,
 * each made when first needed; a program whose first run asks for gradients never makes the other.
 */
export async function compileOnnx(spec: ProgramSpec, options: Omit<CompileOptions, "engine">): Promise<Program> {
  const forward = traceProgram(spec, false);
  const outputSpecs = describeOutputs(spec, forward);
  const tensors = makeTensorCache();
  const stages = new Map<boolean, Promise<Stage>>();
  const stageOf = (withGradients: boolean): Promise<Stage> => {
    const known = stages.get(withGradients);
    if (known !== undefined) return known;
    const traced = withGradients ? traceProgram(spec, true) : forward;
    const made = openStage(spec, traced, options);
    stages.set(withGradients, made);
    return made;
  };
  const outputs: Record<string, Float32Array | Int32Array> = {};
  return {
    spec,
    outputSpecs,
    run: async (parameters, inputs, gradients) => {
      const rows = checkBuffers(spec, parameters, inputs, gradients);
      const stage = await stageOf(gradients !== undefined);
      fitOutputs(spec, outputSpecs, rows, outputs);
      await runStage(stage, { spec, tensors, rows, parameters, inputs, gradients, outputs, outputSpecs });
      return outputs;
    },
    dispose: async () => {
      for (const stage of stages.values()) {
        const { session } = await stage;
        if (options.profileTo !== undefined) session.endProfiling();
        await session.release();
      }
      stages.clear();
    },
  };
}

interface Stage {
  readonly session: InferenceSession;
  /** Trainable parameters that the loss does not reach: their gradients are zero. */
  readonly unreached: readonly string[];
}

async function openStage(
  spec: ProgramSpec,
  traced: TracedProgram,
  { threads = 1, profileTo }: Omit<CompileOptions, "engine">,
): Promise<Stage> {
  const outputs = fusedOutputs(traced);
  const { batchRows } = traced.graph;
  const model = serializeGraph({ name: spec.name, outputs, inputName: (name) => name, batchRows });
  const session = await InferenceSession.create(model, {
    graphOptimizationLevel: "all",
    intraOpNumThreads: spec.freeBatch === true ? threads : usefulThreads(outputs, threads),
    interOpNumThreads: 1,
    executionMode: "sequential",
    logSeverityLevel: 3,
    ...(profileTo !== undefined && { enableProfiling: true, profileFilePrefix: profileTo }),
    // Threads that wait in a loop for each other cost more than they bring as soon as the other core has work of its own.
    extra: { session: { set_denormal_as_zero: "1", intra_op: { allow_spinning: "0" } } },
  });
  return { session, unreached: trainableNames(spec).filter((name) => traced.gradients[name] === undefined) };
}

/**
 * A thread for every hundred million multiplications: with less to do, waking each other costs more than a second thread
 * brings (docs/decisions/0008-threads.md). It depends on the program alone, so that a machine's load never changes bytes.
 */
function usefulThreads(outputs: Readonly<Record<string, GraphValue>>, threads: number): number {
  const useful = Math.floor(countMultiplications(Object.values(outputs)) / MULTIPLICATIONS_A_THREAD);
  return Math.max(1, Math.min(threads, useful));
}

/** The rewritten graph's outputs and gradients, by the engine's names for them. */
function fusedOutputs(traced: TracedProgram): Record<string, GraphValue> {
  const named: Record<string, GraphValue> = {};
  for (const [name, value] of Object.entries(traced.outputs)) named[OUTPUT_PREFIX + name] = value;
  for (const [name, value] of Object.entries(traced.gradients)) named[GRADIENT_PREFIX + name] = value;
  return fuseGraph(traced.graph, named);
}

interface Run {
  readonly spec: ProgramSpec;
  readonly tensors: TensorCache;
  readonly rows: number | undefined;
  readonly parameters: Buffers;
  readonly inputs: Buffers;
  readonly gradients: Readonly<Record<string, Float32Array>> | undefined;
  readonly outputs: Buffers;
  readonly outputSpecs: TensorSpecs;
}

async function runStage(stage: Stage, run: Run): Promise<void> {
  const feeds: Record<string, ReturnType<TensorCache>> = {};
  const fetches: Record<string, ReturnType<TensorCache>> = {};
  const used = new Set(stage.session.inputNames);
  const feed = (prefix: string, specs: TensorSpecs, buffers: Buffers, rows: number | undefined): void => {
    for (const name in specs) {
      if (used.has(prefix + name))
        feeds[prefix + name] = run.tensors(buffers[name]!, boundShape(specs[name]!.shape, rows));
    }
  };
  feed(PARAMETER_PREFIX, run.spec.parameters, run.parameters, undefined);
  feed(INPUT_PREFIX, run.spec.inputs, run.inputs, run.rows);
  for (const name in run.outputSpecs) {
    fetches[OUTPUT_PREFIX + name] = run.tensors(run.outputs[name]!, boundShape(run.outputSpecs[name]!.shape, run.rows));
  }
  if (run.gradients !== undefined) {
    for (const name of trainableNames(run.spec)) {
      if (stage.unreached.includes(name)) run.gradients[name]!.fill(0);
      else fetches[GRADIENT_PREFIX + name] = run.tensors(run.gradients[name]!, run.spec.parameters[name]!.shape);
    }
  }
  await stage.session.run(feeds, fetches);
}

function describeOutputs(spec: ProgramSpec, traced: TracedProgram): TensorSpecs {
  const rows = spec.freeBatch === true ? Object.values(spec.inputs)[0]!.shape[0]! : undefined;
  return Object.fromEntries(
    Object.entries(traced.outputs).map(([name, value]) => [
      name,
      { shape: boundShape(value.shape, rows), type: value.type === "int32" ? "int32" : "float32" } as const,
    ]),
  );
}

function fitOutputs(
  spec: ProgramSpec,
  specs: TensorSpecs,
  rows: number | undefined,
  outputs: Record<string, Float32Array | Int32Array>,
): void {
  for (const [name, { shape, type }] of Object.entries(specs)) {
    const size = boundShape(shape, spec.freeBatch === true ? rows : undefined).reduce((a, b) => a * b, 1);
    if (outputs[name]?.length === size) continue;
    outputs[name] = type === "int32" ? new Int32Array(size) : new Float32Array(size);
  }
}
