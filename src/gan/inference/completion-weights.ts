import type { CompletionShape } from "../networks/completion-network.js";
import type { LevelMap } from "../techniques/level-map.js";

/** A completion network's weights with what their shapes mean. */
export interface CompletionWeights {
  readonly shape: CompletionShape;
  readonly map: LevelMap;
  readonly views: Readonly<Record<string, Float32Array>>;
}
