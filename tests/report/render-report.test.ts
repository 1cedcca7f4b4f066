import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { reportSchema } from "../../src/evaluate/report-schema.js";
import { renderReport } from "../../src/report/render-report.js";
import { PACK_ALPHABET, packShares } from "../../src/report/sections/pair-data.js";
import { differenceLimit } from "../../src/report/sections/pair-maps.js";
import { HOSTILE_NAMES, makeReport } from "./fixture.js";

describe("the fixture", () => {
  it("is a valid report in every variant", () => {
    for (const options of [{}, { holdout: false }, { bare: true }, { names: HOSTILE_NAMES }, { columns: 20 }]) {
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
      ["detection", "Detection"],
      ["usefulness", "Usefulness"],
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
    expect(page.match(/<script>/g)).toHaveLength(1);
    expect(page.match(/<script[^>]+>/g)).toEqual(['<script type="application/json" id="pair-data">']);
    expect(page.match(/<style/g)).toHaveLength(1);
    expect(page).not.toMatch(/ style="/);
  });

  it("loads nothing: addresses stand in links alone", () => {
    const withoutLinks = page.replace(/<a href="https:\/\/[^"]+" rel="noopener noreferrer">/g, "");
    expect(withoutLinks.replaceAll("http://www.w3.org/2000/svg", "")).not.toMatch(/https?:\/\//);
    expect(page).not.toMatch(/@import|url\(|<iframe|<img|<object|<embed/);
  });

  it("puts the column that lacks most of its ceiling first, one without a score last", () => {
    const order = [...page.matchAll(/<article class="card column [^>]* data-name="([^"]*)"/g)].map((match) => match[1]);
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
      ...drawn.matchAll(/<article class="card score unknown"><h4>([^<]+)<\/h4><p class="value absent">—</g),
    ];
    expect(cards.map((match) => match[1])).toEqual(["Usefulness", "Closer to training rows (DCR share)"]);
    expect(drawn.match(/<b>Why:<\/b> no held-out rows were given/g)).toHaveLength(2);
    expect(drawn).toContain("unavailable: no held-out rows were given");
    expect(withoutScript(drawn)).not.toMatch(/undefined|NaN|Infinity/);
  });

  it("draws four heat maps of n (n - 1) / 2 cells", () => {
    for (const [count, source] of [
      [14, page],
      [40, renderReport(makeReport({ columns: 40 }))],
    ] as const) {
      const maps = [...source.matchAll(/<svg class="chart heat-map[^>]*>([\s\S]*?)<\/svg>/g)].map((match) => match[1]!);
      expect(maps).toHaveLength(4);
      for (const map of maps) {
        const cells = [...map.matchAll(/<path class="[^>]* d="([^"]+)"/g)].flatMap((match) => match[1]!.match(/M/g)!);
        expect(cells).toHaveLength((count * (count - 1)) / 2);
      }
    }
  });

  it("colours in the map of errors only what is no chance: lacks orange, what is closer than chance blue", () => {
    const report = makeReport({ columns: 4 });
    const scores = [
      { value: 0.97 },
      { value: 0.99, aboveCeiling: "within noise" },
      { value: 0.99, aboveCeiling: "beyond noise" },
    ] as const;
    report.fidelity.pairs = scores.map((score, i) => ({
      ...report.fidelity.pairs[i]!,
      score: { ...score, ceiling: 0.98 },
    }));
    const map = /<svg class="chart heat-map[\s\S]*?<\/svg>/.exec(renderReport(report))![0];
    expect([...map.matchAll(/<text class="on (\w+)"[^>]*>([^<]+)</g)].map((match) => match.slice(1))).toEqual([
      ["n5", "−1.0"],
      ["z0", "1.0"],
      ["p5", "1.0"],
    ]);
  });

  it("draws the ten worst pairs without the script, the first one open", () => {
    const worst = /<div class="worst">([\s\S]*?)<div class="js-only"/.exec(page)![1]!;
    expect(worst.match(/<details/g)).toHaveLength(10);
    expect(worst.match(/<details open>/g)).toHaveLength(1);
    expect(worst.match(/<table class="density">/g)).toHaveLength(30);
    expect(worst).toContain('<td class="few">&lt;5</td>');
  });

  it("says of every column what older reports do not have only where it is there", () => {
    const bare = renderReport(makeReport({ bare: true }));
    for (const part of [
      "Share of values up to each point",
      "Summary of age",
      "in standard deviations, 0",
      "Coverage of tails",
      "tables differ",
    ]) {
      expect(page).toContain(part);
      expect(bare).not.toContain(part);
    }
    expect(bare).toContain("No picture of this pair was kept");
    expect(withoutScript(bare)).not.toMatch(/undefined|NaN|Infinity/);
  });

  it("says in words what a score above its ceiling means", () => {
    const report = makeReport();
    report.fidelity.pairTrends.aboveCeiling = "beyond noise";
    const drawn = renderReport(report);
    expect(drawn).toContain("Closer than real rows are");
    expect(drawn).toContain("closer to these very training rows than other real rows are: see privacy");
    expect(page).toContain("As close as chance allows");
  });

  it("says where ceilings are estimated by splitting the training table", () => {
    const report = makeReport();
    report.tables.ceilings = "split";
    expect(renderReport(report)).toContain("estimated by splitting the training table");
    expect(page).not.toContain("estimated by splitting");
  });

  it("tells column by column where the tables differ", () => {
    expect(page).toContain("The tables differ in 2 columns; those that they share are scored");
    expect(page).toContain("<strong><bdi>fnlwgt</bdi></strong>: is not in the synthetic table");
  });

  it("lists omitted columns with the reason", () => {
    expect(page).toContain("1 column was left out");
    expect(page).toContain("<bdi>record_id</bdi></strong>: an identifier");
  });

  it("quotes a column's name in the command to paste", () => {
    const names = ["$(touch owned)'; x"];
    expect(renderReport(makeReport({ names, columns: 1 }))).toContain(
      "--target &#39;$(touch owned)&#39;\\&#39;&#39;; x&#39; --every-target --seed 1",
    );
  });

  it("draws the pairs of 60 of 500 columns, says so, and can be opened", () => {
    const wide = renderReport(makeReport({ columns: 500 }));
    expect(wide).toContain(
      "the pairs of the 60 columns whose pairs differ most. Those of the other 440 columns stand in report.json",
    );
    expect(Buffer.byteLength(wide)).toBeLessThan(8_000_000);
  });

  it("stays below 1.5 MB for 50 columns with 1,225 pair pictures", () => {
    const report = makeReport({ columns: 50 });
    expect(report.fidelity.pairs.filter((pair) => pair.picture !== undefined)).toHaveLength(1224);
    expect(Buffer.byteLength(renderReport(report))).toBeLessThan(1_300_000);
    expect(Buffer.byteLength(page)).toBeLessThan(500_000);
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
    expect(drawn.match(/<script/g)).toHaveLength(2);
    const data = /<script type="application\/json" id="pair-data">([\s\S]*?)<\/script>/.exec(drawn)![1]!;
    expect(data).not.toContain("<");
    expect(JSON.parse(data).columns[0].name).toBe(HOSTILE_NAMES[0]);
    expect(drawn).toContain("&lt;script&gt;document.title=&#39;owned&#39;&lt;/script&gt;");
    expect(drawn).toContain("<bdi>__proto__</bdi>");
  });
});

describe("differenceLimit", () => {
  it("never makes noise look like a finding, and never clips", () => {
    const limits = [0, 0.05, 0.2, 0.21, 0.9, 1.4].map((largest) => differenceLimit(largest, 0.2));
    expect(limits).toEqual([0.2, 0.2, 0.2, 0.5, 1, 2]);
    expect(differenceLimit(0.004, 0.02)).toBe(0.02);
  });
});

describe("packShares", () => {
  it("writes ten-thousandths in two characters, more than 7,224 of them in three, null in one", () => {
    // 10,000 - 85 x 85 = 32 x 85 + 55: the letters at places 32 and 55.
    expect(PACK_ALPHABET).toHaveLength(85);
    expect(packShares([0, 0.0001, 0.0084, 0.0085])).toBe("!!!#!}#!");
    expect(packShares([null, 0.7224, 0.7225, 1])).toBe("-}}~!!~G_");
  });
});

function withoutScript(page: string): string {
  return page.replace(/<script[^>]*>[\s\S]*?<\/script>/g, "");
}
