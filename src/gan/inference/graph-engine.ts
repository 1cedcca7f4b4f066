import { openForwardSession, type ShapedBuffer } from "../../runtime/onnx/forward-session.js";
import type { CompletionEngine } from "./completion-engine.js";
import type { FoldedNetwork } from "./folded-network.js";

/** The graphs of a folded network: trunkGraph's and headGraph's bytes. */
export interface CompletionGraphs {
  readonly trunk: Uint8Array;
  readonly head: Uint8Array;
}

/** Looks at further outputs of the trunk, [rows, H] each, after every batch. */
export interface TrunkObserver {
  readonly names: readonly string[];
  observe(values: readonly Float32Array[]): void;
}

/** An engine on onnxruntime and one thread, for batches of at most `maxRows` rows. */
export async function openGraphEngine(
  { width, latent, heads }: FoldedNetwork,
  graphs: CompletionGraphs,
  maxRows: number,
  observer?: TrunkObserver,
): Promise<CompletionEngine> {
  const trunk = await openForwardSession(graphs.trunk);
  const head = await openForwardSession(graphs.head);
  const features = new Float32Array(maxRows * width);
  const shares = new Float32Array(maxRows * heads.reduce((most, { bias }) => Math.max(most, bias.length), 0));
  let rowCount = 0;
  return {
    features: async ({ rows, former, learned, z, start }) => {
      rowCount = rows;
      const outputs: Record<string, ShapedBuffer> = {
        start: { data: start, shape: [rows, width] },
        features: { data: features, shape: [rows, width] },
      };
      const observed = observer?.names.map(() => new Float32Array(rows * width)) ?? [];
      for (const [at, data] of observed.entries()) outputs[observer!.names[at]!] = { data, shape: [rows, width] };
      const inputs = {
        former: { data: former, shape: [rows, width] },
        learned: { data: learned, shape: [rows, learned.length / rows] },
        ...(z !== undefined && { z: { data: z, shape: [rows, latent] } }),
      };
      await trunk.run(inputs, outputs);
      observer?.observe(observed);
    },
    shares: async (field, bias) => {
      const inputs = {
        features: { data: features, shape: [rowCount, width] },
        weight: { data: heads[field]!.weight, shape: [width, bias.length] },
        bias: { data: bias, shape: [bias.length] },
      };
      await head.run(inputs, { shares: { data: shares, shape: [rowCount, bias.length] } });
      return shares;
    },
    dispose: async () => {
      await trunk.dispose();
      await head.dispose();
    },
  };
}
