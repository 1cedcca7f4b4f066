import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { renderReport } from "../../src/report/render-report.js";
import { SECTIONS } from "../../src/report/sections/section.js";
import { CONTRAST, startBrowser, violations } from "./browser.js";
import { HOSTILE_NAMES, makeReport } from "./fixture.js";
import { makeReportGuarantee } from "./fixture-guarantee.js";

const PAGES = {
  adult: renderReport(makeReport(), { title: "adult" }),
  noHoldout: renderReport(makeReport({ holdout: false }), { title: "adult" }),
  bare: renderReport(makeReport({ bare: true, holdout: false }), { title: "adult" }),
  hostile: renderReport(makeReport({ names: HOSTILE_NAMES }), { title: HOSTILE_NAMES[0]! }),
  small: renderReport(makeReport({ columns: 3 }), { title: "small" }),
  smallNoHoldout: renderReport(makeReport({ columns: 3, holdout: false }), { title: "small" }),
  smallHostile: renderReport(makeReport({ columns: 3, names: HOSTILE_NAMES.slice(7, 10) }), { title: "small" }),
  private: renderReport({ ...makeReport({ columns: 3 }), guarantee: makeReportGuarantee() }, { title: "private" }),
  seeded: renderReport(
    { ...makeReport({ columns: 3 }), guarantee: makeReportGuarantee({ noise: "seeded", target: HOSTILE_NAMES[0]! }) },
    { title: "seeded" },
  ),
  wide: renderReport(makeReport({ columns: 40 }), { title: "wide" }),
  one: renderReport(makeReport({ columns: 1 }), { title: "one" }),
};

describe("report.html in a browser", () => {
  const { visit, address } = startBrowser(PAGES);

  it.each(["adult", "noHoldout", "bare", "hostile", "wide", "one"] as const)(
    "opens %s without a complaint and asks for nothing",
    async (name) => {
      const { complaints, requests } = await visit(name, async (page) => page.waitForTimeout(50));
      expect(complaints).toEqual([]);
      expect(requests).toEqual([address(name)]);
    },
  );

  it("shows every section", async () => {
    const { result } = await visit("adult", async (page) => {
      const sections = page.locator("main > section");
      const boxes = await sections.evaluateAll((all) => all.map((one) => one.getBoundingClientRect().height));
      return { count: await sections.count(), boxes, visible: await page.locator("#verdict").isVisible() };
    });
    expect(result.count).toBe(SECTIONS.length);
    expect(result.boxes.every((height) => height > 150)).toBe(true);
    expect(result.visible).toBe(true);
  });

  it.each([
    ["small", "light"],
    ["small", "dark"],
    ["smallNoHoldout", "dark"],
    ["smallHostile", "light"],
  ] as const)("has no accessibility violation: %s, %s", async (name, colorScheme) => {
    const { result } = await visit(
      name,
      async (page) => {
        await page.evaluate(() => {
          for (const details of document.querySelectorAll("details")) details.open = true;
        });
        return violations(page, "html", colorScheme === "dark" ? CONTRAST : undefined);
      },
      { colorScheme },
    );
    expect(result).toEqual([]);
  });

  it("shows the guarantee first, with a link to it, below what says that it does not cover the figures", async () => {
    const { result, complaints } = await visit("private", async (page) => {
      const top = async (of: string) => (await page.locator(of).first().boundingBox())!.y;
      return {
        link: await page.locator("nav a").first().getAttribute("href"),
        order: [await top(".not-covered"), await top("h1"), await top("#guarantee"), await top("#summary")],
        sections: await page.locator("main > section").count(),
        entries: await page.locator("#guarantee tbody tr:visible").count(),
      };
    });
    expect(result.link).toBe("#guarantee");
    expect(result.order).toEqual(result.order.toSorted((a, b) => a - b));
    expect(result.sections).toBe(SECTIONS.length + 1);
    expect(result.entries).toBe(5);
    expect(complaints).toEqual([]);
  });

  it.each([
    ["private", "light"],
    ["seeded", "dark"],
  ] as const)("has no accessibility violation in the guarantee: %s, %s", async (name, colorScheme) => {
    const parts = ["#guarantee", ".not-covered"];
    const { result } = await visit(
      name,
      async (page) => [await violations(page, parts[0]), await violations(page, parts[1], CONTRAST)],
      { colorScheme },
    );
    expect(result).toEqual([[], []]);
  });

  it.each(["adult", "wide", "hostile", "private"] as const)("does not scroll sideways on a phone: %s", async (name) => {
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
        controls: await page.locator("form.controls").first().isVisible(),
        theme: await page.locator("#theme").isVisible(),
        charts: await page.locator(".column .main svg.chart:visible").count(),
        pictures: await page.locator(".density:visible").count(),
        list: await page.locator("#column-list tbody tr:visible").count(),
        pairs: await page.locator("#pair-browser").isVisible(),
      }),
      { javaScriptEnabled: false },
    );
    expect(result).toEqual({
      cards: 14,
      controls: false,
      theme: false,
      charts: 14,
      pictures: 3,
      list: 14,
      pairs: false,
    });
    expect(complaints).toEqual([]);
  });

  it("runs nothing out of a name: the title is the text itself and no element was made", async () => {
    const { result, complaints } = await visit("hostile", async (page) => {
      await page
        .locator(".heat-map")
        .first()
        .click({ position: { x: 10, y: 60 } });
      await page.keyboard.press("Escape");
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
      scripts: 2,
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
});
