import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { reportSchema } from "../../src/evaluate/report-schema.js";
import { renderReport } from "../../src/report/render-report.js";
import { differenceLimit } from "../../src/report/sections/pairs.js";
import { HOSTILE_NAMES, makeReport } from "./fixture.js";

describe("the fixture", () => {
  it("is a valid report in every variant", () => {
    for (const options of [{}, { holdout: false }, { names: HOSTILE_NAMES }, { columns: 40 }]) {
      expect(() => reportSchema.parse(makeReport(options))).not.toThrow();
    }
  });
});

describe("renderReport", () => {
  const page = renderReport(makeReport(), { title: "adult" });

  it("has the sections in their order, each with its heading", () => {
    const headings = [...page.matchAll(/<section id="([a-z]+)"[^>]*><h2[^>]*>([^<]+)</g)].map((match) =>
      match.slice(1),
    );
    expect(headings).toEqual([
      ["summary", "At a glance"],
      ["columns", "Columns"],
      ["pairs", "Pairs of columns"],
      ["usefulness", "Usefulness and detection"],
      ["privacy", "Privacy"],
      ["method", "Method"],
      ["glossary", "Glossary and sources"],
    ]);
  });

  it("gives the same bytes for the same report", () => {
    expect(renderReport(makeReport(), { title: "adult" })).toBe(page);
  });

  it("admits by its policy exactly its own style and script", () => {
    const policy = /content="(default-src[^"]+)"/.exec(page)![1]!.replaceAll("&#39;", "'");
    const hash = (tag: string) => {
      const text = new RegExp(`<${tag}>([\\s\\S]*?)</${tag}>`).exec(page)![1]!;
      return `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
    };
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain(`style-src ${hash("style")};`);
    expect(policy).toContain(`script-src ${hash("script")};`);
    expect(policy).not.toContain("unsafe");
    expect(page.match(/<script/g)).toHaveLength(1);
    expect(page.match(/<style/g)).toHaveLength(1);
    expect(page).not.toMatch(/ style="/);
  });

  it("loads nothing: addresses stand in links alone", () => {
    const withoutLinks = page.replace(/<a href="https:\/\/[^"]+" rel="noopener noreferrer">/g, "");
    expect(withoutLinks.replaceAll("http://www.w3.org/2000/svg", "")).not.toMatch(/https?:\/\//);
    expect(page).not.toMatch(/@import|url\(|<iframe|<img|<object|<embed/);
  });

  it("sorts columns by score, the worst first", () => {
    const order = [...page.matchAll(/<article class="card column \w+" data-name="([^"]*)"/g)].map((match) => match[1]);
    expect(order.slice(0, 3)).toEqual(["occupation", "income", "interviewed"]);
    expect(order.at(-1)).toBe("race");
    expect(order).toHaveLength(14);
  });

  it("says in words and by a mark's shape what the verdict's colour says", () => {
    const words = { good: "Good", caution: "Use with caution", bad: "Do not rely on it" } as const;
    for (const level of ["good", "caution", "bad"] as const) {
      const drawn = renderReport(makeReport({ level }));
      expect(drawn).toContain(`<h2 id="verdict">${words[level]}</h2>`);
      expect(drawn).toContain(`class="verdict ${level}"`);
    }
  });

  it("names the failures of the release policy with their codes", () => {
    const drawn = renderReport(makeReport({ holdout: false }));
    expect(drawn).toContain("Not to be shared");
    expect(drawn).toContain("copying cannot be ruled out. <code>E_RELEASE_NO_HOLDOUT</code>");
    expect(page).toContain("May be shared");
  });

  it("shows reasons, never 0, where figures are unavailable", () => {
    const drawn = renderReport(makeReport({ holdout: false }));
    const cards = [
      ...drawn.matchAll(/<article class="card score unknown"><h3>([^<]+)<\/h3><p class="value absent">—</g),
    ];
    expect(cards.map((match) => match[1])).toEqual(["Usefulness", "Closer to training rows (DCR share)"]);
    expect(drawn.match(/<b>Why:<\/b> no held-out rows were given/g)).toHaveLength(2);
    expect(drawn).toContain("unavailable: no held-out rows were given");
    expect(withoutScript(drawn)).not.toMatch(/undefined|NaN|Infinity/);
  });

  it("draws three heat maps of n (n - 1) / 2 cells with a tooltip each", () => {
    for (const [count, source] of [
      [14, page],
      [40, renderReport(makeReport({ columns: 40 }))],
    ] as const) {
      const maps = [...source.matchAll(/<svg class="chart heat-map[^>]*>([\s\S]*?)<\/svg>/g)].map((match) => match[1]!);
      expect(maps).toHaveLength(3);
      for (const map of maps) expect(map.match(/<rect [^>]*><title>/g)).toHaveLength((count * (count - 1)) / 2);
    }
  });

  it("lists omitted columns with the reason", () => {
    expect(page).toContain("1 column was left out");
    expect(page).toContain("<bdi>record_id</bdi></strong>: an identifier");
  });

  it("quotes a column's name in the command to paste", () => {
    const names = ["$(touch owned)'; x"];
    expect(renderReport(makeReport({ names, columns: 1 }))).toContain(
      "--target &#39;$(touch owned)&#39;\\&#39;&#39;; x&#39; --seed 1",
    );
  });

  it("stays well below 1 MB for 40 columns", () => {
    expect(Buffer.byteLength(renderReport(makeReport({ columns: 40 })))).toBeLessThan(800_000);
    expect(Buffer.byteLength(page)).toBeLessThan(300_000);
  });

  it("draws a report of one column and one of none", () => {
    expect(renderReport(makeReport({ columns: 1 }))).toContain("No pair of columns could be compared");
    expect(withoutScript(renderReport(makeReport({ columns: 0 })))).not.toMatch(/undefined|NaN|Infinity/);
  });

  it("lets no hostile name become markup", () => {
    const drawn = renderReport(makeReport({ names: HOSTILE_NAMES }), { title: HOSTILE_NAMES[4]! });
    const tags = (text: string) => [...text.matchAll(/<(\/?[a-zA-Z!][^\s>/]*)/g)].map((match) => match[1]);
    const known = new Set(tags(page));
    expect(tags(drawn).filter((tag) => !known.has(tag!) && tag !== "i" && tag !== "/i")).toEqual([]);
    expect(drawn.match(/<script/g)).toHaveLength(1);
    expect(drawn).toContain("&lt;script&gt;document.title=&#39;owned&#39;&lt;/script&gt;");
    expect(drawn).toContain("<bdi>__proto__</bdi>");
  });
});

describe("differenceLimit", () => {
  it("never makes noise look like a finding, and never clips", () => {
    expect([0, 0.05, 0.2, 0.21, 0.9, 1.4].map(differenceLimit)).toEqual([0.2, 0.2, 0.2, 0.5, 1, 2]);
  });
});

function withoutScript(page: string): string {
  return page.replace(/<script>[\s\S]*<\/script>/, "");
}
