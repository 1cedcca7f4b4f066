/** What a whole number of a columnar file counts, in the names of Parquet. */
export type StoredTimeUnit = "SECONDS" | "MILLIS" | "MICROS" | "NANOS";

/** Milliseconds, with the fraction to the microsecond. */
export function toMilliseconds(time: bigint, unit: StoredTimeUnit): number {
  switch (unit) {
    case "SECONDS":
      return Number(time) * 1000;
    case "MILLIS":
      return Number(time);
    case "MICROS":
      return fromMicroseconds(time);
    case "NANOS":
      return fromMicroseconds(time / 1000n);
    default:
      throw unit satisfies never;
  }
}

/** The number nearest to the quotient; a sum of whole milliseconds and a fraction would round twice (5.831 as 5.8309999999999995). */
function fromMicroseconds(time: bigint): number {
  const exact = Number(time);
  return Number.isSafeInteger(exact) ? exact / 1000 : Number(time / 1000n) + Number(time % 1000n) / 1000;
}
