// Audit a synthetic table, whoever made it: no model is needed, only the real rows and, best, real rows it was not made from.
// node examples/audit-a-table.mjs [table.csv]
import { evaluate, makeTable, readTable, setAside } from "synth";

const [source = "examples/penguins.csv"] = process.argv.slice(2);
const { train, holdout } = setAside(await readTable(source), { holdoutShare: 0.3, seed: 1 });

// A bad generator to audit: it shuffles every column by itself, so that shapes are right and nothing hangs together.
const shuffled = makeTable(train.columns.map((column, at) => rotate(column, 17 * (at + 1))));

const report = await evaluate({ train, synthetic: shuffled, holdout }, { seed: 1 });
const { columnShapes, pairTrends, c2st } = report.fidelity;
console.log(`column shapes ${columnShapes.value?.toFixed(3)} (held-out rows ${columnShapes.ceiling?.toFixed(3)})`);
console.log(`pair trends ${pairTrends.value?.toFixed(3)} (held-out rows ${pairTrends.ceiling?.toFixed(3)})`);
console.log(`told apart from held-out rows: AUC ${c2st.holdout.value?.toFixed(3) ?? c2st.holdout.reason}`);
console.log(`verdict: ${report.verdict.level}`);
for (const sentence of report.verdict.sentences) console.log(`- ${sentence}`);

/** The column with its rows moved on by `count`. */
function rotate(column, count) {
  const move = (data) => data.map((_, row) => data[(row + count) % data.length]);
  return "codes" in column ? { ...column, codes: move(column.codes) } : { ...column, values: move(column.values) };
}
