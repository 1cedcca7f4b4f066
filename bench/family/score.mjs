/**
 * Scores a synthetic table in a process of its own, in seconds: the figures of `evaluate` that docs/gan-family.md shows, by
 * the same definitions, with fewer rows where that takes long. With "ceilings" those of real rows as well, which are the same
 * for every generator; with "utilityRows" its models learn from so many rows. Prints one JSON object. Run by score-table.mjs:
 *
 *   node bench/family/score.mjs '{"train":"a.csv","synthetic":"b.csv","holdout":"c.csv","target":"y","seed":1}'
 */
import { makeRandom } from "../../dist/core/random.js";
import { classifierTest } from "../../dist/evaluate/fidelity/detection/classifier-test.js";
import { makeSamples } from "../../dist/evaluate/fidelity/samples.js";
import { scoreColumns } from "../../dist/evaluate/fidelity/score-columns.js";
import { scorePairs } from "../../dist/evaluate/fidelity/score-pairs.js";
import { meanSimilarity } from "../../dist/evaluate/fidelity/similarity.js";
import { makeScoredTables } from "../../dist/evaluate/make-scored-tables.js";
import { findClosestRecords } from "../../dist/evaluate/privacy/find-closest-records.js";
import { prepareAudit } from "../../dist/evaluate/privacy/prepare-audit.js";
import { PRIVACY_LIMITS } from "../../dist/evaluate/privacy/privacy-limits.js";
import { scoreRecords } from "../../dist/evaluate/privacy/score-records.js";
import { compareFits } from "../../dist/evaluate/utility/compare-fits.js";
import { makeTask } from "../../dist/evaluate/utility/prediction-task.js";
import { makeSteps } from "../../dist/evaluate/utility/steps.js";
import { chooseUtilityRows } from "../../dist/evaluate/utility/utility-rows.js";
import { inferSchema, readTable } from "../../dist/index.js";
import { conformTable } from "../../dist/table/conform-table.js";

/** Synthetic rows whose nearest records are searched, and rows that the utility's models learn from. */
const QUERIES = 8_000;
const UTILITY_ROWS = 20_000;

const task = JSON.parse(process.argv[2]);
const drawn = await readTable(task.synthetic);
const isDrawn = (column) => drawn.columns.some(({ name }) => name === column.name);
const train = scoredColumns(await readTable(task.train));
const synthetic = conformTable(drawn, train, task.synthetic);
const holdout = conformTable(scoredColumns(await readTable(task.holdout)), train, task.holdout);
const { tables } = makeScoredTables({ train, synthetic, holdout }, inferSchema(train));
const random = makeRandom(task.seed).fork("score");
console.log(
  JSON.stringify({
    ...(await fidelity()),
    c2st: await detection(),
    utility: await utility(),
    dcrShare: await copying(),
  }),
);

/** Free text is left out of synthetic tables: the columns that are there are scored. */
function scoredColumns(table) {
  return { ...table, columns: table.columns.filter(isDrawn) };
}

/** Errors are 1 - score; `ceiling` is what as many held-out rows have, `matched` as many synthetic rows. */
async function fidelity() {
  const samples = makeSamples(tables, random.fork("fidelity"));
  const { shapes } = await scoreColumns(tables, samples);
  const { means } = await scorePairs(tables, samples, { random: random.fork("pairs") });
  const errors = (valueAt) => ({
    value: 1 - valueAt(0),
    ceiling: 1 - valueAt(samples.ceiling),
    matched: 1 - valueAt(samples.matched),
  });
  return {
    shape: errors((at) => meanSimilarity(shapes.map((shape) => shape[at])).value),
    trend: errors((at) => means[at].value),
  };
}

/** A booster's AUC, against held-out rows; the ceiling is training rows against held-out ones. */
async function detection() {
  const test = async (rows, label) =>
    (await classifierTest(tables.holdout, rows, { random: random.fork(label) })).value;
  const ceiling = task.ceilings ? { ceiling: await test(tables.train, "ceiling") } : {};
  return { value: await test(tables.synthetic, "c2st"), ...ceiling };
}

async function utility() {
  const at = tables.columns.findIndex(({ name }) => name === task.target);
  if (at < 0) return undefined;
  const prediction = makeTask(tables, at);
  const rows = chooseUtilityRows(tables, prediction, random.fork("utility"), task.utilityRows ?? UTILITY_ROWS);
  const sets = task.ceilings ? ["synthetic", "allReal"] : ["synthetic"];
  const fits = await compareFits(prediction, "boosting", rows, sets, makeSteps("utility", sets.length, {}));
  return { value: fits.synthetic.figures[0].figure.value, ceiling: fits.allReal?.figures[0].figure.value };
}

async function copying() {
  const limits = { ...PRIVACY_LIMITS, queries: QUERIES };
  const names = tables.columns.map(({ name }) => name);
  const audit = prepareAudit({ train, synthetic, holdout }, names, limits, random.fork("privacy"));
  const { dcrShare } = scoreRecords(await findClosestRecords(audit.searches.gower));
  return { value: dcrShare.value, low: dcrShare.low, high: dcrShare.high };
}
