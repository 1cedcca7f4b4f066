import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { escapeHtml, html, nameHtml, trustedHtml } from "../../src/report/html.js";

describe("html", () => {
  it("escapes what is interpolated, in text and in attributes", () => {
    const hostile = `<img src="x" onerror='a()'>&\``;
    const escaped = "&lt;img src=&quot;x&quot; onerror=&#39;a()&#39;&gt;&amp;&#96;";
    expect(html`<p title="${hostile}">${hostile}</p>`.text).toBe(`<p title="${escaped}">${escaped}</p>`);
  });

  it("takes markup of its own unescaped, joins lists and leaves out what is absent", () => {
    const items = ["<a>", "b"].map((item) => html`<li>${item}</li>`);
    expect(html`<ul>${items}${undefined}${false}${0}</ul>`.text).toBe("<ul><li>&lt;a&gt;</li><li>b</li>0</ul>");
    expect(html`${trustedHtml("<b>")}`.text).toBe("<b>");
  });

  it("makes forbidden characters visible instead of passing them on", () => {
    expect(escapeHtml("a\u0000b\u001fc\ud800d\ufffee")).toBe("a\ufffdb\ufffdc\ufffdd\ufffde");
    expect(escapeHtml("tab\tline\n😀漢字é")).toBe("tab\tline\n😀漢字é");
  });

  it("isolates names and says when one is empty", () => {
    expect(nameHtml("\u202Eabc").text).toBe("<bdi>\u202Eabc</bdi>");
    expect(nameHtml("").text).toBe("<i>(empty)</i>");
  });

  it("never lets any text open a tag, close an attribute or start a reference of its own", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        const escaped = escapeHtml(text);
        expect(escaped).not.toMatch(/[<>"'`]/);
        expect(escaped.replace(/&(amp|lt|gt|quot|#39|#96);/g, "")).not.toContain("&");
        expect(decode(escaped)).toBe(decode(escapeHtml(decode(escaped))));
      }),
    );
  });

  it("keeps well-formed printable text readable: unescaping gives it back", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (text) => {
        expect(decode(escapeHtml(text))).toBe(text);
      }),
    );
  });
});

function decode(text: string): string {
  const entities: Record<string, string> = { lt: "<", gt: ">", quot: '"', "#39": "'", "#96": "`", amp: "&" };
  return text.replace(/&(amp|lt|gt|quot|#39|#96);/g, (_, name: string) => entities[name] ?? "");
}
