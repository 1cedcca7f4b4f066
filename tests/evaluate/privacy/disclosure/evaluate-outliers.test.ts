import { describe, expect, it } from "vitest";
import { makeRandom } from "../../../../src/core/random.js";
import { evaluateOutliers, outlierRows } from "../../../../src/evaluate/privacy/disclosure/evaluate-outliers.js";
import { prepareAudit } from "../../../../src/evaluate/privacy/prepare-audit.js";
import { PRIVACY_LIMITS } from "../../../../src/evaluate/privacy/privacy-limits.js";
import { drawPeople, PEOPLE_COLUMNS } from "../tables.js";

describe("evaluateOutliers", () => {
  it("compares all rows of narrow tables, and of wide ones so many that cells squared are bounded", () => {
    const rows = (width: number) => outlierRows({ width, rowCount: 20_000 });
    expect([15, 20, 80, 500].map(rows)).toEqual([20_000, 20_000, 2500, 1000]);
    expect(outlierRows({ width: 500, rowCount: 80 })).toBe(80);
  });

  it("takes equally many rows of both sides and says how many, and stops when it is told to", async () => {
    const [train, synthetic, holdout] = [300, 250, 200].map((rows, at) => drawPeople(rows, makeRandom(at)));
    const tables = { train: train!, synthetic: synthetic!, holdout: holdout! };
    const audit = prepareAudit(tables, PEOPLE_COLUMNS, PRIVACY_LIMITS, makeRandom(1));
    const { method, outlierProximity } = await evaluateOutliers(audit);
    expect(method).toEqual({ outliers: expect.stringContaining("5 %"), outlierRowsPerSide: 200 });
    expect(outlierProximity.variants).toHaveLength(2);
    expect(outlierProximity.attack!.n! + outlierProximity.control!.n!).toBe(20);
    await expect(evaluateOutliers(audit, AbortSignal.abort())).rejects.toMatchObject({ code: "E_INTERRUPTED" });
  });
});
