import type { FittedConstraints } from "../constraints/transform.js";
import type { TableEncoding } from "../encode/table-encoding.js";
import type { ModelConfig } from "../gan/config.js";
import type { TrainedGenerator } from "../gan/trained-generator.js";
import type { PrivacyRecord } from "../schema/privacy-record.js";
import type { TableSchema } from "../schema/table-schema.js";

/** A fitted model: what model.synth holds. No training row stands in it. */
export interface SynthModel {
  readonly schema: TableSchema;
  /** What the schema's constraints were turned into; absent where there are none. The encoding is of what that leaves. */
  readonly constraints?: FittedConstraints;
  readonly encoding: TableEncoding;
  readonly config: ModelConfig;
  readonly generator: TrainedGenerator;
  readonly seed: number;
  /** The differential privacy that was promised, and its ledger; absent: none was. */
  readonly privacy?: PrivacyRecord;
}
