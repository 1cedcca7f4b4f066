import { describe, expect, it } from "vitest";
import { renderReport } from "../../src/report/render-report.js";
import { startBrowser } from "./browser.js";
import { makeReport } from "./fixture.js";

describe("report.html in print", () => {
  const { visit } = startBrowser({ adult: renderReport(makeReport(), { title: "adult" }) });

  it("has light colours and no controls", async () => {
    const { result } = await visit(
      "adult",
      async (page) => {
        await page.emulateMedia({ media: "print", colorScheme: "dark" });
        return {
          ground: await page.evaluate(() => getComputedStyle(document.body).backgroundColor),
          ink: await page.evaluate(() => getComputedStyle(document.body).color),
          navigation: await page.locator("nav").isVisible(),
          controls: await page.locator("form.controls").first().isVisible(),
          pairs: await page.locator("#pair-browser").isVisible(),
        };
      },
      { colorScheme: "dark" },
    );
    expect(result).toEqual({
      ground: "rgb(255, 255, 255)",
      ink: "rgb(20, 29, 43)",
      navigation: false,
      controls: false,
      pairs: false,
    });
  });

  it.each([true, false])(
    "opens all details but the tables of shares, and closes them again; script: %s",
    async (javaScriptEnabled) => {
      const { result, complaints } = await visit(
        "adult",
        async (page) => {
          await page.emulateMedia({ media: "print" });
          const pdf = await page.pdf({ format: "A4", printBackground: true });
          await page.emulateMedia({ media: "screen" });
          const pages = pdf.toString("latin1").match(/\/Type\s*\/Page\b/g)?.length ?? 0;
          return { pages, open: await page.locator(".more-of[open]").count() };
        },
        { javaScriptEnabled },
      );
      expect(result.pages).toBeGreaterThan(8);
      expect(result.pages).toBeLessThan(40);
      expect(result.open).toBe(0);
      expect(complaints).toEqual([]);
    },
  );
});
