import { describe, expect, it } from "vitest";
import { parseMix } from "../../src/cli/parse-mix.js";

describe("--mix", () => {
  it.each([
    ['income=">50K":0.5,"<=50K":0.5', "income", [">50K", 0.5], ["<=50K", 0.5]],
    ["income=>50K:0.5,<=50K:0.5", "income", [">50K", 0.5], ["<=50K", 0.5]],
    ["a b='x,y':.25,z:7.5e-1", "a b", ["x,y", 0.25], ["z", 0.75]],
    ['"a=b"="say ""hi""":1', "a=b", ['say "hi"', 1]],
    ["time=12:30:0.4,13:00:0.6", "time", ["12:30", 0.4], ["13:00", 0.6]],
  ] as [string, string, ...[string, number][]][])("%s", (text, column, ...shares) => {
    expect(parseMix(text)).toEqual({ column, shares: shares.map(([level, share]) => ({ level, share })) });
  });

  it.each(["", "income", "=a:1", "income=", "income=a", "income=a:", "income=a:x", "income=:1", 'income="a":'])(
    "%s is refused",
    (text) => {
      expect(() => parseMix(text)).toThrow(expect.objectContaining({ code: "E_USAGE_MIX" }));
    },
  );
});
