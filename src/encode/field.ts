/**
 * The unit that models see. A column is one or several fields: a category one discrete field (or two, where it has many
 * levels), a binned number one discrete field (its bin; the position within the bin is drawn by the decoder),
 * mode-specific normalization a discrete mode and a scalar.
 */
export type Field =
  | {
      readonly kind: "discrete";
      readonly name: string;
      /** All levels, copies included. */
      readonly levels: number;
      readonly missingLevel?: number;
      /** The field's last levels; absent where it has none. */
      readonly copies?: readonly CopyLevel[];
    }
  | { readonly kind: "scalar"; readonly name: string };

/**
 * A level that means "this number follows from the number of another field": equal to it or nearly so (a relation of the
 * encoding). It can only be drawn where the source is known and not missing.
 */
export interface CopyLevel {
  readonly level: number;
  /** Index into the table's fields. */
  readonly source: number;
}

/** One field's data: level codes for a discrete field, numbers in [-1, 1] for a scalar; [rows]. */
export type FieldData = Uint8Array | Uint16Array | Uint32Array | Float32Array;

/** An encoded table: one typed array a field, never a dense one-hot matrix. */
export interface EncodedTable {
  readonly rowCount: number;
  /** In the order of the layout's fields. Codes are ordinary levels (a value, a bin, missing), never copies. */
  readonly fields: readonly FieldData[];
  /** A field that has copies: [rows], bit r is set where the r-th of them holds in that row. */
  readonly copies?: readonly (Uint32Array | undefined)[];
  /** Numbers already drawn for the codes of a field, [rows], NaN = missing: the decoder takes them as they are. */
  readonly numbers?: readonly (Float64Array | undefined)[];
}

/** The narrowest array that holds codes below `levels`. */
export function makeCodes(levels: number, rowCount: number): Uint8Array | Uint16Array | Uint32Array {
  if (levels <= 256) return new Uint8Array(rowCount);
  return levels <= 65536 ? new Uint16Array(rowCount) : new Uint32Array(rowCount);
}
