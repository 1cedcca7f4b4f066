import { probit } from "simple-statistics";
import type { Report } from "../../report-schema.js";
import { besideValue, shareFigure } from "./class-figures.js";
import type { SecretMeasures } from "./measure-secret.js";
import { scoreRates } from "./rate-risk.js";

type Secret = NonNullable<Report["privacy"]["disclosure"]>["secrets"][number];

/**
 * The secrets as the report has them, the most disclosive first: by the lower end of the attribution's risk, its value, and
 * how much better than the marginal it guesses. The attacks' intervals are widened for the number of secrets (Bonferroni).
 */
export function reportSecrets(secrets: readonly SecretMeasures[]): Secret[] {
  const z = secrets.length < 2 ? 1.96 : probit(1 - 0.025 / secrets.length);
  const gain = ({ train }: SecretMeasures) => train.guessed.mean - train.marginal.mean;
  const byGain = [...secrets].sort((a, b) => gain(b) - gain(a));
  const low = ({ attribution }: Secret) => attribution.risk.low ?? 0;
  const risk = ({ attribution }: Secret) => attribution.risk.value ?? 0;
  return byGain.map((secret) => reportSecret(secret, z)).sort((a, b) => low(b) - low(a) || risk(b) - risk(a));
}

const NO_TARGET = "there is no target";

function reportSecret({ name, released, equal, train, holdout }: SecretMeasures, z: number): Secret {
  return {
    name,
    lDiversity: {
      value: released.least,
      n: released.same.of,
      ceiling: equal.real.least,
      ...besideValue(released.least, equal.synthetic.least),
      status: "ok",
    },
    sameSecret: shareFigure(released.same, { ceiling: equal.real.same, matched: equal.synthetic.same }),
    attribution: scoreRates(
      { attack: train.guessed, control: holdout?.guessed, baseline: train.marginal },
      NO_TARGET,
      z,
    ),
    certainAttribution: scoreRates({ attack: train.certain, control: holdout?.certain }, NO_TARGET, z),
  };
}
