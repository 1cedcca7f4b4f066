import type { Figure, Report } from "../../evaluate/report-schema.js";
import {
  type Assessment,
  aboveCeilingWords,
  assessCloseness,
  assessDetection,
  assessMatches,
  assessScore,
  assessUtility,
  keptUtility,
} from "../assess.js";
import { type AxisMark, fitDomain, intervalAxis } from "../charts/interval-axis.js";
import {
  type FigureFormat,
  formatCeiling,
  formatCount,
  formatFigure,
  formatInterval,
  formatPercent,
  formatPercentTick,
  formatScore,
  formatTick,
} from "../format.js";
import { type Html, html } from "../html.js";
import { levelIcon } from "../icons.js";
import { judgeFigure } from "../privacy/judge-figure.js";
import { type CeilingSource, ceilingSource, fidelityFigures } from "./fidelity-figures.js";
import { section } from "./section.js";

interface Card {
  readonly name: string;
  readonly figure: Figure;
  readonly format: FigureFormat;
  /** How the ends of its axis are written. */
  readonly tick: FigureFormat;
  readonly assessment: Assessment;
  /** One sentence for somebody who is no statistician. */
  readonly meaning: string;
  /** What the figure is to be read against, in words with its value. */
  readonly reference?: string | undefined;
  readonly domains: readonly (readonly [number, number])[];
  readonly marks: readonly AxisMark[];
}

const SIMILARITY = [
  [0.95, 1],
  [0.9, 1],
  [0.8, 1],
  [0.5, 1],
  [0, 1],
] as const;
const DETECTION = [
  [0.45, 1],
  [0.25, 1],
  [0, 1],
] as const;
const CLOSENESS = [
  [0.4, 0.6],
  [0.3, 0.7],
  [0.2, 0.8],
  [0, 1],
] as const;
const MATCHES = [
  [0, 0.01],
  [0, 0.05],
  [0, 0.2],
  [0, 0.5],
  [0, 1],
] as const;

/** The six figures that decide, under the question that each answers, beside what other real rows reach; then every fidelity figure. */
export function summary(report: Report): Html {
  const questions = [
    question("Does it look real?", [shapes(report), trends(report), detection(report)]),
    question("Does it work?", [utility(report)]),
    question("Does it give anybody away?", [closeness(report), matches(report)]),
  ];
  return section("summary", "At a glance", lead(report), [
    html`<div class="questions">${questions}</div>`,
    fidelityFigures(report),
  ]);
}

function question(words: string, cards: readonly Card[]): Html {
  return html`<div class="question of-${cards.length}"><h3>${words}</h3><div class="cards scores">${cards.map(drawCard)}</div></div>`;
}

function lead(report: Report): Html {
  const source = ceilingSource(report);
  switch (source) {
    case "holdout":
      return html`Six figures, each beside its <b>ceiling</b>: what other real rows of the same kind, kept away from training, reach. No honest generator does better; a score above its ceiling is chance, or copying.`;
    case "split":
      return html`Six figures. No held-out real rows were given, so each <b>ceiling</b>, what other real rows would reach, is <b>estimated by splitting the training table</b>; nothing can be said about copying.`;
    case "none":
      return html`Six figures. No held-out real rows were given, so there is no <b>ceiling</b> to read them against, and nothing can be said about copying.`;
    default:
      return source satisfies never;
  }
}

function shapes(report: Report): Card {
  const figure = report.fidelity.columnShapes;
  return {
    ...similarity(figure, ceilingSource(report)),
    name: "Column shapes",
    meaning:
      "Each column on its own: how much of its spread of values matches the training table, averaged over columns.",
  };
}

function trends(report: Report): Card {
  const figure = report.fidelity.pairTrends;
  return {
    ...similarity(figure, ceilingSource(report)),
    name: "Pair trends",
    meaning: "Columns two by two: how well their relation matches the training table, averaged over all pairs.",
  };
}

function similarity(figure: Figure, source: CeilingSource): Omit<Card, "name" | "meaning"> {
  return {
    figure,
    format: formatPercent,
    tick: formatPercentTick,
    assessment: assessScore(figure),
    reference: ceilingWords(figure, source),
    domains: SIMILARITY,
    marks: ceilingMark(figure, source === "split" ? "ceiling (estimate)" : "other real rows"),
  };
}

/** "ceiling 99.37 %, estimated by splitting"; what being above it means only where that is more than chance. */
function ceilingWords(figure: Figure, source: CeilingSource): string | undefined {
  const ceiling = formatCeiling(figure, formatPercent);
  if (ceiling === undefined) return undefined;
  const above = figure.aboveCeiling === "beyond noise" ? aboveCeilingWords(figure) : undefined;
  const parts = [ceiling, source === "split" ? "estimated by splitting" : undefined, above];
  return parts.filter((part) => part !== undefined).join(", ");
}

function detection(report: Report): Card {
  const { holdout, train } = report.fidelity.c2st;
  const figure = holdout.value === undefined ? train : holdout;
  const against = figure === holdout ? "held-out rows" : "training rows";
  return {
    name: "Detection (C2ST)",
    figure,
    format: formatScore,
    tick: formatTick,
    assessment: assessDetection(figure),
    meaning: `How well a classifier tells synthetic rows from ${against}: 0.5 is guessing, 1 is always right.`,
    reference: formatCeiling(figure, formatScore),
    domains: DETECTION,
    marks: [{ at: 0.5, label: "guessing" }],
  };
}

function utility(report: Report): Card {
  const { synthetic, real, baseline, target, metric } = report.utility;
  const marks = real.value === undefined ? [] : [{ at: real.value, label: "real rows" }];
  const low = baseline.value ?? 0;
  return {
    name: "Usefulness",
    figure: synthetic,
    format: formatScore,
    tick: formatTick,
    assessment: assessUtility(keptUtility(synthetic, real, baseline)),
    meaning: `A model that learned from synthetic rows predicts ${target === undefined ? "the target" : `“${target}”`} of held-out real rows this well (${metric ?? "score"}).`,
    reference: `trained on real rows ${formatFigure(real, formatScore)}, baseline ${formatFigure(baseline, formatScore)}`,
    domains: [
      [low, 1],
      [Math.min(low, 0), 1],
      [Math.min(-1, low, synthetic.value ?? 0), 1],
    ],
    marks,
  };
}

function closeness(report: Report): Card {
  const figure = report.privacy.dcrShare;
  return {
    name: "Closer to training rows (DCR share)",
    figure,
    format: formatPercent,
    tick: formatPercentTick,
    assessment: assessCloseness(figure, judgeFigure(report, "privacy.dcrShare", figure, { innocent: 0.5 }).limit),
    meaning:
      "Share of synthetic rows that lie nearer to a training row than to a held-out row. 50\u00A0% means nothing was copied.",
    reference: figure.n === undefined ? undefined : "no copying 50\u00A0%",
    domains: CLOSENESS,
    marks: [{ at: 0.5, label: "no copying" }],
  };
}

function matches(report: Report): Card {
  const figure = report.privacy.identicalMatchShare;
  const known = figure.ceiling === undefined ? undefined : `held-out real rows ${formatPercent(figure.ceiling)}`;
  return {
    name: "Identical matches",
    figure,
    format: formatPercent,
    tick: formatPercentTick,
    assessment: assessMatches(figure, report.privacy.identicalMatchExcess),
    meaning: "Share of synthetic rows that equal a training row. Real rows from elsewhere do so too, by chance.",
    reference: known,
    domains: MATCHES,
    marks: ceilingMark(figure, "other real rows"),
  };
}

function ceilingMark(figure: Figure, label: string): AxisMark[] {
  return figure.ceiling === undefined ? [] : [{ at: figure.ceiling, label }];
}

function drawCard(card: Card): Html {
  const { figure, assessment } = card;
  if (figure.value === undefined) return absentCard(card);
  return html`<article class="card score ${assessment.level}"><h4>${card.name}</h4><p class="value">${card.format(figure.value)}</p><p class="level">${levelIcon(assessment.level)}${assessment.word}</p>${axis(card, figure.value)}<p class="meaning">${card.meaning}</p><p class="fine">${fineprint(card)}</p></article>`;
}

function absentCard(card: Card): Html {
  return html`<article class="card score unknown"><h4>${card.name}</h4><p class="value absent">—</p><p class="level">${levelIcon("unknown")}Not available</p><p class="meaning"><b>Why:</b> ${card.figure.reason ?? "no reason was recorded"}</p><p class="meaning">${card.meaning}</p></article>`;
}

function axis(card: Card, value: number): Html {
  const { figure, format } = card;
  const domain = fitDomain(card.domains, [value, figure.low, figure.high, ...card.marks.map((mark) => mark.at)]);
  const tooltip = `${card.name}: ${format(value)}`;
  return intervalAxis(
    `${card.name} on a scale from ${card.tick(domain[0])} to ${card.tick(domain[1])}: ${fineprint(card)}`,
    {
      domain,
      value,
      low: figure.low,
      high: figure.high,
      marks: card.marks,
      ends: [card.tick(domain[0]), card.tick(domain[1])],
      tooltip,
    },
  );
}

function fineprint(card: Card): string {
  const interval = formatInterval(card.figure, card.format);
  const parts = [
    card.reference,
    interval === undefined ? undefined : `95\u00A0% interval ${interval}`,
    card.figure.n === undefined ? undefined : `n\u00A0=\u00A0${formatCount(card.figure.n)}`,
  ];
  return parts.filter((part) => part !== undefined).join(" · ");
}
