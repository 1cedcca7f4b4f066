const DAY = 86_400_000;

/** Days since 1970-01-01 of times in milliseconds; a missing value (NaN) is 0. */
export function toDays(values: Float64Array): Int32Array {
  return Int32Array.from(values, (value) => Math.floor(zeroIfMissing(value) / DAY));
}

/** Numbers rounded to 64-bit integers; a missing value (NaN) is 0. */
export function toLongs(values: Float64Array): BigInt64Array {
  const longs = new BigInt64Array(values.length);
  for (let row = 0; row < values.length; row++) longs[row] = BigInt(Math.round(zeroIfMissing(values[row]!)));
  return longs;
}

/** Microseconds of times in milliseconds. Whole and fraction apart: their sum would be beyond 2^53 from the year 2255 on. */
export function toMicroseconds(values: Float64Array): BigInt64Array {
  const longs = new BigInt64Array(values.length);
  for (let row = 0; row < values.length; row++) {
    const value = zeroIfMissing(values[row]!);
    const whole = Math.floor(value);
    longs[row] = BigInt(whole) * 1000n + BigInt(Math.round((value - whole) * 1000));
  }
  return longs;
}

/** The number, or 0 for a missing value (NaN), as stored formats have it under a null. */
export function zeroIfMissing(value: number): number {
  return Number.isNaN(value) ? 0 : value;
}
