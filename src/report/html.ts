/** A piece of markup that is safe to put into a page as it stands. */
export interface Html {
  readonly kind: "html";
  readonly text: string;
}

/** What a template takes: text and numbers are escaped, markup is not, lists are joined, nothing is nothing. */
export type HtmlValue = string | number | Html | false | undefined | readonly HtmlValue[];

/**
 * Markup from a template: `` html`<p>${name}</p>` ``. Everything interpolated is escaped for text and for quoted attributes
 * alike; only what another `html` template made goes in unescaped. Attributes must therefore always be quoted.
 */
export function html(strings: TemplateStringsArray, ...values: readonly HtmlValue[]): Html {
  let text = strings[0] ?? "";
  for (let i = 0; i < values.length; i++) text += render(values[i]) + (strings[i + 1] ?? "");
  return { kind: "html", text };
}

/** Markup out of a constant of this program (style sheet, script). Never for anything that was read from data. */
export function trustedHtml(text: string): Html {
  return { kind: "html", text };
}

/**
 * Text made harmless for element content and quoted attributes. Characters that HTML forbids (control characters but tab and
 * line ends, lone surrogates) become U+FFFD, so that what is shown is what a parser sees.
 */
export function escapeHtml(text: string): string {
  return visibleText(text).replace(/[&<>"'`]/g, (character) => ENTITIES[character] ?? "");
}

/** The text with every character that HTML forbids made visible as U+FFFD. */
export function visibleText(text: string): string {
  return text.replace(FORBIDDEN, "\uFFFD");
}

/**
 * A value as JSON for a `<script type="application/json">`: a block of data, which a browser does not run. No `<` is left in it,
 * so that no text can end the element or open a comment.
 */
export function jsonBlock(id: string, value: unknown): Html {
  const text = JSON.stringify(value).replace(/</g, "\\u003c");
  return html`<script type="application/json" id="${id}">${trustedHtml(text)}</script>`;
}

/** A column's or category's name, isolated so that right-to-left marks in it cannot reorder the text around it. */
export function nameHtml(name: string): Html {
  return name === "" ? html`<i>(empty)</i>` : html`<bdi>${name}</bdi>`;
}

const FORBIDDEN = /[^\t\n\r\u{20}-\u{7E}\u{A0}-\u{D7FF}\u{E000}-\u{FDCF}\u{FDF0}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu;

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
  "`": "&#96;",
};

function render(value: HtmlValue): string {
  if (value === undefined || value === false) return "";
  if (typeof value === "string") return escapeHtml(value);
  if (typeof value === "number") return escapeHtml(String(value));
  if (isList(value)) return value.map(render).join("");
  return value.text;
}

function isList(value: HtmlValue): value is readonly HtmlValue[] {
  return Array.isArray(value);
}
