import { describe, expect, it } from "vitest";
import { jointCounts } from "../../../src/privacy/mixture/joint-counts.js";
import type { FieldGroups } from "../../../src/privacy/paid-rows.js";

const grouped: FieldGroups = { field: 0, groups: 2, groupOf: Uint16Array.of(0, 1, 1) };
const plain: FieldGroups = { field: 1, groups: 2 };

describe("joint counts of a mixture's groups", () => {
  it("add up the levels of a group, whose variances add up as well", () => {
    const measurement = { of: [{ field: 0, groups: 3 }], counts: Float64Array.of(5, 7, -1), sigma: 2 };
    const [joint] = jointCounts([measurement], [grouped, plain]);
    expect(joint).toEqual({ fields: [0], counts: Float64Array.of(5, 6), precision: Float64Array.of(1 / 4, 1 / 8) });
  });

  it("put fields in their order, cells with them", () => {
    const measurement = { of: [plain, grouped], counts: Float64Array.of(1, 2, 3, 4), sigma: 1 };
    const [joint] = jointCounts([measurement], [grouped, plain]);
    expect([joint!.fields, [...joint!.counts]]).toEqual([
      [0, 1],
      [1, 3, 2, 4],
    ]);
  });

  it("average what was measured twice by the precisions: (10 / 1 + 20 / 4) / (1 + 1 / 4) = 12", () => {
    const first = { of: [plain], counts: Float64Array.of(10, 0), sigma: 1 };
    const second = { of: [plain], counts: Float64Array.of(20, 0), sigma: 2 };
    const joint = jointCounts([first, second], [grouped, plain]);
    expect(joint).toEqual([{ fields: [1], counts: Float64Array.of(12, 0), precision: Float64Array.of(1.25, 1.25) }]);
  });
});
