import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { renderReport } from "../../src/report/render-report.js";
import { CONTRAST, startBrowser, violations } from "./browser.js";
import { HOSTILE_NAMES, makeReport } from "./fixture.js";

describe("the pairs of report.html in a browser", () => {
  const report = makeReport();
  // Of age and workclass: too few rows in the first cell, and nearly all of them in the second.
  report.fidelity.pairs[0]!.picture!.real.splice(0, 2, null, 0.9999);
  const { visit } = startBrowser({
    adult: renderReport(report, { title: "adult" }),
    bare: renderReport(makeReport({ bare: true }), { title: "adult" }),
    small: renderReport(makeReport({ columns: 4 }), { title: "small" }),
    hostile: renderReport(makeReport({ names: HOSTILE_NAMES }), { title: "hostile" }),
  });
  const title = (page: Page) => page.textContent("#pair-title");
  const isOpen = (page: Page) => page.locator("#pair-dialog").isVisible();
  const grid = (page: Page, heading: string) =>
    page.locator(`#pair-body .density:has(caption:text-is("${heading}")) tbody td`).allTextContents();

  it("open from a cell of a map, which shows its pair under the pointer", async () => {
    const { result, complaints } = await visit("adult", async (page) => {
      const map = page.locator(".heat-map").first();
      const box = (await map.boundingBox())!;
      // Row 1, column 0 of cells of `pitch` units.
      const pitch = Number(await map.getAttribute("data-pitch")) * (box.width / 480);
      const position = { x: pitch / 2, y: pitch * 1.5 };
      await map.hover({ position });
      const tooltip = await page.locator("#tooltip").textContent();
      await map.click({ position });
      const opened = { title: await title(page), isOpen: await isOpen(page) };
      await page.keyboard.press("Escape");
      const focus = await page.evaluate(() => document.activeElement?.className);
      return { tooltip, opened, closed: !(await isOpen(page)), focus };
    });
    expect(result.tooltip).toMatch(
      /^age × workclass: score 9[\d.]+\u00A0%, ceiling 98.43\u00A0%; correlation ratio real /,
    );
    expect(result.opened).toEqual({ title: "age × workclass", isOpen: true });
    expect(result.closed).toBe(true);
    expect(result.focus).toContain("map-frame");
    expect(complaints).toEqual([]);
  });

  it("open by the keyboard alone: arrows, Enter, Escape, and the focus is back at the map", async () => {
    const { result, complaints } = await visit("adult", async (page) => {
      await page.locator(".map-frame").first().focus();
      for (const key of ["ArrowDown", "ArrowRight", "ArrowDown"]) await page.keyboard.press(key);
      const status = await page.textContent("#map-status");
      await page.keyboard.press("Enter");
      const opened = await title(page);
      await page.keyboard.press("Escape");
      const focus = await page.evaluate(() => document.activeElement?.getAttribute("aria-label"));
      return { status, opened, focus };
    });
    expect(result.status).toMatch(/^workclass × education-num: score /);
    expect(result.opened).toBe("workclass × education-num");
    expect(result.focus).toMatch(/^Error: map of pairs. Arrow keys/);
    expect(complaints).toEqual([]);
  });

  it("show the same numbers as the report has, three tables of them", async () => {
    const { result } = await visit(
      "adult",
      async (page) => ({
        real: await grid(page, "Real"),
        synthetic: await grid(page, "Synthetic"),
        difference: await grid(page, "Difference"),
        facts: await page.locator("#pair-body dt").allTextContents(),
      }),
      { hash: "#pair-1-2" },
    );
    const { picture } = report.fidelity.pairs[0]!;
    const written = (share: number | null) =>
      share === null ? "<5" : share === 0 ? "0" : (share * 100).toFixed(share >= 0.0995 ? 0 : 1);
    expect(result.real.slice(0, 2)).toEqual(["<5", "100"]);
    expect(result.real).toEqual(picture!.real.map(written));
    expect(result.synthetic).toEqual(picture!.synthetic.map(written));
    expect(result.difference).toHaveLength(picture!.real.length);
    expect(result.difference[0]).toBe("<5");
    expect(result.facts).toEqual([
      "Score (ContingencySimilarity)",
      "95 % interval",
      "Ceiling",
      "Rows",
      "Correlation ratio",
      "Note",
    ]);
  });

  it("draws by the script what stands on the page without it", async () => {
    const { result } = await visit("adult", async (page) => {
      const cells = (place: string) =>
        page
          .locator(`${place} .density td`)
          .evaluateAll((all) => all.map((cell) => `${cell.className} ${cell.textContent}`));
      const fixed = await cells(".worst details[open]");
      await page.locator("#pair-list button").first().click();
      return { fixed, drawn: await cells("#pair-body") };
    });
    expect(result.fixed.length).toBeGreaterThan(100);
    expect(result.drawn).toEqual(result.fixed);
  });

  it("are found and ordered in the list, and turned over in the dialog", async () => {
    const names = (page: Page) => page.locator("#pair-list tbody th").allTextContents();
    const { result, complaints } = await visit("adult", async (page) => {
      const first = await names(page);
      await page.click("#more-pairs");
      const more = (await names(page)).length;
      await page.fill("#pair-filter", "sex age");
      const found = { names: await names(page), count: await page.textContent("#pair-count") };
      await page.fill("#pair-filter", "income");
      await page.selectOption("#pair-order", "name");
      const ordered = await names(page);
      await page.locator("#pair-list button").nth(1).click();
      const turned = [await title(page)];
      await page.keyboard.press("ArrowLeft");
      turned.push(await title(page));
      const isFirst = await page.locator("#pair-previous").isDisabled();
      await page.click("#pair-close");
      return { first, more, found, ordered, turned, isFirst, isOpen: await isOpen(page) };
    });
    expect(result.first).toHaveLength(25);
    expect(result.first[0]).toBe("capital-gain × hours-per-week");
    expect(result.more).toBe(91);
    expect(result.found).toEqual({ names: ["age × sex"], count: "1 of 91 pairs" });
    expect(result.ordered).toEqual(result.ordered.toSorted((a, b) => a.localeCompare(b)));
    expect(result.turned).toEqual([result.ordered[1], result.ordered[0]]);
    expect(result).toMatchObject({ isFirst: true, isOpen: false });
    expect(complaints).toEqual([]);
  });

  it("say where no picture was kept", async () => {
    const { result } = await visit("bare", (page) => page.textContent("#pair-body .no-chart"), { hash: "#pair-2-1" });
    expect(result).toMatch(/^No picture of this pair was kept/);
  });

  it("write hostile names and groups as text", async () => {
    const { result, complaints } = await visit(
      "hostile",
      async (page) => ({
        title: await title(page),
        elements: await page.locator("#pair-dialog :is(img, script, svg)").count(),
      }),
      { hash: "#pair-1-3" },
    );
    expect(result).toEqual({ title: `${HOSTILE_NAMES[0]} × ${HOSTILE_NAMES[2]}`, elements: 0 });
    expect(complaints).toEqual([]);
  });

  it.each(["light", "dark"] as const)(
    "have no accessibility violation with the dialog open: %s",
    async (colorScheme) => {
      const rules = colorScheme === "dark" ? CONTRAST : undefined;
      const { result } = await visit("small", (page) => violations(page, "dialog", rules), {
        hash: "#pair-1-2",
        colorScheme,
      });
      expect(result).toEqual([]);
    },
  );

  it("fit a phone, the dialog included", async () => {
    const { result } = await visit(
      "adult",
      (page) =>
        page.evaluate(() => {
          const dialog = document.querySelector("dialog")!;
          return [document.documentElement.scrollWidth, dialog.scrollWidth - dialog.clientWidth];
        }),
      { hash: "#pair-1-2", viewport: { width: 320, height: 700 } },
    );
    expect(result).toEqual([320, 0]);
  });
});
