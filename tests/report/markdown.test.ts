import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { codeSpan, plainText } from "../../src/report/markdown.js";

describe("codeSpan", () => {
  it("fences with more backticks than the text holds, on one line", () => {
    expect(codeSpan("age")).toBe("`age`");
    expect(codeSpan("a`b``c")).toBe("```a`b``c```");
    expect(codeSpan("`x")).toBe("`` `x ``");
    expect(codeSpan("a\nb\u202Ec")).toBe("`a b c`");
  });

  it("is never closed early", () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom("`", "a", " ", "<") }), (text) => {
        const span = codeSpan(text);
        const fence = /^`+/.exec(span)![0];
        const inside = span.slice(fence.length, -fence.length);
        expect([...inside.matchAll(/`+/g)].every((run) => run[0].length < fence.length)).toBe(true);
        expect(inside).toContain(text);
      }),
    );
  });
});

describe("plainText", () => {
  it("escapes what Markdown would read as markup", () => {
    expect(plainText("a*b_c[d](e) <f> #g\nh|i")).toBe("a\\*b\\_c\\[d\\](e) \\<f\\> \\#g h\\|i");
  });
});
