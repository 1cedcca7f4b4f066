/**
 * Scores a synthetic table in a process of its own; prints one JSON object. Run by run.mjs:
 *
 *   node bench/quality/score.mjs '{"train":"a.csv","synthetic":"b.csv","holdout":"c.csv","target":"y","seed":1}'
 */
import { makeRandom } from "../../dist/core/random.js";
import { classifierTest } from "../../dist/evaluate/fidelity/detection/classifier-test.js";
import { scoreFidelity } from "../../dist/evaluate/fidelity/score-fidelity.js";
import { makeScoredTables } from "../../dist/evaluate/make-scored-tables.js";
import { evaluateDistances } from "../../dist/evaluate/privacy/evaluate-distances.js";
import { prepareAudit } from "../../dist/evaluate/privacy/prepare-audit.js";
import { PRIVACY_LIMITS } from "../../dist/evaluate/privacy/privacy-limits.js";
import { scoreUtility } from "../../dist/evaluate/utility/score-utility.js";
import { inferSchema, readTable } from "../../dist/index.js";
import { conformTable } from "../../dist/table/conform-table.js";
import { mean } from "../common/statistics.mjs";
import { forestTest } from "./forest-test.mjs";
import { differenceFeatures, relationScores } from "./relation-scores.mjs";

const task = JSON.parse(process.argv[2]);
const drawn = await readTable(task.synthetic);
/** Free text is left out of synthetic tables: the columns that are there are scored. */
const isDrawn = (column) => drawn.columns.some(({ name }) => name === column.name);
const train = firstColumns(await readTable(task.train));
const synthetic = conformTable(firstColumns(drawn), train, task.synthetic);
const holdout = await readLikeTrain(task.holdout);
const { tables } = makeScoredTables({ train, synthetic, holdout }, inferSchema(train));
const scores = summarize(await audit());
if (task.relations) Object.assign(scores, await scoreRelations());
console.log(JSON.stringify(scores));

function firstColumns(table) {
  return { ...table, columns: table.columns.filter(isDrawn).slice(0, task.columns) };
}

async function readLikeTrain(path) {
  return conformTable(firstColumns(await readTable(path)), train, path);
}

/** The figures of `evaluate` with this seed, without the attacks, which take most of its time. */
async function audit() {
  const random = makeRandom(task.seed).fork("evaluate");
  const columns = tables.columns.map((column) => column.name);
  const samples = random.fork("privacy").fork("samples");
  const privacy = prepareAudit({ train, synthetic, holdout }, columns, PRIVACY_LIMITS, samples);
  return {
    fidelity: await scoreFidelity(tables, { random: random.fork("fidelity") }),
    utility: await scoreUtility(tables, { target: task.target, random: random.fork("utility") }),
    privacy: await evaluateDistances(privacy),
  };
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
