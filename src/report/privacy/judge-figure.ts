import type { Figure, Report } from "../../evaluate/report-schema.js";
import type { CheckOutcome } from "./privacy-check.js";

/** What a figure is judged by: its value without a leak; its limit where the report has no rule for it. */
export interface Yardstick {
  readonly innocent: number;
  readonly limit?: number;
}

/** An interval wider than this, of a share or a risk, cannot tell a leak from none. */
const WIDEST = 0.25;
/** How much wider than 95 % an interval is that holds for ten checks at once: 2.81 standard errors instead of 1.96. */
const TEN_CHECKS = 2.81 / 1.96;

/**
 * A figure's outcome and its limit: those of the release policy's rule where the report has one, else by `limit`. `path` is as
 * rules write it, with [] for every element of a list: then the element's own figure decides. A figure that chance for ten
 * checks does not explain is a slight sign even where it is within the limit.
 */
export function judgeFigure(
  { release }: Report,
  path: string,
  figure: Figure,
  { innocent, limit: usual }: Yardstick,
): { readonly outcome: CheckOutcome; readonly limit: number | undefined } {
  const rules = (release.rules ?? []).filter((rule) => rule.figure === path && rule.atMost !== undefined);
  const limit = rules.length === 0 ? usual : Math.min(...rules.map((rule) => rule.atMost!));
  if (figure.value === undefined) return { outcome: "not known", limit };
  const low = figure.low ?? figure.value;
  const isBeyond = limit !== undefined && low > limit;
  const fails = rules.some((rule) => rule.outcome === "fails" && (figure[rule.end] ?? figure.value!) > rule.atMost!);
  if (fails || (rules.length === 0 && isBeyond)) return { outcome: "sign", limit };
  const isSurely = figure.value - (figure.value - low) * TEN_CHECKS > innocent;
  if (isSurely) return { outcome: "slight sign", limit };
  return { outcome: isTooWide(figure) ? "too few rows" : "no sign", limit };
}

/** Is the figure's interval too wide to tell a leak from none? */
export function isTooWide({ low, high }: Figure): boolean {
  return low !== undefined && high !== undefined && high - low > WIDEST;
}
