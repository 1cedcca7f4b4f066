import type { Report } from "../../evaluate/report-schema.js";
import type { Assessment } from "../assess.js";
import type { WordPart } from "../pattern-words.js";
import { sentence } from "../words.js";
import { learningChecks } from "./learning-checks.js";
import { membershipChecks } from "./membership-checks.js";
import type { CheckOutcome, PrivacyCheck } from "./privacy-check.js";

/** One of the two questions that people ask about privacy, and what the audit answers. */
export interface PrivacyAnswer {
  readonly id: "membership" | "learning";
  readonly question: string;
  readonly level: Assessment["level"];
  /** In a few words: "No sign of it". */
  readonly word: string;
  /** The evidence in one sentence. */
  readonly evidence: readonly WordPart[];
  /** Columns and groups in which a sign was found; empty where none was, or nowhere in particular. */
  readonly where: readonly WordPart[];
  /** "9 checks: 7 found no sign, 2 could not be made."; the names of those that found one, where several did. */
  readonly tally: string;
  readonly checks: readonly PrivacyCheck[];
}

/**
 * "Could someone find out that a person was in the data?" and "Could they learn something about a person?". A question is
 * answered by its checks: one sign is enough; "no sign" takes that the first check, the most telling one, could be made.
 */
export function privacyAnswers(report: Report): readonly [PrivacyAnswer, PrivacyAnswer] {
  return [
    answer("membership", "Could someone find out that a person was in the data?", membershipChecks(report)),
    answer("learning", "Could they learn something about a person?", learningChecks(report)),
  ];
}

function answer(id: PrivacyAnswer["id"], question: string, checks: readonly PrivacyCheck[]): PrivacyAnswer {
  const signs = checks.filter(({ outcome }) => outcome === "sign");
  const slight = checks.find(({ outcome }) => outcome === "slight sign");
  const base = { id, question, checks, where: [], tally: tally(checks) };
  if (signs[0] !== undefined) {
    const where = signs.flatMap((check) => (check.where.length === 0 ? [] : [check.where]));
    return {
      ...base,
      level: "bad",
      word: `Yes: ${signCount(signs.length, checks)}`,
      evidence: told(signs[0]),
      where: where.flatMap((parts, at) => sentence(at === 0 ? "" : "; ", parts)),
    };
  }
  if (slight !== undefined)
    return { ...base, level: "caution", word: "A slight sign, no more than the limits allow", evidence: told(slight) };
  const main = checks[0];
  if (main === undefined || main.outcome === "not known" || main.outcome === "too few rows")
    return { ...base, ...unknown(main) };
  return { ...base, level: "good", word: "No sign of it", evidence: told(main) };
}

function tally(checks: readonly PrivacyCheck[]): string {
  const count = (...outcomes: readonly CheckOutcome[]) =>
    checks.filter(({ outcome }) => outcomes.includes(outcome)).length;
  const parts = (
    [
      [count("sign"), "found a sign"],
      [count("slight sign"), "found a slight sign"],
      [count("no sign"), "found no sign"],
      [count("too few rows"), "too uncertain to tell"],
      [count("not known"), "could not be made"],
    ] as const
  ).flatMap(([number, words]) => (number === 0 ? [] : [`${number} ${words}`]));
  const all = `${checks.length === 1 ? "1 check" : `${checks.length} checks`}: ${parts.join(", ")}.`;
  const signs = checks.filter(({ outcome }) => outcome === "sign").map(({ name }) => name);
  return signs.length < 2 ? all : `${all} Signs: ${signs.join("; ")}.`;
}

function unknown(main: PrivacyCheck | undefined): Pick<PrivacyAnswer, "level" | "word" | "evidence"> {
  const isUnsure = main?.outcome === "too few rows";
  const reason = main?.figure.reason ?? "the audit gave no reason";
  const because = reason.startsWith("needs ") ? `the audit ${reason}` : reason;
  const evidence = isUnsure
    ? sentence("There are too few rows to tell: ", main.finding, ".")
    : sentence(`${capital(because)}.`);
  return { level: "unknown", word: "Not known", evidence };
}

function signCount(signs: number, checks: readonly PrivacyCheck[]): string {
  return `${signs} of ${checks.length} checks show a sign`;
}

/** The finding as a sentence of its own. */
function told({ finding }: PrivacyCheck): WordPart[] {
  const [first, ...rest] = finding;
  if (first === undefined) return [];
  const start: WordPart = first.kind === "words" ? { ...first, text: capital(first.text) } : first;
  return [start, ...rest, { kind: "words", text: "." }];
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
