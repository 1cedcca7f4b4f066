import { type Attribution, attributeSecret } from "./attribution.js";
import type { CoarseColumn, Sides } from "./coarse-column.js";
import type { ClassRows } from "./equivalence-classes.js";
import { type SecretDiversity, secretDiversity } from "./secret-diversity.js";

/** Rows by class: of every table, and of equally large samples of the released and of real rows. */
export interface GroupedRows {
  readonly all: Sides<ClassRows>;
  /** The real rows are held-out ones, or training rows where none were held out. */
  readonly equal: { readonly synthetic: ClassRows; readonly real: ClassRows };
}

/** What the released rows' classes tell of one secret column. */
export interface SecretMeasures {
  readonly name: string;
  readonly released: SecretDiversity;
  readonly equal: { readonly synthetic: SecretDiversity; readonly real: SecretDiversity };
  readonly train: Attribution;
  readonly holdout: Attribution | undefined;
}

/** Undefined for a column that has one value in all training rows: it is no secret. */
export function measureSecret(
  name: string,
  secret: CoarseColumn,
  { all, equal }: GroupedRows,
): SecretMeasures | undefined {
  const { train, synthetic, holdout } = secret.codes;
  if (train.every((code) => code === train[0])) return undefined;
  const attribute = (classes: ClassRows, codes: Int32Array) =>
    attributeSecret({ classes: all.synthetic, codes: synthetic }, { classes, codes }, secret);
  const released = secretDiversity(all.synthetic, synthetic, secret);
  return {
    name,
    released,
    equal: {
      synthetic: equal.synthetic === all.synthetic ? released : secretDiversity(equal.synthetic, synthetic, secret),
      real: secretDiversity(equal.real, holdout ?? train, secret),
    },
    train: attribute(all.train, train),
    holdout: all.holdout === undefined || holdout === undefined ? undefined : attribute(all.holdout, holdout),
  };
}
