import { describe, expect, it } from "vitest";
import { makeRandom } from "../../src/core/random.js";
import { type ProgressEvent, type ShareOptions, share } from "../../src/index.js";
import { drawPeople } from "../evaluate/privacy/tables.js";

const tiny: ShareOptions = {
  maxSteps: 3,
  attacks: 20,
  settings: [
    ["model.network.width", 16],
    ["model.adversarial.enabled", false],
  ],
};
const people = drawPeople(300, makeRandom(1));

describe("share with minDistance", () => {
  it("says what was dropped, and audits what is left", async () => {
    const shared = await share(people, { ...tiny, holdout: drawPeople(800, makeRandom(2)), minDistance: 0 });
    expect(shared.filtered).toMatchObject({ dropped: 0, minDistance: 0, leak: { places: 800 } });
    expect(shared.synthetic.rowCount).toBe(300);
    expect(shared.report.tables.synthetic.rows).toBe(300);
  }, 60_000);

  it("refuses before it trains what would leak, or could not be shown not to", async () => {
    const refused = async (change: ShareOptions, code: string) => {
      const events: ProgressEvent[] = [];
      const options = { ...tiny, ...change, onProgress: (event: ProgressEvent) => void events.push(event) };
      await expect(share(people, options)).rejects.toMatchObject({ code });
      expect(events.filter(({ kind }) => kind === "progress")).toEqual([]);
    };
    await refused({ minDistance: 0 }, "E_FILTER_TOO_FEW_ROWS");
    await refused({ minDistance: 2 }, "E_USAGE_NUMBER");
    const holdout = drawPeople(2000, makeRandom(2));
    // within .03 stands a training row of a good part of the held-out ones: real rows fill such places
    await refused({ holdout, minDistance: 0.03 }, "E_FILTER_LEAKS");
  });
});
