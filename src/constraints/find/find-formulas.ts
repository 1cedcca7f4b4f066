import { outputOf } from "../../encode/column-output.js";
import type { ConstraintOf } from "../../schema/constraint-schema.js";
import { quoteName } from "../formula.js";
import { gridOf } from "../grid.js";
import type { SearchColumn, SearchTable } from "./search-table.js";

type Formula = ConstraintOf<"sum"> | ConstraintOf<"derived">;

/** More columns of numbers are not tried, the first ones are; three parts only among so many. */
const MAX_COLUMNS = 100;
const MAX_COLUMNS_OF_THREE = 30;
/** Rows and distinct values that a formula must explain. */
const MIN_ROWS = 20;
const MIN_DISTINCT = 20;

interface Numbers {
  readonly name: string;
  readonly values: Float64Array;
  readonly distinct: number;
  /** Half of what the last digit shows. */
  readonly tolerance: number;
}

type Compute = (values: readonly Float64Array[], row: number) => number;

/**
 * Columns that are the sum of two or three others or of several that stand side by side, the product of two (or a percentage),
 * or their ratio, in every row to the digits that they show.
 */
export function findFormulas({ columns }: SearchTable): Formula[] {
  const numbers = columns.flatMap(toNumbers).slice(0, MAX_COLUMNS);
  const found = new Map<string, Formula>();
  for (const target of numbers.filter(({ distinct }) => distinct >= MIN_DISTINCT)) {
    const inputs = numbers.filter((one) => one !== target && !dependsOn(found, one.name, target.name));
    const formula = findSum(target, inputs) ?? findProduct(target, inputs);
    if (formula !== undefined) found.set(target.name, formula);
  }
  for (const target of numbers.filter(({ name, distinct }) => distinct >= MIN_DISTINCT && !found.has(name))) {
    const inputs = numbers.filter((one) => one !== target && !dependsOn(found, one.name, target.name));
    const formula = findRatio(target, inputs);
    if (formula !== undefined) found.set(target.name, formula);
  }
  return [...found.values()];
}

function toNumbers({ name, column, values, counts }: SearchColumn): Numbers[] {
  if (column.kind !== "number" || values === undefined || counts.length < 2) return [];
  const grid = gridOf(outputOf(column));
  const tolerance = grid === null ? 0 : (0.5 * (1 + 1e-6) * grid.step) / grid.divisor;
  return [{ name, values, distinct: counts.length, tolerance }];
}

/** True if the formula of `name` needs `source`, directly or by other formulas. */
function dependsOn(found: ReadonlyMap<string, Formula>, name: string, source: string): boolean {
  const formula = found.get(name);
  if (formula === undefined) return false;
  const inputs = inputsOf(formula);
  return inputs.includes(source) || inputs.some((input) => dependsOn(found, input, source));
}

/** The columns that a formula found here reads. */
export function inputsOf(formula: Formula): readonly string[] {
  if (formula.kind === "sum") return formula.parts;
  return [...formula.expression.matchAll(/"((?:[^"]|"")*)"/g)].map((match) => match[1]!.replaceAll('""', '"'));
}

function findSum(target: Numbers, inputs: readonly Numbers[]): Formula | undefined {
  const sum: Compute = (values, row) => {
    let total = 0;
    for (const part of values) total += part[row]!;
    return total;
  };
  for (const parts of [...pairsOf(inputs), ...triplesOf(inputs), ...runsOf(inputs)]) {
    if (!holds(target, parts, sum)) continue;
    return { kind: "sum", parts: parts.map(({ name }) => name), whole: target.name };
  }
  return undefined;
}

function findProduct(target: Numbers, inputs: readonly Numbers[]): Formula | undefined {
  for (const parts of pairsOf(inputs)) {
    const [a, b] = parts.map(({ name }) => quoteName(name));
    if (holds(target, parts, ([x, y], row) => x![row]! * y![row]!)) return derived(target, `${a} * ${b}`);
    if (holds(target, parts, ([x, y], row) => (x![row]! * y![row]!) / 100)) return derived(target, `${a} * ${b} / 100`);
  }
  return undefined;
}

function findRatio(target: Numbers, inputs: readonly Numbers[]): Formula | undefined {
  for (const pair of pairsOf(inputs)) {
    for (const parts of [pair, [...pair].reverse()]) {
      const [a, b] = parts.map(({ name }) => quoteName(name));
      if (holds(target, parts, ([x, y], row) => x![row]! / y![row]!)) return derived(target, `${a} / ${b}`);
      if (holds(target, parts, ([x, y], row) => (100 * x![row]!) / y![row]!))
        return derived(target, `100 * ${a} / ${b}`);
    }
  }
  return undefined;
}

function derived(target: Numbers, expression: string): Formula {
  return { kind: "derived", column: target.name, expression };
}

/** True where every row holds the formula and enough rows, of different results, need all of its parts. */
function holds(target: Numbers, parts: readonly Numbers[], compute: Compute): boolean {
  const inputs = parts.map(({ values }) => values);
  const results = new Set<number>();
  const needed = new Uint32Array(parts.length);
  for (let row = 0; row < target.values.length; row++) {
    const own = target.values[row]!;
    const result = compute(inputs, row);
    if (Number.isNaN(own) || !Number.isFinite(result)) continue;
    if (!(Math.abs(own - result) <= target.tolerance + 1e-12 * Math.abs(own))) return false;
    if (Math.abs(own) > target.tolerance) results.add(own);
    for (const [at, values] of inputs.entries()) if (values[row] !== 0 && values[row] !== own) needed[at]!++;
  }
  return results.size >= MIN_DISTINCT && needed.every((rows) => rows >= MIN_ROWS);
}

function pairsOf(inputs: readonly Numbers[]): Numbers[][] {
  return inputs.flatMap((a, at) => inputs.slice(at + 1).map((b) => [a, b]));
}

function triplesOf(inputs: readonly Numbers[]): Numbers[][] {
  if (inputs.length > MAX_COLUMNS_OF_THREE) return [];
  return inputs.flatMap((a, at) => pairsOf(inputs.slice(at + 1)).map((pair) => [a, ...pair]));
}

/** Four and more that stand side by side. */
function runsOf(inputs: readonly Numbers[]): Numbers[][] {
  return inputs.flatMap((_, from) => inputs.slice(from + 3).map((__, more) => inputs.slice(from, from + 4 + more)));
}
