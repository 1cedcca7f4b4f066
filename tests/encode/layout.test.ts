import { expect, it } from "vitest";
import { makeLayout } from "../../src/encode/layout.js";

it("lays the levels of discrete fields side by side and keeps scalars apart", () => {
  const layout = makeLayout([
    { kind: "discrete", name: "job", levels: 3 },
    { kind: "discrete", name: "income", levels: 11, missingLevel: 10 },
    { kind: "scalar", name: "income within its mode" },
    { kind: "discrete", name: "sex", levels: 2 },
  ]);
  expect(layout).toEqual({
    spans: [
      { field: 0, start: 0, levels: 3 },
      { field: 1, start: 3, levels: 11 },
      { field: 3, start: 14, levels: 2 },
    ],
    totalLevels: 16,
    scalars: [2],
  });
});
