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
      return Number(time / 1000n) + Number(time % 1000n) / 1000;
    case "NANOS":
      return Number(time / 1_000_000n) + Number((time % 1_000_000n) / 1000n) / 1000;
    default:
      throw unit satisfies never;
  }
}
