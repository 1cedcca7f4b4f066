import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { renderReport } from "../../src/report/render-report.js";
import { startBrowser, violations } from "./browser.js";
import { makeReport } from "./fixture.js";

const NAMES = makeReport().fidelity.columns.map((column) => column.name);

describe("the columns of report.html in a browser", () => {
  const { visit } = startBrowser({
    adult: renderReport(makeReport(), { title: "adult" }),
    small: renderReport(makeReport({ columns: 4 }), { title: "small" }),
  });
  const cards = (page: Page) =>
    page.locator(".card.column:visible").evaluateAll((all) => all.map((card) => card.getAttribute("data-name")));
  const lines = (page: Page) => page.locator("#column-list tbody tr:visible th").allTextContents();

  it("are filtered and ordered, list and cards alike", async () => {
    const { result, complaints } = await visit("adult", async (page) => {
      await page.fill("#column-filter", "CAPITAL");
      const one = {
        cards: await cards(page),
        lines: await lines(page),
        count: await page.textContent("#column-count"),
      };
      await page.fill("#column-filter", "no such column");
      const none = { cards: await cards(page), note: await page.locator("#no-columns").isVisible() };
      await page.fill("#column-filter", "");
      await page.selectOption("#column-type", "boolean");
      const booleans = await cards(page);
      await page.selectOption("#column-type", "");
      await page.selectOption("#column-order", "table");
      const ordered = await cards(page);
      await page.selectOption("#column-order", "missing");
      return { one, none, booleans, ordered, missing: await lines(page) };
    });
    expect(result.one).toEqual({ cards: ["capital-gain"], lines: ["capital-gain"], count: "1 of 14 columns" });
    expect(result.none).toEqual({ cards: [], note: true });
    expect(result.booleans).toEqual(["sex"]);
    expect(result.ordered).toEqual(NAMES);
    expect(result.missing.slice(0, 3)).toEqual(["workclass", "age", "education"]);
    expect(complaints).toEqual([]);
  });

  it("are sorted by the list's headings, a second time the other way round", async () => {
    const { result } = await visit("adult", async (page) => {
      const heading = page.getByRole("columnheader", { name: "Column", exact: true });
      const before = await page.getByRole("columnheader", { name: /Error/ }).getAttribute("aria-sort");
      await heading.getByRole("button").click();
      const once = { lines: await lines(page), sort: await heading.getAttribute("aria-sort") };
      await heading.getByRole("button").click();
      return { before, once, twice: { lines: await lines(page), sort: await heading.getAttribute("aria-sort") } };
    });
    const sorted = NAMES.toSorted();
    expect(result.before).toBe("descending");
    expect(result.once).toEqual({ lines: sorted, sort: "ascending" });
    expect(result.twice).toEqual({ lines: sorted.toReversed(), sort: "descending" });
  });

  it("open by the list, by an address and by the arrow keys", async () => {
    const open = (page: Page) =>
      page.locator(".card.column:has(.more-of[open])").evaluateAll((all) => all.map((card) => card.id));
    const { result, complaints } = await visit(
      "adult",
      async (page) => {
        const first = await open(page);
        const focus = await page.evaluate(() => document.activeElement?.closest(".card")?.id);
        await page.keyboard.press("ArrowRight");
        const next = await open(page);
        await page.getByRole("button", { name: "‹ Previous column" }).click();
        const previous = await open(page);
        await page.locator("#column-list a", { hasText: "hours-per-week" }).click();
        const seen = await page.locator("#column-11 .details-of").isVisible();
        return { first, focus, next, previous, seen };
      },
      { hash: "#column-3" },
    );
    // education's score is above its ceiling: only workclass, age and race (no score) come after it.
    expect(result).toEqual({
      first: ["column-3"],
      focus: "column-3",
      next: ["column-2"],
      previous: ["column-3"],
      seen: true,
    });
    expect(complaints).toEqual([]);
  });

  it("show every part of a column's own page", async () => {
    const { result } = await visit(
      "adult",
      (page) => page.locator("#column-1 .details-of h4:visible").allTextContents(),
      { hash: "#column-1" },
    );
    const { result: second } = await visit(
      "adult",
      (page) => page.locator("#column-2 .details-of h4:visible").allTextContents(),
      { hash: "#column-2" },
    );
    expect(result).toEqual(["Share of values up to each point", "Summary", "Figures"]);
    expect(second).toEqual(["Missing values", "Summary", "Figures"]);
  });

  it("tell under the pointer what the card's table of shares says", async () => {
    const { result, complaints } = await visit("adult", async (page) => {
      await page.locator("#column-1 .histogram").hover({ position: { x: 30, y: 60 } });
      const bin = await page.locator("#tooltip").textContent();
      await page.locator("#column-2 .categories").hover({ position: { x: 30, y: 10 } });
      const category = await page.locator("#tooltip").textContent();
      await page.locator("h1").hover();
      return {
        bin,
        category,
        hidden: await page.locator("#tooltip").isHidden(),
        marks: await page.locator(".column .hit").count(),
      };
    });
    expect(result.bin).toMatch(/^2[03] to 2[36]: real [\d.]+\u00A0%, synthetic [\d.]+\u00A0%, held out [\d.]+\u00A0%$/);
    expect(result.category).toMatch(/^Private: real /);
    expect(result).toMatchObject({ hidden: true, marks: 0 });
    expect(complaints).toEqual([]);
  });

  it("have no accessibility violation with a card open", async () => {
    const { result } = await visit("small", (page) => violations(page, "#column-2"), { hash: "#column-2" });
    expect(result).toEqual([]);
  });
});
