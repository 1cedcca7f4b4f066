/** A positive number, exactly. */
export interface Fraction {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

/** A floating-point number as the fraction that it is. Throws RangeError unless it is positive and finite. */
export function fractionOf(value: number): Fraction {
  if (!(value > 0 && value < Number.POSITIVE_INFINITY)) throw new RangeError(`not a scale of noise: ${value}`);
  let numerator = value;
  let denominator = 1n;
  while (!Number.isInteger(numerator)) {
    numerator *= 2;
    denominator *= 2n;
  }
  return { numerator: BigInt(numerator), denominator };
}
