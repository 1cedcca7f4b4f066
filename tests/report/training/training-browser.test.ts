import { describe, expect, it } from "vitest";
import { renderTraining } from "../../../src/report/training/render-training.js";
import { CONTRAST, startBrowser, violations } from "../browser.js";
import { HOSTILE_NAMES } from "../fixture.js";
import { makeTraining } from "./training-fixture.js";

const meta = { title: "birds", preset: "wgan", rows: 1000, seed: 1 };
const PAGES = {
  sick: renderTraining(makeTraining(), meta),
  hostile: renderTraining(makeTraining({ names: HOSTILE_NAMES }), { ...meta, title: HOSTILE_NAMES[0]! }),
  empty: renderTraining({ entries: [], notes: [] }, meta),
};

describe("training.html in a browser", () => {
  const { visit, address } = startBrowser(PAGES);

  it.each([
    ["sick", "light"],
    ["sick", "dark"],
    ["empty", "light"],
  ] as const)(
    "asks for nothing, complains of nothing, has no accessibility violation: %s, %s",
    async (name, scheme) => {
      const { result, complaints, requests } = await visit(
        name,
        async (page) => {
          await page.evaluate(() => {
            for (const details of document.querySelectorAll("details")) details.open = true;
          });
          return violations(page, "html", scheme === "dark" ? CONTRAST : undefined);
        },
        { colorScheme: scheme },
      );
      expect({ result, complaints, requests }).toEqual({ result: [], complaints: [], requests: [address(name)] });
    },
  );

  it.each(["sick", "hostile"] as const)("does not scroll sideways on a phone: %s", async (name) => {
    const { result } = await visit(name, (page) => page.evaluate(() => document.documentElement.scrollWidth), {
      viewport: { width: 320, height: 800 },
    });
    expect(result).toBe(320);
  });

  it("needs no JavaScript: curves and drawn rows are there", async () => {
    const { result } = await visit(
      "sick",
      async (page) => ({
        curves: await page.locator(".line-chart:visible").count(),
        looks: await page.locator(".overlay-chart:visible").count(),
        theme: await page.locator("#theme").isVisible(),
      }),
      { javaScriptEnabled: false },
    );
    expect(result).toEqual({ curves: 14, looks: 10, theme: false });
  });
});
