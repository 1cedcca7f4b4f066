import { blockBatches, blockTerm } from "./block-term.js";
import type { JointCounts } from "./joint-counts.js";
import { type Layer, layerTerm } from "./layer-term.js";
import type { LossTerm, MixtureSize } from "./loss-term.js";
import { groupStarts } from "./mixture.js";

/** Batched small products take so many times as long as one large product of as many multiplications. */
const GATHERED_COST = 4;

/**
 * chi^2 = sum over cells of (expected - measured)^2 / variance as programs: one-ways and the blocks that are cheaper as one
 * product P diag(w) P' of all groups (pairs; pairs x the groups of a third field), and batches of the other blocks.
 */
export function lossTerms(joint: readonly JointCounts[], size: MixtureSize): LossTerm[] {
  const { layers, others } = chooseLayers(
    joint.filter(({ fields }) => fields.length > 1),
    size,
  );
  const whole = layerTerm(
    joint.filter(({ fields }) => fields.length === 1),
    layers,
    size,
  );
  return [whole, ...blockBatches(others, size).map((batch) => blockTerm(batch, size))];
}

function chooseLayers(joint: readonly JointCounts[], { fields }: MixtureSize) {
  const groups = groupStarts(fields).at(-1)!;
  const layers: Layer[] = [];
  let others = joint;
  const consider = (crossed: number | undefined): void => {
    const blocks = others.filter((block) => isOfLayer(block, crossed));
    const cells = blocks.reduce((sum, { counts }) => sum + counts.length, 0);
    const layerCost = groups ** 2 * (crossed === undefined ? 1 : fields[crossed]!.groups);
    if (layerCost > cells * GATHERED_COST) return;
    layers.push({ crossed, blocks });
    others = others.filter((block) => !blocks.includes(block));
  };
  consider(undefined);
  const crossings = fields
    .map((_, field) => ({ field, blocks: others.filter((block) => isOfLayer(block, field)).length }))
    .sort((a, b) => b.blocks - a.blocks || a.field - b.field);
  for (const { field } of crossings) consider(field);
  return { layers, others };
}

function isOfLayer({ fields }: JointCounts, crossed: number | undefined): boolean {
  return crossed === undefined ? fields.length === 2 : fields.length === 3 && fields.includes(crossed);
}
