import { createHash } from "node:crypto";
import { type Html, html, trustedHtml } from "./html.js";

export interface PageParts {
  readonly title: string;
  readonly style: string;
  readonly script: string;
  readonly body: Html;
}

/**
 * One self-contained page. Its content security policy admits only its own script and style, by their hashes, so that nothing
 * in the data can become either.
 */
export function renderPage({ title, style, script, body }: PageParts): string {
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${contentPolicy(style, script)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<meta name="generator" content="synth">
<link rel="icon" href="${ICON}">
<title>${title}</title>
<style>${trustedHtml(style)}</style>
</head>
<body>
${body}
<script>${trustedHtml(script)}</script>
</body>
</html>
`;
  return page.text;
}

/** Nothing may be loaded, run, framed or sent but this style and this script (and the icon, which stands in the page). */
function contentPolicy(style: string, script: string): string {
  const hash = (text: string) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
  return `default-src 'none'; style-src ${hash(style)}; script-src ${hash(script)}; img-src data:; base-uri 'none'; form-action 'none'`;
}

const ICON =
  "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E%3Crect width='16' height='16' rx='4' fill='%231d4fa8'/%3E%3Cpath d='M3.5 12V8h2.5v4zM7 12V4h2.5v8zM10.5 12V6H13v6z' fill='%23fff'/%3E%3C/svg%3E";
