import type { FoldedNetwork } from "./folded-network.js";

/**
 * A field's output bias [levels] with -Infinity where a level cannot be drawn: copy levels whose source is not known; all
 * copy levels where `isKnown` is undefined.
 *
 * @param isKnown 1 for the fields that are known, [K]
 */
export function allowedBias(network: FoldedNetwork, field: number, isKnown: Uint8Array | undefined): Float32Array {
  const { bias } = network.heads[field]!;
  const closed = network.copies[field]!.filter(({ source }) => isKnown?.[source] !== 1);
  if (closed.length === 0) return bias;
  const allowed = bias.slice();
  for (const { level } of closed) allowed[level - network.starts[field]!] = Number.NEGATIVE_INFINITY;
  return allowed;
}
