import type { Figure, Report } from "../../evaluate/report-schema.js";
import { formatCeiling, formatCount, formatPercent } from "../format.js";
import { type Html, html, nameHtml } from "../html.js";
import { listNames } from "../words.js";
import { figureCell, figureTable } from "./figure-table.js";
import { type SortableCell, sortableTable } from "./sortable-table.js";
import { wordsHtml } from "./words-html.js";

type Disclosure = NonNullable<Report["privacy"]["disclosure"]>;

/** Quasi-identifiers that a sentence names, at most. */
const SHOWN_COLUMNS = 12;
/** Secrets whose figures are not folded, at most. */
const SHOWN_SECRETS = 10;
/** Secrets that the page has at all; report.json has every one. */
const LISTED_SECRETS = 30;

/** What statisticians measure of a table that is to be published: classes of equal quasi-identifiers, and what they give away. */
export function disclosurePanel(report: Report): Html {
  const { disclosure } = report.privacy;
  const heading = html`<h3>Disclosure measures, for statisticians</h3>`;
  if (disclosure === undefined) {
    return html`<div class="panel">${heading}<p>k-anonymity, l-diversity, k-map and attribution were not computed: they need <b>quasi-identifiers</b>, the columns that an outsider may know of a person, and no column was named as one. Name them and audit again: <code>--quasi-identifiers age,sex,zip</code>.</p></div>`;
  }
  return html`<div class="panel">${heading}<p>${chosen(disclosure)} A <b>class</b> is all rows of a table with the same values of them. Synthetic rows are no people: a small class is not a breach by itself, so each share stands beside the same share of ${report.tables.holdout === undefined ? "training rows" : "held-out rows"}.</p>${classTable(report, disclosure)}${secretsPart(disclosure)}</div>`;
}

function chosen({ quasiIdentifiers: { columns, chosen: how } }: Disclosure): Html {
  const names = wordsHtml(listNames(columns, SHOWN_COLUMNS));
  switch (how) {
    case "given":
      return html`Quasi-identifiers, as they were given: ${names}.`;
    case "by name":
      return html`Quasi-identifiers, taken by the columns’ names: ${names}. Only you know what an outsider can know: name them yourself with <code>--quasi-identifiers age,sex,zip</code>.`;
    default:
      return how satisfies never;
  }
}

function classTable({ tables }: Report, disclosure: Disclosure): Html {
  const { kAnonymity, smallClasses, kMap, smallMap, matches, uniqueInBoth } = disclosure;
  const named = (name: string, meaning: string) => html`${name}<small>${meaning}</small>`;
  return figureTable(
    "Classes of equal quasi-identifiers",
    [
      {
        name: named("k-anonymity", "rows in the released table’s smallest class"),
        figure: kAnonymity,
        format: formatCount,
      },
      {
        name: named("Rows in small classes", "released rows in classes of fewer than 5"),
        figure: smallClasses,
        format: formatPercent,
      },
      {
        name: named("k-map", "the fewest real rows that share a released row’s class"),
        figure: kMap,
        format: formatCount,
      },
      {
        name: named("Rows that map to few", "released rows whose class 1 to 4 real rows share"),
        figure: smallMap,
        format: formatPercent,
      },
      {
        name: named("Rows in a real class", "released rows whose class is a training row’s"),
        figure: matches,
        format: formatPercent,
      },
      {
        name: named("Unique in both, training rows", "lone in their class, and exactly one released row has it"),
        figure: beside(uniqueInBoth),
        format: formatPercent,
      },
    ],
    tables.holdout === undefined ? "Training rows" : "Held-out rows",
  );
}

/** The attack's rate with the control's as its reference. */
function beside({ risk, attack, control }: Disclosure["uniqueInBoth"]): Figure {
  if (attack === undefined) return risk;
  return control?.value === undefined ? attack : { ...attack, ceiling: control.value };
}

function secretsPart({ secrets }: Disclosure): Html | undefined {
  if (secrets.length === 0) return undefined;
  const hasCertain = secrets.some(({ certainAttribution }) => certainAttribution !== undefined);
  const headings = [
    "Secret column",
    "l-diversity",
    "Rows whose class agrees",
    "Attribution risk",
    "Right, training",
    "Held-out",
    "Baseline",
    ...(hasCertain ? ["Risk where a class agrees"] : []),
  ];
  const columns = headings.map((heading, at) => ({ heading, figures: at > 0 }));
  const [first, rest] = [secrets.slice(0, SHOWN_SECRETS), secrets.slice(SHOWN_SECRETS, LISTED_SECRETS)];
  const table = (caption: string, some: Disclosure["secrets"]) =>
    sortableTable(
      caption,
      columns,
      some.map((secret) => secretRow(secret, hasCertain)),
    );
  const more =
    secrets.length > LISTED_SECRETS &&
    html`<p class="fine">The other ${secrets.length - LISTED_SECRETS} columns stand in <code>report.json</code>.</p>`;
  return html`<h4>What a class gives away of each other column</h4><p>l-diversity: different values of the secret in the class that has fewest. Attribution (CAP): the released rows of a target’s class guess its secret; as in every attack only what goes beyond held-out people is a leak.${hasCertain && " Where all released rows of a class agree the guess is certain (DiSCO); the last column is the risk of those guesses."}</p>${table("Secrets", first)}${rest.length > 0 && html`<details><summary>The next ${rest.length} columns</summary>${table("Further secrets", rest)}${more}</details>`}`;
}

function secretRow(secret: Disclosure["secrets"][number], hasCertain: boolean): SortableCell[] {
  const { name, lDiversity, sameSecret, attribution, certainAttribution } = secret;
  const { risk, attack, control, baseline } = attribution;
  return [
    { shown: nameHtml(name), by: name },
    cell(lDiversity, formatCount),
    agreement(sameSecret),
    cell(risk),
    cell(attack),
    cell(control),
    cell(baseline),
    ...(hasCertain ? [cell(certainAttribution?.risk)] : []),
  ];
}

/** With what as many real rows have below it: the larger of two tables has larger classes, so that fewer agree. */
function agreement(figure: Figure): SortableCell {
  const beside = formatCeiling(figure, formatPercent)?.replace("ceiling", "real rows");
  return {
    shown: html`${figureCell(figure, formatPercent)}${beside !== undefined && html`<small>${beside}</small>`}`,
    by: figure.value,
  };
}

function cell(figure: Figure | undefined, format = formatPercent): SortableCell {
  return figure === undefined ? { shown: "—", by: undefined } : { shown: figureCell(figure, format), by: figure.value };
}
