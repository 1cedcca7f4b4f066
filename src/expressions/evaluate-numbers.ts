import type { Expression, FunctionName } from "./expression.js";

const DAY_MS = 86_400_000;

/** Arithmetic of numbers and dates [rows]; NaN = missing, also where a number is divided by 0. */
export function evaluateArithmetic(
  { operator, left, right }: Extract<Expression, { readonly kind: "arithmetic" }>,
  a: Float64Array,
  b: Float64Array,
): Float64Array {
  const isDifference = left.type === "date" && right.type === "date";
  const scaleLeft = left.type === "number" && right.type === "date" ? DAY_MS : 1;
  const scaleRight = left.type === "date" && right.type === "number" ? DAY_MS : 1;
  const scaleResult = isDifference ? DAY_MS : 1;
  return a.map((value, row) => {
    const result = calculate(operator, value * scaleLeft, b[row]! * scaleRight) / scaleResult;
    return Number.isFinite(result) ? result : Number.NaN;
  });
}

function calculate(operator: "+" | "-" | "*" | "/", a: number, b: number): number {
  switch (operator) {
    case "+":
      return a + b;
    case "-":
      return a - b;
    case "*":
      return a * b;
    case "/":
      return a / b;
    default:
      return operator satisfies never;
  }
}

/** A function of numbers or dates, [rows]; missing where an argument is, but for `coalesce`. */
export function evaluateCall(name: FunctionName, parts: readonly Float64Array[], rowCount: number): Float64Array {
  const [first] = parts;
  switch (name) {
    case "abs":
      return first!.map(Math.abs);
    case "round":
      return first!.map((value, row) => roundTo(value, parts[1]?.[row] ?? 0));
    case "min":
      return Float64Array.from({ length: rowCount }, (_, row) => Math.min(...parts.map((part) => part[row]!)));
    case "max":
      return Float64Array.from({ length: rowCount }, (_, row) => Math.max(...parts.map((part) => part[row]!)));
    case "coalesce":
      return Float64Array.from(
        { length: rowCount },
        (_, row) => parts.find((part) => !Number.isNaN(part[row]!))?.[row] ?? Number.NaN,
      );
    default:
      return name satisfies never;
  }
}

/** Half away from zero, as spreadsheets and SQL round; what 1.005 is in binary counts as 1.005. */
function roundTo(value: number, digits: number): number {
  const whole = Math.trunc(digits);
  return Math.sign(value) * shift(Math.round(shift(Math.abs(value), whole)), -whole);
}

/** `value` times 10 to the power of `digits`, of the number as it is written. */
function shift(value: number, digits: number): number {
  const [mantissa, exponent = "0"] = String(value).split("e");
  return Number(`${mantissa}e${Number(exponent) + digits}`);
}
