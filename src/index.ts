export { type Checkpoint, deserializeCheckpoint, serializeCheckpoint } from "./artifact/checkpoint.js";
export type { SynthModel } from "./artifact/model.js";
export { findConstraints } from "./constraints/find/find-constraints.js";
export { type ErrorDetails, type ErrorKind, SynthError } from "./core/errors.js";
export type { OnProgress, ProgressEvent } from "./core/progress.js";
export { VERSION as version } from "./core/version.js";
export type { CanaryReport } from "./evaluate/contract/canary-schema.js";
export type { Comparison } from "./evaluate/contract/comparison-schema.js";
export type { PolicyRule, ReleasePolicy } from "./evaluate/contract/policy-schema.js";
export type { EvaluateInput } from "./evaluate/evaluate.js";
export { DEFAULT_POLICY } from "./evaluate/privacy/default-policy.js";
export { validatePolicy } from "./evaluate/privacy/validate-policy.js";
export type { ColumnScore, Figure, Guarantee, PairScore, Report } from "./evaluate/report-schema.js";
export { auditCanaries, type CanaryOptions } from "./facade/audit-canaries.js";
export {
  type CompareOptions,
  comparePresets,
  type NamedConfig,
  type PresetRun,
} from "./facade/compare-presets.js";
export { type CompleteOptions, type ImputedTable, impute, sampleLike } from "./facade/complete-table.js";
export { evaluate } from "./facade/evaluate.js";
export { fit } from "./facade/fit.js";
export type { CheckpointKeeper } from "./facade/fit-checkpoints.js";
export type { FitOptions } from "./facade/fit-options.js";
export type { Clock } from "./facade/meter-run.js";
export { loadModel, saveModel } from "./facade/model-file.js";
export { PRIVATE_FILES, WITHHELD_FILES } from "./facade/private-files.js";
export { DEFAULT_SEED, type RunOptions } from "./facade/run-options.js";
export { type SampleOptions, sample } from "./facade/sample.js";
export { type SampleChunksOptions, type Shard, sampleChunks } from "./facade/sample-chunks.js";
export {
  sampleWithoutCopies,
  type WithoutCopies,
  type WithoutCopiesOptions,
} from "./facade/sample-without-copies.js";
export { type SharedTable, type ShareOptions, setAside, share } from "./facade/share.js";
export { SHARED_FILES } from "./facade/shared-files.js";
export { openSharedFolder, type PendingFolder, type WrittenFolder } from "./facade/shared-folder.js";
export type { CompletionConfig, EncodingConfig, GanConfig, ModelConfig } from "./gan/config.js";
export {
  DEFAULT_PRESET,
  PRESET_DESCRIPTIONS,
  type PresetDescription,
  type PresetSource,
} from "./gan/preset-descriptions.js";
export { PRESETS, type PresetName } from "./gan/presets.js";
export { type ConfigSources, changedSettings, listSettings, resolveConfig } from "./gan/resolve-config.js";
export type { TrainedGenerator, TrainingLog, TrainingLogEntry, Weight } from "./gan/trained-generator.js";
export { fromArrow } from "./io/from-arrow.js";
export type { ReadTableOptions } from "./io/read-options.js";
export { readTable } from "./io/read-table.js";
export { toArrow } from "./io/to-arrow.js";
export { writeTable } from "./io/write-table.js";
export type { ReleaseFit } from "./privacy/compare-with-release.js";
export type { PrivacyOptions } from "./privacy/private-request.js";
export type { EngineName } from "./runtime/program.js";
export { chooseRounds, type Rounds } from "./sample/choose-rounds.js";
export type { Mix } from "./sample/plan-mix.js";
export type { Constraint } from "./schema/constraint-schema.js";
export { inferSchema } from "./schema/infer-schema.js";
export type { LedgerEntry, PrivacyRecord } from "./schema/privacy-record.js";
export type { ColumnSchema, ColumnType, TableSchema } from "./schema/table-schema.js";
export type { BooleanColumn, Column, DateColumn, NumberColumn, NumberFormat, TextColumn } from "./table/column.js";
export { findColumn, makeTable, type Table, takeRows } from "./table/table.js";
