import { formatMeasure } from "../report/charts/upright-axis.js";
import { TRAINING_CHARTS } from "../report/training/training-charts.js";
import { keptStep, phasesOf, type TrainingRecord } from "../report/training/training-record.js";
import {
  describeEnding,
  failureName,
  judgeTraining,
  measureName,
  phaseName,
} from "../report/training/training-words.js";
import { formatCount, formatTable, wrapText } from "./format-text.js";
import { sparkline } from "./sparkline.js";

const WIDTH = 100;

/** How a model was trained, in lines: how it ended, what was found, the key measures over the looks; every entry where asked. */
export function describeTraining(record: TrainingRecord, options: { readonly allEntries: boolean }): string[] {
  const { ends = [], notes, entries } = record;
  const sentences = [`${judgeTraining(record).words}.`, ...ends.map(describeEnding), ...findingLines(record)];
  return [
    ...sentences.flatMap((sentence) => wrapText(sentence, WIDTH, "")),
    ...notes.map((note) => `log: ${note}`),
    ...phasesOf(record).flatMap((phase) => measureTable(record, phase)),
    ...(options.allEntries ? ["", ...entries.map(entryLine)] : []),
  ];
}

function findingLines({ findings = [] }: TrainingRecord): string[] {
  return findings.map(({ failure, phase, step, message, answer }, at) => {
    const place = `${phaseName(phase)}, step ${formatCount(step)}`;
    return `Finding ${at + 1}, ${failureName(failure).toLowerCase()} (${place}): ${message} Answer: ${answer}`;
  });
}

/** The measures that charts are drawn of, a line each: first, kept, last, and how it went between. */
function measureTable(record: TrainingRecord, phase: string): string[] {
  const entries = record.entries.filter((entry) => entry.phase === phase);
  const kept = entries.findIndex(({ step }) => step === keptStep(record, phase));
  const rows = TRAINING_CHARTS.flatMap(({ lines, unit }) => lines.map((line) => ({ ...line, unit })))
    .filter(({ measure }) => entries.some((entry) => typeof entry[measure] === "number"))
    .map(({ measure, unit, isReference }) => {
      const values = entries.map((entry) => numberOf(entry[measure]));
      const text = (value: number | undefined) =>
        value === undefined
          ? ""
          : Number.isFinite(value)
            ? formatMeasure(value, unit).replace("\u00A0", " ")
            : "no number";
      const first = values.find((value) => value !== undefined);
      return [
        measureName(measure),
        text(first),
        text(values[kept]),
        text(values.at(-1)),
        isReference ? "" : sparkline(values),
      ];
    });
  if (rows.length === 0) return [];
  const title = `${phaseName(phase)}, ${formatCount(entries.length)} looks`;
  return ["", ...formatTable([[title, "first", "kept", "last", "over the looks"], ...rows], [1, 2, 3])];
}

function numberOf(value: number | string | undefined): number | undefined {
  return typeof value === "number" ? value : undefined;
}

function entryLine({ phase, step, ...measures }: TrainingRecord["entries"][number]): string {
  const words = Object.entries(measures).map(
    ([name, value]) => `${name} ${typeof value === "number" ? Number(value.toPrecision(4)) : value}`,
  );
  return `${phase}, step ${step}: ${words.join(", ")}`;
}
