import { SynthError } from "../../../core/errors.js";
import type { GraphValue } from "../graph.js";
import type { GraphBuilder } from "../graph-builder.js";

/** True for a dimension that counts rows (or a multiple of them) in a program with a free batch. */
export function isBatchDimension(graph: GraphBuilder, size: number): boolean {
  return graph.batchRows !== undefined && size > 0 && size % graph.batchRows === 0;
}

/** Throws E_RUNTIME_BATCH_BAKED if any of `sizes` counts rows: the operator would fix the batch of this trace. */
export function forbidBatch(graph: GraphBuilder, operator: string, sizes: readonly number[]): void {
  if (sizes.some((size) => isBatchDimension(graph, size))) throw bakedBatch(operator);
}

export function bakedBatch(operator: string): SynthError {
  const message = `${operator} depends on the number of rows, which is free in this program`;
  return new SynthError("defect", "E_RUNTIME_BATCH_BAKED", message, {
    hint: "work row by row, or compile with a fixed batch",
  });
}

/** `shape` as a value for operators that take one; a free dimension is inferred (-1), of which there may be one. */
export function inferableShape(graph: GraphBuilder, operator: string, shape: readonly number[]): GraphValue {
  const sizes = shape.map((size) => (isBatchDimension(graph, size) ? -1 : size));
  if (sizes.filter((size) => size === -1).length > 1) throw bakedBatch(operator);
  return graph.int64(sizes);
}
