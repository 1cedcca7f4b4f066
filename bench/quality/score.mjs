/**
 * Scores a synthetic table in a process of its own; prints one JSON object. Run by run.mjs:
 *
 *   node bench/quality/score.mjs '{"train":"a.csv","synthetic":"b.csv","holdout":"c.csv","target":"y","seed":1}'
 */
import { makeRandom } from "../../dist/core/random.js";
import { classifierTest } from "../../dist/evaluate/fidelity/classifier-test.js";
import { makeScoredTables } from "../../dist/evaluate/make-scored-tables.js";
import { evaluate, inferSchema, readTable } from "../../dist/index.js";
import { conformTable } from "../../dist/table/conform-table.js";
import { mean } from "../common/statistics.mjs";
import { forestTest } from "./forest-test.mjs";
import { differenceFeatures, relationScores } from "./relation-scores.mjs";

const task = JSON.parse(process.argv[2]);
const train = firstColumns(await readTable(task.train));
const synthetic = await readLikeTrain(task.synthetic);
const holdout = await readLikeTrain(task.holdout);
const report = await evaluate({ train, synthetic, holdout, target: task.target }, { seed: task.seed });
const scores = summarize(report);
if (task.relations) Object.assign(scores, await scoreRelations());
console.log(JSON.stringify(scores));

function firstColumns(table) {
  return task.columns === undefined ? table : { ...table, columns: table.columns.slice(0, task.columns) };
}

async function readLikeTrain(path) {
  return conformTable(firstColumns(await readTable(path)), train, path);
}

/** Errors are 1 - score; `ceiling` is what as many held-out rows have. */
function summarize({ fidelity, utility, privacy }) {
  const error = ({ value, ceiling, matched }) => ({
    value: 1 - value,
    ceiling: 1 - ceiling,
    matched: 1 - (matched ?? value),
  });
  return {
    shape: error(fidelity.columnShapes),
    trend: error(fidelity.pairTrends),
    c2st: {
      train: fidelity.c2st.train.value,
      holdout: fidelity.c2st.holdout.value,
      ceiling: fidelity.c2st.holdout.ceiling,
    },
    utility: { value: utility.synthetic.value, ceiling: utility.real.value },
    dcrShare: { value: privacy.dcrShare.value, low: privacy.dcrShare.low },
    uniqueValues: { value: privacy.uniqueValueShare?.value, ceiling: privacy.uniqueValueShare?.ceiling },
    pearson: pearsonError(fidelity.pairs),
  };
}

/** Mean of half the absolute difference of the correlations. */
function pearsonError(pairs) {
  const figures = pairs.filter(({ metric }) => metric === "CorrelationSimilarity").map(({ score }) => score);
  const known = figures.filter(({ value, ceiling }) => value !== undefined && ceiling !== undefined);
  if (known.length === 0) return undefined;
  return { value: 1 - mean(known.map(({ value }) => value)), ceiling: 1 - mean(known.map(({ ceiling }) => ceiling)) };
}

/** What needs a program of its own: detection by a forest, and by a booster that sees differences; exact relations. */
async function scoreRelations() {
  const random = makeRandom(task.seed).fork("relations");
  const { tables } = makeScoredTables({ train, synthetic, holdout }, inferSchema(train));
  const detect = async (reference, rows, name) => ({
    forest: forestTest(reference.scored, rows.scored, random.fork(`${name} forest`)),
    differences: (await classifierTest(reference.wide, rows.wide, { random: random.fork(`${name} booster`) })).value,
  });
  const [real, fake, fresh] = [
    [tables.train, train],
    [tables.synthetic, synthetic],
    [tables.holdout, holdout],
  ].map(([scored, table]) => ({
    scored,
    wide: { ...scored, columns: [...scored.columns, ...differenceFeatures(table)] },
  }));
  return {
    detection: { holdout: await detect(fresh, fake, "holdout"), ceiling: await detect(fresh, real, "ceiling") },
    relations: { synthetic: relationScores(train, synthetic), holdout: relationScores(train, holdout) },
  };
}
