import { figuresAt, type PlacedFigure } from "../contract/figures-at.js";
import type { PolicyRule, ReleasePolicy } from "../contract/policy-schema.js";
import type { Figure, Report } from "../report-schema.js";
import { DEFAULT_POLICY } from "./default-policy.js";
import { failurePlaces, placeOf } from "./failure-places.js";

type Release = Report["release"];
type Failure = Release["failures"][number];
type Outcome = NonNullable<Release["rules"]>[number];

/** What a policy is held against: a report before it is judged. Of a part that is not there no figure could be computed. */
export interface JudgedReport extends Pick<Report, "privacy"> {
  readonly tables?: Pick<Report["tables"], "train" | "synthetic" | "holdout">;
  readonly fidelity?: Report["fidelity"];
  readonly utility?: Report["utility"];
  readonly guarantee?: Report["guarantee"];
}

/**
 * May the table be shared? Not where a figure is beyond the policy's limit, and not where the audit could not compare with
 * held-out rows, or not with enough of them, if the policy asks for that: what was not looked at is not safe. Nor where a guarantee
 * was asked for that does not hold. The policy is a valid one (validatePolicy).
 */
export function releasePolicy(report: JudgedReport, policy: ReleasePolicy = DEFAULT_POLICY): Release {
  const judged = policy.rules.map((rule) => judge(report, rule));
  const missing = notCompared(report.privacy, policy);
  const failures = [
    ...brokenGuarantee(report),
    ...(missing === undefined ? rowFailures(report, policy) : [missing]),
    ...judged.flatMap(({ failure }) => failure ?? []),
  ];
  return {
    shareable: failures.length === 0,
    policy: policy.name,
    failures,
    rules: judged.map(({ outcome }) => outcome),
  };
}

function notCompared({ dcrShare }: Report["privacy"], { requires }: ReleasePolicy): Failure | undefined {
  if (requires.holdout !== true || dcrShare.value !== undefined) return undefined;
  const why = dcrShare.reason ?? "the audit gave no reason";
  return {
    code: "E_RELEASE_NOT_COMPARED",
    message: `Nothing can be said about privacy, so the table must not be shared: the audit ${why}.`,
    figure: "privacy.dcrShare",
    advice: "Set real rows aside before fitting (--holdout, --holdout-share) and audit with them.",
  };
}

function brokenGuarantee({ guarantee }: JudgedReport): Failure[] {
  if (guarantee === undefined || guarantee.epsilon.value !== undefined) return [];
  const message = `Differential privacy was asked for and does not hold: ${guarantee.epsilon.reason}.`;
  const advice = "Run again without --noise-seed.";
  return [{ code: "E_RELEASE_NOT_PRIVATE", message, figure: "guarantee.epsilon", advice }];
}

const MORE_ROWS = "Audit with more rows: a larger table, a larger --holdout or --holdout-share.";

function rowFailures({ tables, privacy }: JudgedReport, { requires }: ReleasePolicy): Failure[] {
  const { rows = 0, widestInterval = 1 } = requires;
  const sides = { training: tables?.train, synthetic: tables?.synthetic, "held-out": tables?.holdout };
  const few = Object.entries(sides).flatMap(([name, side]) =>
    side === undefined || side.rows >= rows ? [] : [`${side.rows} ${name} rows`],
  );
  const code = "E_RELEASE_TOO_FEW_ROWS";
  if (few.length > 0) {
    const message = `There are too few rows to tell copying from likeness: ${few.join(", ")}; the policy asks for ${rows}.`;
    return [{ code, message, advice: MORE_ROWS }];
  }
  const { low = 0, high = 1, value } = privacy.dcrShare;
  if (value === undefined || high - low <= widestInterval) return [];
  const message = `There are too few rows to tell copying from likeness: the share of rows nearer to training is only known to be within ${percent(low)} and ${percent(high)}.`;
  return [{ code, message, figure: "privacy.dcrShare", advice: MORE_ROWS }];
}

/** How a rule came out and, where it failed, the failure. */
interface Judged {
  readonly outcome: Outcome;
  readonly failure?: Failure;
}

function judge(report: JudgedReport, rule: PolicyRule): Judged {
  const placed = figuresAt(report, rule.figure);
  const unknown = placed.filter(({ figure }) => figure.value === undefined);
  const known = placed
    .filter(({ figure }) => figure.value !== undefined)
    .sort((a, b) => excessOf(b.figure, rule) - excessOf(a.figure, rule));
  const [worst] = known;
  const isUnknown = worst === undefined || (unknown.length > 0 && rule.notComputed === "fails");
  if (isUnknown) return judgeUnknown(rule, unknown[0]?.figure.reason ?? "the report has no such figure");
  const failing = known.filter(({ figure }) => excessOf(figure, rule) > 0);
  const outcome = outcomeOf(rule, failing.length > 0 ? "fails" : "holds", worst);
  if (failing.length === 0) return { outcome };
  const { code = "E_RELEASE_LIMIT", figure, advice } = rule;
  const places = failurePlaces(report.privacy, rule, failing);
  const failure = {
    code,
    message: messageOf(rule, worst),
    figure,
    ...places,
    ...(advice === undefined ? {} : { advice }),
  };
  return { outcome, failure };
}

function judgeUnknown(rule: PolicyRule, reason: string): Judged {
  const outcome = { ...outcomeOf(rule, rule.notComputed === "fails" ? "fails" : "not computed"), reason };
  if (rule.notComputed === "passes") return { outcome };
  const { code = "E_RELEASE_LIMIT", figure } = rule;
  const message = `The figure ${figure} could not be computed (${reason}), and the policy asks for it.`;
  return { outcome, failure: { code, message, figure } };
}

function outcomeOf(rule: PolicyRule, outcome: Outcome["outcome"], worst?: PlacedFigure): Outcome {
  const { code, figure, end, atMost, atLeast, why } = rule;
  const place = worst === undefined ? undefined : placeOf(worst);
  const { value, low, high } = worst?.figure ?? {};
  return {
    figure,
    ...(code === undefined ? {} : { code }),
    end,
    ...(atMost === undefined ? {} : { atMost }),
    ...(atLeast === undefined ? {} : { atLeast }),
    why,
    outcome,
    ...(value === undefined ? {} : { value }),
    ...(low === undefined ? {} : { low }),
    ...(high === undefined ? {} : { high }),
    ...(place === undefined ? {} : { place }),
  };
}

/** By how much the figure is beyond the rule's limits; 0 and below: it keeps them. Without an interval the value counts. */
function excessOf(figure: Figure, { end, atMost, atLeast }: PolicyRule): number {
  const held = figure[end] ?? figure.value ?? Number.NaN;
  const above = atMost === undefined ? Number.NEGATIVE_INFINITY : held - atMost;
  const below = atLeast === undefined ? Number.NEGATIVE_INFINITY : atLeast - held;
  return Math.max(above, below);
}

/** The rule's words with the worst figure in them. */
function messageOf(rule: PolicyRule, worst: PlacedFigure): string {
  const { value = Number.NaN, low = value, high = value } = worst.figure;
  const write = rule.unit === "number" ? brief : percent;
  const isAbove = rule.atMost !== undefined && (worst.figure[rule.end] ?? value) > rule.atMost;
  const limit = isAbove ? rule.atMost : (rule.atLeast ?? rule.atMost);
  const words: Readonly<Record<string, string>> = {
    value: write(value),
    low: write(low),
    high: write(high),
    limit: write(limit ?? Number.NaN),
    place: placeOf(worst) ?? "a part of the table",
  };
  const template = rule.message ?? defaultMessage(rule, isAbove, worst);
  return template.replace(/\{(\w+)\}/g, (whole, name: string) => words[name] ?? whole);
}

function defaultMessage({ figure, end }: PolicyRule, isAbove: boolean, worst: PlacedFigure): string {
  const of = placeOf(worst) === undefined ? "" : " of {place}";
  const interval = worst.figure.low === undefined ? "" : " ({low} to {high})";
  const held = end === "value" ? "it" : `its ${end} end`;
  return `The figure ${figure}${of} is {value}${interval}; ${held} must be at ${isAbove ? "most" : "least"} {limit}.`;
}

function percent(share: number): string {
  const points = share * 100;
  return `${points.toFixed(Math.abs(points) < 1 ? 2 : 1)} %`;
}

function brief(value: number): string {
  return String(Number(value.toPrecision(6)));
}
