import type { EngineName } from "../../runtime/program.js";
import { fitActivationCodes } from "./activation-codes.js";
import { BATCH_ROWS, type CompletionEngine } from "./completion-engine.js";
import { embeddingGraph, groupHeadGraph, headGraph, trunkGraph } from "./completion-graph.js";
import type { CompletionWeights } from "./completion-weights.js";
import { type FoldedNetwork, foldNetwork } from "./folded-network.js";
import { type CompletionGraphs, openGraphEngine } from "./graph-engine.js";
import { openProgramEngine } from "./program-engine.js";
import type { SamplingOrder } from "./sample-chunk.js";

/** How the blocks' products are computed: eight bits are twice as fast, and shift a conditional by about .002. */
export type Precision = "int8" | "float32";

/** What drawing rows of a completion network takes. Plain data: workers can be sent it. */
export interface SamplingJob {
  readonly network: FoldedNetwork;
  readonly order: SamplingOrder;
  /** What runs it: graphs on onnxruntime, or float32 programs of another engine. */
  readonly engine:
    | { readonly kind: "graphs"; readonly graphs: CompletionGraphs }
    | { readonly kind: "programs"; readonly name: EngineName; readonly threads: number };
}

/** How a network is to be sampled. */
export interface SamplingPlan {
  readonly order: SamplingOrder;
  /** Whether z is random (else 0). */
  readonly withLatent: boolean;
  /** Of the onnx engine; the others have float32 only. */
  readonly precision: Precision;
  readonly engine: EngineName;
  readonly threads: number;
}

/** Prepares a network for sampling; with int8 by sampling a batch of rows in float32 first. */
export async function makeSamplingJob(weights: CompletionWeights, plan: SamplingPlan): Promise<SamplingJob> {
  const { order, withLatent, precision, engine, threads } = plan;
  const network = foldNetwork(weights, withLatent);
  if (engine !== "onnx") return { network, order, engine: { kind: "programs", name: engine, threads } };
  const codes = precision === "int8" ? await fitActivationCodes(network, order) : undefined;
  const trunk = trunkGraph(
    network,
    codes === undefined ? { kind: "float32" } : { kind: "int8", codes: codes.products },
  );
  const groups = (order.kind === "groups" ? order.groups : [])
    .filter((fields) => fields.length > 1)
    .map((fields) => ({ fields, head: groupHeadGraph(network, fields, codes?.features) }));
  return {
    network,
    order,
    engine: {
      kind: "graphs",
      graphs: { trunk, embedding: embeddingGraph(network), head: headGraph(network.width), groups },
    },
  };
}

/** The engine that a job runs on. */
export function openSamplingEngine({ network, engine }: SamplingJob): Promise<CompletionEngine> {
  return engine.kind === "graphs"
    ? openGraphEngine(network, engine.graphs, BATCH_ROWS)
    : openProgramEngine(network, { engine: engine.name, threads: engine.threads });
}
