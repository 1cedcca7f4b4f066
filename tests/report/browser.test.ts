import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { AxeBuilder } from "@axe-core/playwright";
import chromium from "@sparticuz/chromium";
import { type Browser, type BrowserContextOptions, type Page, chromium as playwright } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { renderReport } from "../../src/report/render-report.js";
import { HOSTILE_NAMES, makeReport } from "./fixture.js";

const PAGES = {
  adult: renderReport(makeReport(), { title: "adult" }),
  noHoldout: renderReport(makeReport({ holdout: false }), { title: "adult" }),
  hostile: renderReport(makeReport({ names: HOSTILE_NAMES }), { title: HOSTILE_NAMES[0]! }),
  small: renderReport(makeReport({ columns: 5 }), { title: "small" }),
  smallNoHoldout: renderReport(makeReport({ columns: 3, holdout: false }), { title: "small" }),
  smallHostile: renderReport(makeReport({ columns: 4, names: HOSTILE_NAMES.slice(6, 10) }), { title: "small" }),
  wide: renderReport(makeReport({ columns: 40 }), { title: "wide" }),
};

describe("report.html in a browser", () => {
  let browser: Browser;
  const folder = mkdtempSync(join(tmpdir(), "synth-report-"));

  beforeAll(async () => {
    browser = await playwright.launch({
      executablePath: await chromium.executablePath(),
      args: ["--no-sandbox", "--disable-gpu"],
      headless: true,
    });
    for (const [name, text] of Object.entries(PAGES)) writeFileSync(join(folder, `${name}.html`), text);
  });

  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Opens a page in a context of its own; gives what `work` gives, and everything the browser complained of or asked for. */
  async function visit<T>(
    name: keyof typeof PAGES,
    work: (page: Page) => Promise<T>,
    options: BrowserContextOptions = {},
  ): Promise<{ result: T; complaints: string[]; requests: string[] }> {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
    const page = await context.newPage();
    const complaints: string[] = [];
    const requests: string[] = [];
    page.on("console", (message) => complaints.push(`${message.type()}: ${message.text()}`));
    page.on("pageerror", (error) => complaints.push(error.message));
    page.on("dialog", (dialog) => complaints.push(`dialog: ${dialog.message()}`));
    page.on("request", (request) => requests.push(request.url()));
    await page.goto(pathToFileURL(join(folder, `${name}.html`)).href);
    const result = await work(page);
    await context.close();
    return { result, complaints, requests: requests.filter((url) => !url.startsWith("data:")) };
  }

  it.each(["adult", "noHoldout", "hostile", "wide"] as const)(
    "opens %s without a complaint and asks for nothing",
    async (name) => {
      const { complaints, requests } = await visit(name, async (page) => page.waitForTimeout(50));
      expect(complaints).toEqual([]);
      expect(requests).toEqual([pathToFileURL(join(folder, `${name}.html`)).href]);
    },
  );

  it("shows every section", async () => {
    const { result } = await visit("adult", async (page) => {
      const sections = page.locator("main > section");
      const boxes = await sections.evaluateAll((all) => all.map((one) => one.getBoundingClientRect().height));
      return { count: await sections.count(), boxes, visible: await page.locator("#verdict").isVisible() };
    });
    expect(result.count).toBe(7);
    expect(result.boxes.every((height) => height > 150)).toBe(true);
    expect(result.visible).toBe(true);
  });

  it.each([
    ["small", "light"],
    ["small", "dark"],
    ["smallNoHoldout", "light"],
    ["smallHostile", "dark"],
  ] as const)("has no accessibility violation: %s, %s", async (name, colorScheme) => {
    const { result } = await visit(
      name,
      async (page) => {
        await page.evaluate(() => {
          for (const details of document.querySelectorAll("details")) details.open = true;
        });
        // There are no frames, so the mode without their messaging sees the same and is twice as fast.
        return new AxeBuilder({ page })
          .setLegacyMode()
          .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"])
          .analyze();
      },
      { colorScheme },
    );
    expect(result.passes.length).toBeGreaterThan(20);
    expect(
      result.violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 200)} ${nodes[0]?.failureSummary}`),
    ).toEqual([]);
  });

  it.each(["adult", "wide", "hostile"] as const)("does not scroll sideways on a phone: %s", async (name) => {
    const widths = await Promise.all(
      [400, 320].map(async (width) => {
        const { result } = await visit(name, (page) => page.evaluate(() => document.documentElement.scrollWidth), {
          viewport: { width, height: 800 },
        });
        return result;
      }),
    );
    expect(widths).toEqual([400, 320]);
  });

  it("draws three heat maps of 14 x 13 / 2 visible cells", async () => {
    const { result } = await visit("adult", (page) =>
      page
        .locator(".heat-map")
        .evaluateAll((maps) =>
          maps.map(
            (map) => [...map.querySelectorAll("rect")].filter((cell) => cell.getBoundingClientRect().width > 8).length,
          ),
        ),
    );
    expect(result).toEqual([91, 91, 91]);
  });

  it("shows a cell's tooltip at once, and gives its title back afterwards", async () => {
    const { result, complaints } = await visit("adult", async (page) => {
      const cell = page.locator(".heat-map rect").first();
      const title = await cell.locator("title").textContent();
      await cell.hover();
      const shown = await page.locator("#tooltip").textContent();
      const box = await page.locator("#tooltip").boundingBox();
      await page.locator("h1").hover();
      return {
        title,
        shown,
        box,
        after: await cell.locator("title").textContent(),
        hidden: await page.locator("#tooltip").isHidden(),
      };
    });
    expect(result.title).toMatch(/^age × workclass: /);
    expect(result.shown).toBe(result.title);
    expect(result.box?.width).toBeGreaterThan(50);
    expect(result.after).toBe(result.title);
    expect(result.hidden).toBe(true);
    expect(complaints).toEqual([]);
  });

  it("filters and orders columns", async () => {
    const names = (page: Page) =>
      page.locator(".card.column:visible").evaluateAll((cards) => cards.map((card) => card.getAttribute("data-name")));
    const { result } = await visit("adult", async (page) => {
      await page.fill("#column-filter", "CAPITAL");
      const one = { names: await names(page), count: await page.textContent("#column-count") };
      await page.fill("#column-filter", "no such column");
      const none = { names: await names(page), note: await page.locator("#no-columns").isVisible() };
      await page.fill("#column-filter", "");
      await page.selectOption("#column-type", "boolean");
      const booleans = await names(page);
      await page.selectOption("#column-type", "");
      await page.selectOption("#column-order", "table");
      return { one, none, booleans, ordered: await names(page) };
    });
    expect(result.one).toEqual({ names: ["capital-gain"], count: "1 of 14 columns" });
    expect(result.none).toEqual({ names: [], note: true });
    expect(result.booleans).toEqual(["sex"]);
    expect(result.ordered).toEqual(makeReport().fidelity.columns.map((column) => column.name));
  });

  it("switches between light and dark", async () => {
    const ground = (page: Page) => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const { result } = await visit("adult", async (page) => {
      const before = await ground(page);
      await page.click("#theme");
      return { before, after: await ground(page) };
    });
    expect(result).toEqual({ before: "rgb(246, 247, 249)", after: "rgb(14, 18, 23)" });
  });

  it("needs no JavaScript: everything is there, but for the controls that would not work", async () => {
    const { result, complaints } = await visit(
      "adult",
      async (page) => ({
        cards: await page.locator(".card.column:visible").count(),
        controls: await page.locator("form.controls").isVisible(),
        theme: await page.locator("#theme").isVisible(),
        charts: await page.locator(".column svg.chart:visible").count(),
      }),
      { javaScriptEnabled: false },
    );
    expect(result).toEqual({ cards: 14, controls: false, theme: false, charts: 14 });
    expect(complaints).toEqual([]);
  });

  it("runs nothing out of a name: the title is the text itself and no element was made", async () => {
    const { result, complaints } = await visit("hostile", async (page) => {
      await page.locator(".heat-map rect").nth(3).hover();
      return {
        title: await page.title(),
        images: await page.locator("img").count(),
        scripts: await page.locator("script").count(),
        handlers: await page.evaluate(() =>
          [...document.querySelectorAll("*")]
            .flatMap((one) => one.getAttributeNames())
            .filter((name) => name.startsWith("on")),
        ),
      };
    });
    expect(result).toEqual({
      title: `${HOSTILE_NAMES[0]} – synthetic data report`,
      images: 0,
      scripts: 1,
      handlers: [],
    });
    expect(complaints).toEqual([]);
  });

  it("would not run a script that came in all the same: the policy blocks it", async () => {
    const { result, complaints } = await visit("adult", (page) =>
      page.evaluate(() => {
        const script = document.createElement("script");
        script.textContent = "document.title = 'owned'";
        document.body.append(script);
        return document.title;
      }),
    );
    expect(result).toBe("adult – synthetic data report");
    expect(complaints.join()).toMatch(/Content Security Policy/);
  });

  it("prints in light colours without controls", async () => {
    const { result } = await visit(
      "adult",
      async (page) => {
        await page.emulateMedia({ media: "print", colorScheme: "dark" });
        return {
          ground: await page.evaluate(() => getComputedStyle(document.body).backgroundColor),
          ink: await page.evaluate(() => getComputedStyle(document.body).color),
          navigation: await page.locator("nav").isVisible(),
          controls: await page.locator("form.controls").isVisible(),
        };
      },
      { colorScheme: "dark" },
    );
    expect(result).toEqual({
      ground: "rgb(255, 255, 255)",
      ink: "rgb(20, 29, 43)",
      navigation: false,
      controls: false,
    });
  });
});
