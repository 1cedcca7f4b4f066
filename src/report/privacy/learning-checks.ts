import type { Report } from "../../evaluate/report-schema.js";
import { formatPercent } from "../format.js";
import type { WordPart } from "../pattern-words.js";
import { listNames, named, sentence } from "../words.js";
import { formatPeople } from "./format-people.js";
import { isTooWide, judgeFigure } from "./judge-figure.js";
import type { CheckOutcome, PrivacyCheck } from "./privacy-check.js";

type Attack = Report["privacy"]["inference"];
type Variant = NonNullable<Attack["variants"]>[number];

/** From what risk on an attack is a finding, in a report without rules. */
const LIMIT = 0.05;
/** Columns that a sentence names, at most. */
const SHOWN = 4;

/** Everything that can tell something about a person: a column's value guessed, two halves linked, somebody singled out. */
export function learningChecks(report: Report): PrivacyCheck[] {
  const { linkability, singlingOut, disclosure } = report.privacy;
  const attribution = worstAttribution(disclosure?.secrets ?? []);
  const known = listNames(disclosure?.quasiIdentifiers.columns ?? [], SHOWN);
  return [
    inferenceCheck(report),
    ...(attribution === undefined
      ? []
      : [
          check(report, "privacy.disclosure.secrets[].attribution.risk", {
            name: "A value guessed from quasi-identifiers",
            attack: attribution.attribution,
            finding: sentence(
              "whoever knows ",
              known,
              " of a person guesses ",
              named(attribution.name),
              " ",
              rates(attribution.attribution),
            ),
            where: [named(attribution.name)],
          }),
        ]),
    check(report, "privacy.linkability.risk", {
      name: "Two halves of a record linked",
      attack: linkability,
      finding: sentence(
        `two parties who each hold half of a person's values bring them together for ${formatPeople(linkability.attack?.value)} of 1,000 people who were in the data, and for ${formatPeople(linkability.control?.value)} of 1,000 who were not`,
      ),
      where: [],
    }),
    check(report, "privacy.singlingOut.risk", {
      name: "A person singled out",
      attack: singlingOut,
      finding: sentence(
        `a description taken from one synthetic row fits exactly one person of the data in ${formatPercent(singlingOut.attack?.value ?? 0)} of attempts, and exactly one of as many other people in ${formatPercent(singlingOut.control?.value ?? 0)}`,
      ),
      where: [],
    }),
  ];
}

/** How the guess of one column came out: none is a sign where the attack as a whole, its interval widened for their number, is none. */
export function secretOutcome(report: Report, { risk }: Pick<Variant, "risk">): CheckOutcome {
  const whole = judgeFigure(report, "privacy.inference.risk", report.privacy.inference.risk, YARDSTICK).outcome;
  const { outcome } = judgeFigure(report, "privacy.inference.risk", risk, YARDSTICK);
  return outcome === "sign" && whole !== "sign" ? "no sign" : outcome;
}

const YARDSTICK = { innocent: 0, limit: LIMIT } as const;

function inferenceCheck(report: Report): PrivacyCheck {
  const { inference } = report.privacy;
  const variants = inference.variants ?? [];
  const judged = judgeFigure(report, "privacy.inference.risk", inference.risk, YARDSTICK);
  const namesWith = (outcome: CheckOutcome) => [
    ...new Set(variants.filter((variant) => secretOutcome(report, variant) === outcome).map(({ name }) => name)),
  ];
  const unsure = namesWith("too few rows");
  const isMostlySure = judged.outcome === "too few rows" && unsure.length * 2 < variants.length;
  const worst = inference.worst === undefined ? sentence("a column") : [named(inference.worst)];
  const known = worstVariant(inference)?.known;
  const knowing = known === undefined ? sentence("everything else") : listNames(known, SHOWN);
  const doubt =
    unsure.length === 0 || judged.outcome === "sign"
      ? []
      : sentence("; too few rows differ in ", listNames(unsure, SHOWN), " to tell");
  const found = isMostlySure
    ? sentence(
        "knowing everything else of a person does not help to guess any of the other columns better than for people who were not in the data",
      )
    : sentence(
        judged.outcome === "no sign" ? "people who were not in the data are guessed as well, within chance: " : "",
        "whoever knows ",
        knowing,
        " of a person guesses ",
        worst,
        " ",
        rates(inference),
      );
  return {
    name:
      variants.length > 1
        ? `A column guessed from the others (worst of ${variants.length})`
        : "A column guessed from the others",
    path: "privacy.inference.risk",
    figure: inference.risk,
    format: formatPercent,
    innocent: 0,
    ...judged,
    outcome: isMostlySure ? "no sign" : judged.outcome,
    finding: inference.risk.value === undefined ? [] : [...found, ...doubt],
    where: judged.outcome === "sign" ? listNames(namesWith("sign"), SHOWN) : [],
  };
}

/** The variant whose figures the attack's are; a column may be guessed twice, from all others and from quasi-identifiers. */
function worstVariant({ worst, risk, variants = [] }: Attack): Variant | undefined {
  const named = variants.filter(({ name }) => name === worst);
  return named.find((variant) => variant.risk.value === risk.value) ?? named[0];
}

interface Parts {
  readonly name: string;
  readonly attack: Attack;
  readonly finding: readonly WordPart[];
  readonly where: readonly WordPart[];
}

function check(report: Report, path: string, { name, attack, finding, where }: Parts): PrivacyCheck {
  const judged = judgeFigure(report, path, attack.risk, YARDSTICK);
  return {
    name,
    path,
    figure: attack.risk,
    format: formatPercent,
    innocent: 0,
    ...judged,
    finding: attack.risk.value === undefined ? [] : finding,
    where: judged.outcome === "sign" ? where : [],
  };
}

/** "right in 41 % of cases for people in the data, in 38 % for others" */
function rates({ attack, control }: Attack): string {
  const others = control?.value === undefined ? "" : `, in ${formatPercent(control.value)} if not`;
  return `right in ${formatPercent(attack?.value ?? 0)} of cases if the person was in the data${others}`;
}

type Secret = NonNullable<Report["privacy"]["disclosure"]>["secrets"][number];

function worstAttribution(secrets: readonly Secret[]): Secret | undefined {
  const key = ({ attribution: { risk } }: Secret) => (risk.value === undefined ? -1 : (risk.low ?? risk.value));
  const width = ({ attribution: { risk } }: Secret) => Number(isTooWide(risk));
  return secrets.toSorted((a, b) => width(a) - width(b) || key(b) - key(a))[0];
}
