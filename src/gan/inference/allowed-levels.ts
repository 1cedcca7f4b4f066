import type { FoldedNetwork } from "./folded-network.js";

/**
 * A field's output bias [levels] with -Infinity where a level cannot be drawn: copy levels whose source is not known, all
 * copy levels where `isKnown` is undefined; and the levels in `closed`, of the concatenation.
 *
 * @param isKnown 1 for the fields that are known, [K]
 */
export function allowedBias(
  network: FoldedNetwork,
  field: number,
  isKnown: Uint8Array | undefined,
  closed: readonly number[] = [],
): Float32Array {
  const { bias } = network.heads[field]!;
  const copies = network.copies[field]!.filter(({ source }) => isKnown?.[source] !== 1).map(({ level }) => level);
  if (copies.length + closed.length === 0) return bias;
  const allowed = bias.slice();
  for (const level of [...copies, ...closed]) allowed[level - network.starts[field]!] = Number.NEGATIVE_INFINITY;
  return allowed;
}
