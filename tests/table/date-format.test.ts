import { expect, it } from "vitest";
import { parseDate } from "../../src/table/date-format.js";

it("a fraction of a second is rounded once: the number is the one that the digits name", () => {
  // 3000 + 319.72 is 3319.7200000000003
  expect(parseDate("1/1/1970T00:00:03.31972", "M/D/YYYYTHH:mm:ss.SSSSS")).toBe(3319.72);
});
