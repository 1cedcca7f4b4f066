import pc from "picocolors";
import type { Comparison } from "../evaluate/contract/comparison-schema.js";
import type { Figure } from "../evaluate/report-schema.js";
import { figureName } from "../report/figure-names.js";
import { formatFigure, formatScore, truncateLabel } from "../report/format.js";
import type { CommandContext } from "./command-runner.js";
import { formatTable } from "./format-text.js";
import { wantsColor } from "./streams.js";

/** Of a table's name, in letters. */
const NAME_WIDTH = 24;

/** Several tables side by side, a column each; what is clearly better has a star. */
export function summarizeComparison(
  comparison: Comparison,
  context: CommandContext,
  folder: string | undefined,
): string {
  const { bold, dim } = pc.createColors(wantsColor(context.streams));
  const { tables, figures, columns, pairs } = comparison;
  const rows = [
    ["", ...tables.map(({ name }) => `${truncateLabel(name, NAME_WIDTH)}  `), "ceiling"],
    ...figures.map(({ path, values, best }) => {
      const { name, format } = figureName(path) ?? { name: path, format: formatScore };
      const show = (figure: Figure, at: number) => `${formatFigure(figure, format)}${best.includes(at) ? " *" : "  "}`;
      const ceiling = values.find((figure) => figure.ceiling !== undefined)?.ceiling;
      return [name, ...values.map(show), ceiling === undefined ? "" : format(ceiling)];
    }),
    [
      "columns nearest to the real ones",
      ...tables.map((_, at) => `${columns.filter(({ nearest }) => nearest === at).length} of ${columns.length}  `),
    ],
    [
      "pairs nearest to the real ones",
      ...tables.map((_, at) => `${pairs.filter(({ nearest }) => nearest === at).length} of ${pairs.length}  `),
    ],
    ["verdict", ...tables.map(({ verdict }) => `${verdict}  `)],
    ["may be shared", ...tables.map(({ shareable }) => (shareable ? "yes  " : "no  "))],
  ];
  const [head, ...lines] = formatTable(
    rows,
    [...tables, ""].map((_, at) => at + 1),
  );
  const words = [
    "",
    bold("side by side"),
    dim(head!),
    ...lines,
    dim("* clearly better than another: the 95 % intervals do not overlap"),
  ];
  if (folder !== undefined) words.push("", `wrote ${bold(folder)}; open ${folder}/index.html`);
  return `${words.join("\n")}\n`;
}
