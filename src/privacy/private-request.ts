import type { OnProgress } from "../core/progress.js";
import type { RandomStream } from "../core/random.js";
import type { TableEncoding } from "../encode/table-encoding.js";
import type { EngineName } from "../runtime/program.js";
import type { PrivacyRecord } from "../schema/privacy-record.js";
import type { TableSchema } from "../schema/table-schema.js";
import type { Measurement } from "./marginals/measurement.js";
import type { Mixture } from "./mixture/mixture.js";

/** Differential privacy as a user asks for it. */
export interface PrivacyOptions {
  /** More than 0, at most 50; above 10 it protects little. */
  readonly epsilon: number;
  /** Default: 1e-5, or 1 / (3 n) for n = the rows rounded up to a power of two, whichever is smaller. Below 1 / n. */
  readonly delta?: number | undefined;
  /**
   * public: levels and bounds of every column must stand in the schema, and cost nothing. private (default): what the schema
   * declares is public, the rest is found with noise and paid for.
   */
  readonly bounds?: "public" | "private" | undefined;
  /** Noise from a seeded generator: NOT PRIVATE, for tests. Default: noise from a cryptographic generator. */
  readonly noiseSeed?: number | undefined;
}

/** What the private learner is given besides the table. */
export interface PrivateRequest {
  readonly privacy: PrivacyOptions & { readonly delta: number };
  /** Declared by the user, public as far as it goes; its statistics (counts, shares) are not used. Absent: types are found privately. */
  readonly schema?: TableSchema | undefined;
  /** A column whose joint counts with pairs of others are measured; public. */
  readonly target?: string | undefined;
}

export interface PrivateRunOptions {
  readonly random: RandomStream;
  readonly engine: EngineName;
  readonly threads: number;
  readonly onProgress?: OnProgress | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Everything that leaves the rows; what is made of it costs no more. */
export interface PrivateRelease {
  /** Holds only what was declared or paid for; rowCount is the noisy number of rows. */
  readonly schema: TableSchema;
  readonly encoding: TableEncoding;
  /** Joint counts over groups of levels. */
  readonly measurements: readonly Measurement[];
  /** Noisy counts of each field's levels, projected onto what counts can be: >= 0, summing to the rows. */
  readonly oneWays: readonly Float64Array[];
  readonly mixture: Mixture;
  readonly record: PrivacyRecord;
}
