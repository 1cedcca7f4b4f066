import { type EncodedTable, makeCodes } from "../../src/encode/field.js";
import type { TrainedGenerator } from "../../src/gan/trained-generator.js";
import { type DrawOptions, drawChunks } from "../../src/sample/draw-chunks.js";

/** Masks on the levels of each field as one stratum of all rows. */
export function maskedBy(masks: readonly (Uint8Array | undefined)[], rows: number): DrawOptions["strata"] {
  const conditions = masks.flatMap((mask, field) =>
    mask === undefined ? [] : [[{ field, name: `f${field}`, weights: [Float32Array.from(mask)] }]],
  );
  return [{ rows, conditions }];
}

/** All rows that drawChunks gives, as one table. */
export async function drawRows(
  generator: TrainedGenerator,
  options: DrawOptions,
  draw: typeof drawChunks = drawChunks,
): Promise<EncodedTable> {
  const chunks: EncodedTable[] = [];
  for await (const chunk of draw(generator, options)) chunks.push(chunk);
  const rowCount = chunks.reduce((sum, chunk) => sum + chunk.rowCount, 0);
  const fields = generator.fields.map((field, index) => {
    const all = field.kind === "discrete" ? makeCodes(field.levels, rowCount) : new Float32Array(rowCount);
    let at = 0;
    for (const chunk of chunks) {
      all.set(chunk.fields[index]!, at);
      at += chunk.rowCount;
    }
    return all;
  });
  return { rowCount, fields };
}
