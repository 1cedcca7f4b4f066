import type { EncodedTable } from "../../encode/field.js";
import type { LevelMap } from "../techniques/level-map.js";

/** Rows as indices into the concatenation of all levels: what batches are made of. */
export interface LevelRows {
  readonly rowCount: number;
  /** [rows, K], row-major; entry = start of the field + the row's code. */
  readonly levels: Uint32Array;
  /** [rows, K]; bit r is set where the field's r-th copy level says the truth. Absent where no field has any. */
  readonly copies?: Uint32Array;
}

/** The discrete fields of `rows` (default: all) of an encoded table. */
export function makeLevelRows(encoded: EncodedTable, map: LevelMap, rows?: ArrayLike<number>): LevelRows {
  const rowCount = rows?.length ?? encoded.rowCount;
  const levels = new Uint32Array(rowCount * map.fields);
  let field = 0;
  for (const data of encoded.fields) {
    if (data instanceof Float32Array) continue;
    const start = map.starts[field]!;
    for (let i = 0; i < rowCount; i++) levels[i * map.fields + field] = start + data[rows?.[i] ?? i]!;
    field++;
  }
  return { rowCount, levels, ...copiesOf(encoded, map, rows) };
}

function copiesOf(encoded: EncodedTable, map: LevelMap, rows?: ArrayLike<number>): { copies?: Uint32Array } {
  if (encoded.copies === undefined || map.copies.every((copies) => copies.length === 0)) return {};
  const rowCount = rows?.length ?? encoded.rowCount;
  const copies = new Uint32Array(rowCount * map.fields);
  encoded.copies.forEach((bits, field) => {
    for (let i = 0; bits !== undefined && i < rowCount; i++) copies[i * map.fields + field] = bits[rows?.[i] ?? i]!;
  });
  return { copies };
}

/** Writes the ones of some rows into zeros, [rows, L]. */
export function writeOneHot(out: Float32Array, { levels }: LevelRows, rows: Uint32Array, map: LevelMap): void {
  rows.forEach((row, i) => {
    for (let field = 0; field < map.fields; field++) out[i * map.levels + levels[row * map.fields + field]!] = 1;
  });
}

/** Share of rows at each level, [L]. */
export function levelFrequencies(rows: LevelRows, map: LevelMap): Float64Array {
  const shares = new Float64Array(map.levels);
  for (const level of rows.levels) shares[level]! += 1 / rows.rowCount;
  return shares;
}
