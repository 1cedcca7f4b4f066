import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { AxeBuilder } from "@axe-core/playwright";
import chromium from "@sparticuz/chromium";
import { type Browser, type BrowserContextOptions, type Page, chromium as playwright } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { renderComparison } from "../../src/report/render-comparison.js";
import { makeComparison, makePresetComparison } from "./comparison-fixture.js";

const folder = mkdtempSync(join(tmpdir(), "synth-comparison-"));
const path = join(folder, "index.html");
const presetsPath = join(folder, "presets.html");

describe("the comparison's page in a browser", () => {
  let browser: Browser;

  beforeAll(async () => {
    writeFileSync(path, renderComparison(makeComparison()));
    writeFileSync(presetsPath, renderComparison(makePresetComparison()));
    browser = await playwright.launch({
      executablePath: await chromium.executablePath(),
      args: ["--no-sandbox", "--disable-gpu"],
      headless: true,
    });
  });

  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  async function visit<T>(work: (page: Page) => Promise<T>, options: BrowserContextOptions = {}, file = path) {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
    const page = await context.newPage();
    const complaints: string[] = [];
    const requests: string[] = [];
    page.on("console", (message) => complaints.push(message.text()));
    page.on("pageerror", (error) => complaints.push(error.message));
    page.on("request", (request) => requests.push(request.url()));
    await page.goto(pathToFileURL(file).href);
    const result = await work(page);
    await context.close();
    return { result, complaints, requests: requests.filter((url) => !url.startsWith("data:")) };
  }

  it("opens without a complaint, asks for nothing, shows every section", async () => {
    const { result, complaints, requests } = await visit((page) => page.locator("main > section:visible").count());
    expect({ result, complaints }).toEqual({ result: 4, complaints: [] });
    expect(requests).toEqual([pathToFileURL(path).href]);
  });

  it.each(["light", "dark"] as const)("has no accessibility violation: %s", async (colorScheme) => {
    const { result } = await visit((page) => new AxeBuilder({ page }).setLegacyMode().analyze(), { colorScheme });
    expect(result.violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 200)}`)).toEqual([]);
  });

  it.each(["light", "dark"] as const)("of presets has no accessibility violation: %s", async (colorScheme) => {
    const analyze = (page: Page) =>
      new AxeBuilder({ page }).include("#presets").include("#curves").setLegacyMode().analyze();
    const { result, complaints } = await visit(analyze, { colorScheme }, presetsPath);
    expect(result.violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 200)}`)).toEqual([]);
    expect(complaints).toEqual([]);
  });

  it("of presets does not scroll sideways on a phone", async () => {
    const width = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth);
    const { result } = await visit(width, { viewport: { width: 360, height: 800 } }, presetsPath);
    expect(result).toBe(360);
  });

  it("does not scroll sideways on a phone", async () => {
    const { result } = await visit((page) => page.evaluate(() => document.documentElement.scrollWidth), {
      viewport: { width: 360, height: 800 },
    });
    expect(result).toBe(360);
  });

  it("orders rows by a heading, numbers as numbers, with the keyboard, and says so", async () => {
    const names = (page: Page) => page.locator("#columns tbody th").allTextContents();
    const { result } = await visit(async (page) => {
      const first = await names(page);
      const head = page.locator("#columns thead th").nth(0);
      await head.locator("button").focus();
      await page.keyboard.press("Enter");
      const byName = await names(page);
      const way = await head.getAttribute("aria-sort");
      await page.locator("#columns thead th").nth(2).locator("button").click();
      return { first, byName, way, byScore: await names(page), cleared: await head.getAttribute("aria-sort") };
    });
    expect(result.first[0]).toBe("age"); // the tables differ most in it, and its score is the lowest
    expect(result.byName).toEqual(result.first.toSorted((a, b) => a.localeCompare(b)));
    expect(result.way).toBe("ascending");
    expect(result.byScore[0]).toBe("age");
    expect(result.cleared).toBeNull();
  });

  it("prints in light colours without controls", async () => {
    const { result } = await visit(async (page) => {
      await page.emulateMedia({ media: "print", colorScheme: "dark" });
      return [
        await page.evaluate(() => getComputedStyle(document.body).backgroundColor),
        await page.locator("nav").isVisible(),
      ];
    });
    expect(result).toEqual(["rgb(255, 255, 255)", false]);
  });
});
