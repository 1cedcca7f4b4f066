import { type Html, html } from "./html.js";

/** A mark whose shape says what its colour says: tick, exclamation mark in a triangle, cross, dash. Hidden from screen readers. */
export function levelIcon(level: "good" | "caution" | "bad" | "unknown"): Html {
  switch (level) {
    case "good":
      return icon(html`<circle cx="10" cy="10" r="9"/><path class="stroke" d="M5.8 10.4l2.8 2.8 5.6-6"/>`);
    case "caution":
      return icon(
        html`<path d="M10 1.2a1.6 1.6 0 0 1 1.4.8l7.2 12.8a1.6 1.6 0 0 1-1.4 2.4H2.8a1.6 1.6 0 0 1-1.4-2.4L8.6 2a1.6 1.6 0 0 1 1.4-.8z"/><path class="stroke" d="M10 6.4v4.6M10 13.9v.1"/>`,
      );
    case "bad":
      return icon(
        html`<path d="M6.3 1h7.4L19 6.3v7.4L13.7 19H6.3L1 13.7V6.3z"/><path class="stroke" d="M6.9 6.9l6.2 6.2M13.1 6.9l-6.2 6.2"/>`,
      );
    case "unknown":
      return icon(html`<circle cx="10" cy="10" r="9"/><path class="stroke" d="M6 10h8"/>`);
    default:
      return level satisfies never;
  }
}

function icon(shape: Html): Html {
  return html`<svg class="icon" viewBox="0 0 20 20" aria-hidden="true" focusable="false">${shape}</svg>`;
}
