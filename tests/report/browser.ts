import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { AxeBuilder } from "@axe-core/playwright";
import chromium from "@sparticuz/chromium";
import { type Browser, type BrowserContextOptions, type Page, chromium as playwright } from "playwright-core";
import { afterAll, beforeAll } from "vitest";

export interface Visit<T> {
  readonly result: T;
  /** What the browser complained of on its console. */
  readonly complaints: readonly string[];
  /** Addresses that were asked for. */
  readonly requests: readonly string[];
}

export interface VisitOptions extends BrowserContextOptions {
  /** After the address, e.g. "#column-3". */
  readonly hash?: string;
}

/**
 * A browser for the tests of one file, and the pages in a folder of their own. `visit` opens a page in a context of its own and
 * gives what `work` gives; `address` is where a page stands.
 */
export function startBrowser<Name extends string>(pages: Readonly<Record<Name, string>>) {
  let browser: Browser;
  const folder = mkdtempSync(join(tmpdir(), "synth-report-"));
  const address = (name: Name) => pathToFileURL(join(folder, `${name}.html`)).href;

  beforeAll(async () => {
    browser = await playwright.launch({
      executablePath: await chromium.executablePath(),
      args: ["--no-sandbox", "--disable-gpu"],
      headless: true,
    });
    for (const [name, text] of Object.entries<string>(pages)) writeFileSync(join(folder, `${name}.html`), text);
  });

  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  async function visit<T>(
    name: Name,
    work: (page: Page) => Promise<T>,
    { hash = "", ...options }: VisitOptions = {},
  ): Promise<Visit<T>> {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
    const page = await context.newPage();
    const complaints: string[] = [];
    const requests: string[] = [];
    page.on("console", (message) => complaints.push(`${message.type()}: ${message.text()}`));
    page.on("pageerror", (error) => complaints.push(error.message));
    page.on("dialog", (dialog) => complaints.push(`dialog: ${dialog.message()}`));
    page.on("request", (request) => requests.push(request.url()));
    await page.goto(address(name) + hash);
    const result = await work(page);
    await context.close();
    return { result, complaints, requests: requests.filter((url) => !url.startsWith("data:")) };
  }
  return { visit, address };
}

/** The accessibility violations that axe-core finds in the page or in a part of it, one line each; `rules`: of these rules alone. */
export async function violations(page: Page, part = "html", rules?: readonly string[]): Promise<string[]> {
  // There are no frames, so the mode without their messaging sees the same and is twice as fast.
  const axe = new AxeBuilder({ page }).setLegacyMode().include(part);
  const chosen =
    rules === undefined
      ? axe.withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"])
      : axe.withRules([...rules]);
  const found = await chosen.analyze();
  if (found.passes.length === 0) throw new Error("axe-core looked at nothing");
  return found.violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 200)} ${nodes[0]?.failureSummary}`);
}

/** What light and dark differ in. */
export const CONTRAST = ["color-contrast"] as const;
