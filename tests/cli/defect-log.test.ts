import { readFileSync, rmSync, statSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { toSynthError } from "../../src/cli/defect-log.js";
import { EXIT_CODES } from "../../src/cli/exit-code.js";
import { dataError, SynthError } from "../../src/core/errors.js";

describe("defects", () => {
  it("keep foreign messages off the screen and put them into a log only this user reads", () => {
    const cause = new RangeError("s3cr3tvalue is out of range");
    const error = toSynthError(new TypeError("cannot read s3cr3tvalue", { cause }), ["fit", "data.csv"]);
    expect(error).toMatchObject({ kind: "defect", code: "E_DEFECT" });
    expect(EXIT_CODES[error.kind]).toBe(70);
    expect(`${error.message} ${error.hint}`).not.toContain("s3cr3tvalue");
    const path = /report it with (\S+)/.exec(error.hint ?? "")![1]!;
    const log = readFileSync(path, "utf8");
    const mode = statSync(path).mode & 0o777;
    rmSync(path);
    expect(log).toMatch(/^synth \d+\.\d+\.\d+, node v/);
    expect(log).toContain('arguments: ["fit","data.csv"]');
    expect(log).toContain("TypeError: cannot read s3cr3tvalue");
    expect(log).toContain("caused by\nRangeError");
    expect(mode).toBe(0o600);
  });

  it("are not what an error with a name of ours is", () => {
    const error = dataError("E_DATA_EMPTY_FILE", "data.csv is empty");
    expect(toSynthError(error, [])).toBe(error);
  });

  it("name the broken invariant when it is ours", () => {
    const error = toSynthError(new SynthError("defect", "E_DEFECT", "the field table is missing"), []);
    rmSync(/report it with (\S+)/.exec(error.hint ?? "")![1]!);
    expect(error.message).toContain("the field table is missing");
  });
});
