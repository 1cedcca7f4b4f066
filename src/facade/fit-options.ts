import type { SynthModel } from "../artifact/model.js";
import type { ConfigSources } from "../gan/resolve-config.js";
import type { PrivacyOptions, PrivateRelease } from "../privacy/private-request.js";
import type { CheckpointKeeper } from "./fit-checkpoints.js";
import type { TableDescription } from "./prepare-table.js";
import type { RunOptions } from "./run-options.js";

export interface FitOptions extends RunOptions, ConfigSources, TableDescription {
  /** Bound of the training steps of each phase. */
  readonly maxSteps?: number | undefined;
  /** Memory that training may take, in bytes. Default: not bounded. */
  readonly memoryBytes?: number | undefined;
  /** Bound of the training time. With it the same seed no longer gives the same model. */
  readonly minutes?: number | undefined;
  /**
   * A model whose schema, constraints, encoding and weights training starts from, of the same columns, kind and network sizes.
   * The configuration's preset is then its, where none is given. Rows set aside to audit must not be among those it was fitted on.
   */
  readonly warmStart?: SynthModel | undefined;
  /** Differential privacy of the model for one row more or less. Default: none is promised. */
  readonly privacy?: PrivacyOptions | undefined;
  /** Takes what was released under `privacy`, before a network is trained on rows of it. */
  readonly onRelease?: ((release: PrivateRelease) => void) | undefined;
  /** The column that rows are to predict: compared in the audit, and measured with pairs of others under `privacy`. */
  readonly target?: string | undefined;
  /** Keeps what an interrupted training can go on from. Default: nothing is kept. */
  readonly checkpoints?: CheckpointKeeper | undefined;
}
