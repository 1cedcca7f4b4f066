import type { Report } from "../evaluate/report-schema.js";
import { codeSpan, plainText } from "./markdown.js";

type Release = Report["release"];
type Failure = Release["failures"][number];
type Rule = NonNullable<Release["rules"]>[number];

/**
 * NOT-SHAREABLE.md of a folder whose table does not meet the release policy, in Markdown: which rules failed, in which columns
 * and groups, by which figures, and what to try. `name` is what the data set is called.
 */
export function renderNotShareable({ release }: Pick<Report, "release">, name: string): string {
  const { failures, policy = "default", rules = [] } = release;
  const held = rules.filter(({ outcome }) => outcome === "holds").length;
  const unknown = rules.filter(({ outcome }) => outcome === "not computed").length;
  const parts = [
    `# NOT SHAREABLE: ${plainText(name)}`,
    `The audit of these rows does not meet the release policy ${codeSpan(policy)}. **Do not hand this folder out**, neither the rows nor the model: what follows can be used against people in the real table. ${countWords(failures.length, held, unknown)}`,
    ...failures.map((failure, at) => failurePart(failure, at + 1, ruleOf(failure, rules))),
    "## What next",
    NEXT,
  ];
  return `${parts.join("\n\n")}\n`;
}

const NEXT = `- Try what is advised above, the first first, and run the same command again: its output replaces this folder.
- \`report.html\` shows each figure and what lies behind it; \`report.json\` has every rule of the policy and how it came out.
- A policy can be loosened (\`--policy\`). Whoever does so answers for it: these figures say what an attacker gains.`;

function countWords(failed: number, held: number, unknown: number): string {
  const reasons = failed === 1 ? "There is one reason" : `There are ${failed} reasons`;
  const rest = unknown === 0 ? "" : `, ${unknown} could not be computed`;
  return `${reasons}; ${held} ${held === 1 ? "rule holds" : "rules hold"}${rest}.`;
}

/** The rule that a failure comes from; what the policy requires beside its rules has none. */
function ruleOf(failure: Failure, rules: readonly Rule[]): Rule | undefined {
  return rules.find(
    ({ outcome, figure, code }) =>
      outcome === "fails" && figure === failure.figure && (code ?? failure.code) === failure.code,
  );
}

function failurePart(failure: Failure, number: number, rule: Rule | undefined): string {
  const { code, message, figure, columns = [], groups = [], advice } = failure;
  const items = [
    ...(figure === undefined ? [] : [`Figure: ${codeSpan(figure)}${rule === undefined ? "" : figureWords(rule)}`]),
    ...(columns.length === 0 ? [] : [`Columns, the worst first: ${columns.map(codeSpan).join(", ")}`]),
    ...(groups.length === 0 ? [] : [`Groups, the worst first: ${groups.map(plainText).join("; ")}`]),
    ...(rule?.why === undefined ? [] : [`Why this limit: ${plainText(rule.why)}`]),
    ...(advice === undefined ? [] : [`What to try: ${plainText(advice)}`]),
  ];
  return `## ${number}. ${codeSpan(code)}\n\n${plainText(message)}\n\n${items.map((item) => `- ${item}`).join("\n")}`;
}

/** " is 0.55 (0.53 to 0.57); its low end must be at most 0.52" */
function figureWords({ value, low, high, end, atMost, atLeast, reason }: Rule): string {
  if (value === undefined) return ` could not be computed: ${plainText(reason ?? "no reason was recorded")}`;
  const interval = low === undefined || high === undefined ? "" : ` (${brief(low)} to ${brief(high)})`;
  const limits = [
    ...(atMost === undefined ? [] : [`at most ${brief(atMost)}`]),
    ...(atLeast === undefined ? [] : [`at least ${brief(atLeast)}`]),
  ];
  const held = end === "value" ? "it" : `its ${end} end`;
  return ` is ${brief(value)}${interval}; ${held} must be ${limits.join(" and ")}`;
}

function brief(value: number): string {
  return String(Number(value.toPrecision(4)));
}
