import type { RandomStream } from "../../core/random.js";
import type { EncodedTable, Field } from "../../encode/field.js";

/** Indices of the fields that conditions run over: discrete fields that are no mode of a following scalar. */
export function conditionFields(fields: readonly Field[]): number[] {
  return [...fields.keys()].filter((i) => fields[i]!.kind === "discrete" && fields[i + 1]?.kind !== "scalar");
}

/**
 * The discrete columns that CTGAN's condition vector runs over: discrete fields that are no mode of a following scalar.
 * Plain JSON; shares are of training rows.
 */
export interface ConditionSpace {
  /** Index among the layout's fields, first place in the condition vector, and share of each level. */
  readonly columns: readonly { readonly field: number; readonly start: number; readonly shares: readonly number[] }[];
  /** Width of the condition vector. */
  readonly width: number;
}

export function makeConditionSpace(fields: readonly Field[], encoded: EncodedTable): ConditionSpace {
  const columns: ConditionSpace["columns"][number][] = [];
  let width = 0;
  for (const index of conditionFields(fields)) {
    const field = fields[index] as Extract<Field, { kind: "discrete" }>;
    const shares = new Array<number>(field.levels).fill(0);
    for (const code of encoded.fields[index]!) shares[code]! += 1 / encoded.rowCount;
    columns.push({ field: index, start: width, shares });
    width += field.levels;
  }
  return { columns, width };
}

/** One drawn condition: a column of the space and one of its levels. */
export interface Condition {
  readonly column: number;
  readonly level: number;
}

/** Draws conditions: a column uniformly, then a level in proportion to its weight. */
export interface ConditionSampler {
  draw(random: RandomStream): Condition;
}

/**
 * @param weigh weight of a level given its share of rows: CTGAN trains with log(count + 1) and must sample with the share
 *   itself, else even a perfect generator draws rare levels too often
 */
export function makeConditionSampler(space: ConditionSpace, weigh: (share: number) => number): ConditionSampler {
  const cumulative = space.columns.map(({ shares }) => {
    let sum = 0;
    return shares.map((share) => {
      sum += share > 0 ? weigh(share) : 0;
      return sum;
    });
  });
  return {
    draw(random) {
      const column = random.integer(space.columns.length);
      const sums = cumulative[column]!;
      const point = random.uniform() * sums.at(-1)!;
      return { column, level: sums.findIndex((sum) => sum > point) };
    },
  };
}

/** Training rows by column and level, to draw a real row that meets a condition. */
export interface RowsByLevel {
  draw(condition: Condition, random: RandomStream): number;
}

export function makeRowsByLevel(space: ConditionSpace, encoded: EncodedTable): RowsByLevel {
  const rows = space.columns.map(({ field, shares }) => {
    const lists = shares.map(() => [] as number[]);
    encoded.fields[field]!.forEach((code, row) => {
      lists[code]!.push(row);
    });
    return lists;
  });
  return {
    draw({ column, level }, random) {
      const list = rows[column]![level]!;
      return list[random.integer(list.length)]!;
    },
  };
}
