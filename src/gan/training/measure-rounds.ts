import type { Parameters } from "../../runtime/parameters.js";
import type { RoundsSetting } from "../inference/rounds-setting.js";
import { sampleTrial } from "../inference/sample-trial.js";
import type { CompletionShape } from "../networks/completion-network.js";
import { groupByInformation, pairwiseInformation } from "../techniques/field-groups.js";
import { makePairComparison } from "./coarse-pairs.js";
import type { CompletionData } from "./completion-data.js";
import type { TrainingContext } from "./training-context.js";

/** Numbers of rounds that are prepared, where the table has more fields. */
const ROUND_COUNTS = [2, 4, 6, 8, 12, 16, 24, 32, 48, 64];

/** Rows times rounds that all settings together may take. */
const MAX_EVALUATIONS = 300_000;
const MIN_ROWS = 400;
const MAX_ROWS = 10_000;

/** The networks of a generator whose settings are measured. */
export interface MeasuredNetworks {
  readonly shape: CompletionShape;
  /** The fields of each round that `rounds` was trained for. */
  readonly groups: readonly (readonly number[])[];
  readonly completion: Parameters;
  /** The adversarial phase's weights, where they were kept. */
  readonly rounds: Parameters | undefined;
}

/**
 * Prepares the ways to draw rows, from few rounds (of fields that tell little of each other) to one field a round, and
 * measures what each costs: rows sampled so are compared with the validation rows, and with training rows where those are
 * few. Takes seconds whatever the table's width.
 */
export async function measureRounds(
  data: CompletionData,
  networks: MeasuredNetworks,
  context: TrainingContext,
): Promise<RoundsSetting[]> {
  const { map } = data;
  const random = context.random.fork("measure-rounds");
  const settings = prepareSettings(data, networks, context);
  const evaluations = settings.reduce((sum, { rounds }) => sum + rounds, 0);
  const rows = Math.min(MAX_ROWS, Math.max(MIN_ROWS, Math.floor(MAX_EVALUATIONS / evaluations)));
  const compare = makePairComparison(data, random.fork("pairs"));
  const measured: RoundsSetting[] = [];
  for (const setting of settings) {
    const views = (setting.refined ? networks.rounds! : networks.completion).views;
    const levels = await sampleTrial(
      { shape: networks.shape, map, views },
      {
        rows,
        order: setting.order,
        withLatent: setting.refined,
        random: random.fork("rows"),
        engine: context.engine,
        threads: context.threads,
        signal: context.signal,
      },
    );
    measured.push({ ...setting, pairError: compare({ rowCount: rows, levels }) });
  }
  return measured;
}

function prepareSettings(data: CompletionData, networks: MeasuredNetworks, context: TrainingContext) {
  const { fields } = data.map;
  const trained = networks.rounds === undefined ? [] : [networks.groups.length];
  const counts = [...new Set([...ROUND_COUNTS, ...trained])].filter((count) => count < fields).sort((a, b) => a - b);
  const information = pairwiseInformation(data.train, data.map);
  const grouped = counts.map((rounds) => {
    const refined = trained.includes(rounds);
    const random = context.random.fork(`groups${rounds}`);
    const groups = refined ? networks.groups : groupByInformation(information, fields, rounds, random);
    return { rounds, order: { kind: "groups" as const, groups }, refined };
  });
  return [...grouped, { rounds: fields, order: { kind: "one-by-one" as const }, refined: false }];
}
