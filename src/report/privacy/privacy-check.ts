import type { Figure } from "../../evaluate/report-schema.js";
import type { FigureFormat } from "../format.js";
import type { WordPart } from "../pattern-words.js";

/**
 * How a check came out: `sign` beyond its limit; `slight sign` beyond what chance explains, but within the limit; `no sign`;
 * `too few rows` where the interval is too wide to tell; `not known` where there is no figure.
 */
export type CheckOutcome = "sign" | "slight sign" | "no sign" | "too few rows" | "not known";

/** One way of looking for a leak. The figure is read against its value without a leak, and its lower end against a limit. */
export interface PrivacyCheck {
  readonly name: string;
  /** In report.json, as rules of a release policy write it. */
  readonly path: string;
  readonly figure: Figure;
  readonly format: FigureFormat;
  /** The figure where nothing leaks. */
  readonly innocent: number;
  /** Undefined where no limit is known. */
  readonly limit: number | undefined;
  readonly outcome: CheckOutcome;
  /** What was found, in one sentence with its figures. */
  readonly finding: readonly WordPart[];
  /** Columns or groups in which a sign was found. */
  readonly where: readonly WordPart[];
}
