import { makeNumericColumn } from "../../encode/column-output.js";
import { dateUnitMs } from "../../encode/date-unit.js";
import { type Lattice, toLattice } from "../../encode/lattice.js";
import { readBounds } from "../../schema/check-bounds.js";
import type { ColumnSchema } from "../../schema/table-schema.js";
import { naturalBounds } from "./natural-bounds.js";
import { outputOfSchema } from "./output-of-schema.js";

/** The places on its lattice that a number or date may have, first and last included. */
export interface NumberRange {
  readonly lattice: NonNullable<Lattice>;
  readonly first: number;
  readonly last: number;
}

const MAX_DECIMALS = 15;
const LARGEST_PLACE = 2 ** 50;

/** The bounds, both included, that the schema gives a column of numbers or dates, or its type has; infinite where there is none. */
export function publicBounds(column: ColumnSchema): readonly [number, number] {
  const output = outputOfSchema(column);
  const [low, high] = naturalBounds(column) ?? [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  if (output === undefined) return [low, high];
  const declared = readBounds(makeNumericColumn(column.name, output, new Float64Array(0)), column);
  return [Math.max(low, declared?.min ?? low), Math.min(high, declared?.max ?? high)];
}

/** The range between two bounds, on the lattice of the column's decimals or of the unit that its dates are written in. */
export function numberRange(column: ColumnSchema, [low, high]: readonly [number, number]): NumberRange {
  const lattice = latticeWithin(column, Math.max(Math.abs(low), Math.abs(high)));
  return { lattice, first: toLattice(lattice, low), last: Math.max(toLattice(lattice, low), toLattice(lattice, high)) };
}

/** The finest lattice of the written form on which numbers of this size are whole. */
function latticeWithin(column: ColumnSchema, largest: number): NonNullable<Lattice> {
  const output = outputOfSchema(column);
  if (output?.kind === "date") {
    const unit = dateUnitMs(output.format);
    return unit < 1 ? { step: 1, divisor: 1 / unit } : { step: unit, divisor: 1 };
  }
  let decimals = Math.min(MAX_DECIMALS, output?.kind === "number" ? output.decimals : 0);
  while (decimals > 0 && largest * 10 ** decimals > LARGEST_PLACE) decimals--;
  return { step: 1, divisor: 10 ** decimals };
}
