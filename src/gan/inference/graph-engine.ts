import { type ForwardSession, openForwardSession, type ShapedBuffer } from "../../runtime/onnx/forward-session.js";
import type { CompletionEngine, FeatureBatch } from "./completion-engine.js";
import type { FoldedNetwork } from "./folded-network.js";

/** The graphs of a folded network: what trunkGraph, embeddingGraph, headGraph and groupHeadGraph write. */
export interface CompletionGraphs {
  readonly trunk: Uint8Array;
  readonly embedding: Uint8Array;
  readonly head: Uint8Array;
  /** For groups of fields that are drawn together. */
  readonly groups: readonly { readonly fields: readonly number[]; readonly head: Uint8Array }[];
}

/** Looks at outputs of the trunk by their names, [rows, H] each, after every batch. */
export interface TrunkObserver {
  readonly names: readonly string[];
  observe(values: readonly Float32Array[]): void;
}

/** Embeddings a row that the graph adds up: it holds them all at once, [rows, m, H]. */
const MAX_GATHERED = 16;

/** An engine on onnxruntime and one thread, for batches of at most `maxRows` rows. */
export async function openGraphEngine(
  network: FoldedNetwork,
  graphs: CompletionGraphs,
  maxRows: number,
  observer?: TrunkObserver,
): Promise<CompletionEngine> {
  const { width, latent } = network;
  const trunk = await openForwardSession(graphs.trunk);
  const heads = await openHeads(network, graphs, maxRows);
  const features = new Float32Array(maxRows * width);
  const adder = makeAdder(network, graphs.embedding, maxRows);
  let rowCount = 0;
  return {
    features: async (batch) => {
      const { rows, former, learned, z, start } = await adder.shorten(batch);
      rowCount = rows;
      const shape = [rows, width];
      const outputs: Record<string, ShapedBuffer> = {
        start: { data: start, shape },
        features: { data: features, shape },
      };
      for (const name of observer?.names ?? []) outputs[name] ??= { data: new Float32Array(rows * width), shape };
      const inputs = {
        former: { data: former, shape },
        learned: { data: learned, shape: [rows, learned.length / rows] },
        ...(z !== undefined && { z: { data: z, shape: [rows, latent] } }),
      };
      await trunk.run(inputs, outputs);
      observer?.observe(observer.names.map((name) => outputs[name]!.data.subarray(0, rows * width) as Float32Array));
    },
    shares: (fields, biases) => heads.run({ data: features, shape: [rowCount, width] }, fields, biases),
    dispose: async () => {
      await trunk.dispose();
      await adder.dispose();
      await heads.dispose();
    },
  };
}

/** Adds up what is learned of many fields at once, some fields a run; leaves other batches as they are. */
function makeAdder({ width, starts }: FoldedNetwork, graph: Uint8Array, maxRows: number) {
  let session: ForwardSession | undefined;
  let [sums, spare] = [new Float32Array(0), new Float32Array(0)];
  return {
    shorten: async (batch: FeatureBatch): Promise<FeatureBatch> => {
      const { rows, learned } = batch;
      const perRow = learned.length / rows;
      if (perRow <= MAX_GATHERED) return batch;
      session ??= await openForwardSession(graph);
      if (sums.length === 0) [sums, spare] = [new Float32Array(maxRows * width), new Float32Array(maxRows * width)];
      const shape = [rows, width];
      let former = batch.former;
      for (let from = 0; from < perRow; from += MAX_GATHERED) {
        const part = takeColumns(learned, perRow, from, Math.min(perRow, from + MAX_GATHERED));
        const inputs = { former: { data: former, shape }, learned: { data: part, shape: [rows, part.length / rows] } };
        await session.run(inputs, { start: { data: sums, shape } });
        former = sums;
        [sums, spare] = [spare, sums];
      }
      return { ...batch, former, learned: new Int32Array(rows).fill(starts[starts.length - 1]!) };
    },
    dispose: async () => session?.dispose(),
  };
}

function takeColumns(matrix: Int32Array, width: number, from: number, to: number): Int32Array {
  const taken = new Int32Array((matrix.length / width) * (to - from));
  for (let at = 0, start = from; at < taken.length; at += to - from, start += width) {
    taken.set(matrix.subarray(start, start + to - from), at);
  }
  return taken;
}

async function openHeads({ heads, width }: FoldedNetwork, graphs: CompletionGraphs, maxRows: number) {
  const single = await openForwardSession(graphs.head);
  const groups = new Map<string, ForwardSession>();
  for (const { fields, head } of graphs.groups) groups.set(fields.join(), await openForwardSession(head));
  const buffers = new Map<number, Float32Array>();
  const sharesOf = (field: number): Float32Array => {
    const made = buffers.get(field) ?? new Float32Array(maxRows * heads[field]!.bias.length);
    buffers.set(field, made);
    return made;
  };
  const runSingle = async (features: ShapedBuffer, field: number, bias: Float32Array): Promise<void> => {
    const weight = { data: heads[field]!.weight, shape: [width, bias.length] };
    const inputs = { features, weight, bias: { data: bias, shape: [bias.length] } };
    await single.run(inputs, { shares0: { data: sharesOf(field), shape: [features.shape[0]!, bias.length] } });
  };
  return {
    run: async (features: ShapedBuffer, fields: readonly number[], biases: readonly Float32Array[]) => {
      const group = groups.get(fields.join());
      if (group === undefined)
        for (const [at, field] of fields.entries()) await runSingle(features, field, biases[at]!);
      else {
        const bias = joined(biases);
        const outputs = fields.map((field, at): [string, ShapedBuffer] => [
          `shares${at}`,
          { data: sharesOf(field), shape: [features.shape[0]!, biases[at]!.length] },
        ]);
        await group.run({ features, bias: { data: bias, shape: [bias.length] } }, Object.fromEntries(outputs));
      }
      return fields.map(sharesOf);
    },
    dispose: async () => {
      for (const session of [single, ...groups.values()]) await session.dispose();
    },
  };
}

function joined(arrays: readonly Float32Array[]): Float32Array {
  const whole = new Float32Array(arrays.reduce((sum, { length }) => sum + length, 0));
  let start = 0;
  for (const array of arrays) {
    whole.set(array, start);
    start += array.length;
  }
  return whole;
}
