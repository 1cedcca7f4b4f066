import type { FeatureBatch } from "./completion-engine.js";
import type { FoldedNetwork } from "./folded-network.js";

/** start = former + the embeddings of the levels learned since; [rows, H]. */
export function addLearned(
  { width, embedding }: FoldedNetwork,
  { rows, former, learned }: Pick<FeatureBatch, "rows" | "former" | "learned">,
  start: Float32Array,
): void {
  start.set(former.subarray(0, rows * width));
  const perRow = learned.length / rows;
  for (let row = 0; row < rows; row++) {
    for (let at = row * perRow; at < (row + 1) * perRow; at++) {
      const from = learned[at]! * width;
      if (from >= embedding.length) continue;
      for (let i = 0; i < width; i++) start[row * width + i]! += embedding[from + i]!;
    }
  }
}
