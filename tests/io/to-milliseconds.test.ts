import { describe, expect, it } from "vitest";
import { toMilliseconds } from "../../src/io/to-milliseconds.js";

describe("toMilliseconds", () => {
  it("gives the number nearest to the fraction, which a sum of parts misses", () => {
    expect(toMilliseconds(5831n, "MICROS")).toBe(5.831);
    expect(toMilliseconds(5_831_999n, "NANOS")).toBe(5.831);
    expect(toMilliseconds(-1_600_000_000_000_831n, "MICROS")).toBe(-1_600_000_000_000.831);
    expect(toMilliseconds(3n, "SECONDS")).toBe(3000);
  });

  it("knows times beyond exact whole microseconds", () => {
    expect(toMilliseconds(253_402_300_799_999_500n, "MICROS")).toBe(253_402_300_799_999.5);
  });
});
