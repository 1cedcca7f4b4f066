import { VERSION } from "./core/version.js";
import type { Figure, Report } from "./evaluate/report-schema.js";
import type { SharedTable } from "./synthesizer.js";

/** README.md of a shared folder: what the data set is, how it was made, what the audit found, what it is not for. */
export function formatReadme(shared: SharedTable, source: string): string {
  const { model, report, synthetic, train, holdout } = shared;
  const title = source.replace(/[^\p{L}\p{N} ._-]/gu, "_");
  return `# Synthetic rows of ${title}

${synthetic.rowCount} rows and ${synthetic.columns.length} columns drawn from a model of the real table. No row is a real record; values and
patterns follow the real ones.

${releaseSentence(report)}

## Files

- \`synthetic.csv\`: the rows
- \`report.html\`: the audit, for people; \`report.json\`: the same, for programs
- \`model.synth\`: the model; \`synth sample model.synth -n 1000\` draws more rows
- \`schema.json\`: the columns and their types

## How it was made

synth ${VERSION}, preset \`${model.config.preset}\`, seed ${model.seed}: a conditional GAN trained on ${train.rowCount} rows; ${holdout.rowCount} rows were set
aside and never trained on, to audit with. A category seen in fewer than ${model.config.encoding.minCategoryCount} rows is not published.

${model.generator.log.notes.map((note) => `- ${note}\n`).join("")}${omittedList(report)}
## What the audit found

${report.verdict.sentences.map((sentence) => `- ${sentence}\n`).join("")}
| figure | synthetic | held-out real rows |
|---|---|---|
${figureTable(report)}

## What it is not for

- Decisions about a single person: no row is anybody.
- Proof of anonymity: what the rows reveal was measured with the attacks in the report, it is not bounded by a guarantee such
  as differential privacy. Whether to publish them is for whoever answers for the real data.
- Rare cases: what is seen in few real rows is missing or blurred.
- Final results: confirm on real data what was found here.
`;
}

function releaseSentence({ release }: Report): string {
  if (release.shareable) return "The audit found no reason against sharing these rows.";
  const failures = release.failures.map(({ message }) => `- ${message}\n`).join("");
  return `**Do not share these rows as they are.** The audit found:\n\n${failures}`.trimEnd();
}

function omittedList(report: Report): string {
  const { omitted } = report.tables;
  if (omitted.length === 0) return "";
  return `\nLeft out of the audit:\n\n${omitted.map(({ name, reason }) => `- ${JSON.stringify(name)}: ${reason}\n`).join("")}`;
}

function figureTable({ fidelity, utility, privacy }: Report): string {
  const rows: [string, Figure, number | undefined][] = [
    ["column shapes (1 = equal)", fidelity.columnShapes, fidelity.columnShapes.ceiling],
    ["pair trends (1 = equal)", fidelity.pairTrends, fidelity.pairTrends.ceiling],
    ["told apart from held-out rows, AUC (.5 = not at all)", fidelity.c2st.holdout, fidelity.c2st.holdout.ceiling],
    [`utility${utility.metric === undefined ? "" : `, ${utility.metric}`}`, utility.synthetic, utility.real.value],
    ["closer to training than to held-out rows (.5 = no memorising)", privacy.dcrShare, privacy.dcrShare.ceiling],
    ["rows equal to a training row", privacy.identicalMatchShare, privacy.identicalMatchShare.ceiling],
  ];
  return rows
    .map(([name, figure, ceiling]) => `| ${name} | ${show(figure)} | ${ceiling?.toFixed(4) ?? ""} |`)
    .join("\n");
}

function show(figure: Figure): string {
  return figure.value?.toFixed(4) ?? `unavailable: ${figure.reason ?? "no reason given"}`;
}
