/**
 * The unit that models see. A column is one or several fields: a category one discrete field, a binned number one
 * discrete field (its bin; the position within the bin is drawn by the decoder), mode-specific normalization a discrete
 * mode and a scalar.
 */
export type Field =
  | { readonly kind: "discrete"; readonly name: string; readonly levels: number; readonly missingLevel?: number }
  | { readonly kind: "scalar"; readonly name: string };

/** One field's data: level codes for a discrete field, numbers in [-1, 1] for a scalar; [rows]. */
export type FieldData = Uint8Array | Uint16Array | Uint32Array | Float32Array;

/** An encoded table: one typed array a field, never a dense one-hot matrix. */
export interface EncodedTable {
  readonly rowCount: number;
  /** In the order of the layout's fields. */
  readonly fields: readonly FieldData[];
}

/** The narrowest array that holds codes below `levels`. */
export function makeCodes(levels: number, rowCount: number): Uint8Array | Uint16Array | Uint32Array {
  if (levels <= 256) return new Uint8Array(rowCount);
  return levels <= 65536 ? new Uint16Array(rowCount) : new Uint32Array(rowCount);
}
