export type { SynthModel } from "./artifact/model.js";
export { type ErrorDetails, type ErrorKind, SynthError } from "./core/errors.js";
export type { OnProgress, ProgressEvent } from "./core/progress.js";
export { VERSION as version } from "./core/version.js";
export type { EvaluateInput } from "./evaluate/evaluate.js";
export type { ColumnScore, Figure, PairScore, Report } from "./evaluate/report-schema.js";
export type { CompletionConfig, CtganConfig, EncodingConfig, ModelConfig } from "./gan/config.js";
export { PRESETS, type PresetName } from "./gan/presets.js";
export { type ConfigSources, changedSettings, listSettings, resolveConfig } from "./gan/resolve-config.js";
export type { TrainedGenerator, TrainingLog, TrainingLogEntry, Weight } from "./gan/trained-generator.js";
export { fromArrow } from "./io/from-arrow.js";
export type { ReadTableOptions } from "./io/read-options.js";
export { readTable } from "./io/read-table.js";
export { toArrow } from "./io/to-arrow.js";
export { writeTable } from "./io/write-table.js";
export type { EngineName } from "./runtime/program.js";
export { chooseRounds, type Rounds } from "./sample/choose-rounds.js";
export { inferSchema } from "./schema/infer-schema.js";
export type { ColumnSchema, ColumnType, TableSchema } from "./schema/table-schema.js";
export { openSharedFolder, type PendingFolder, SHARED_FILES } from "./shared-folder.js";
export {
  DEFAULT_SEED,
  evaluate,
  type FitOptions,
  fit,
  loadModel,
  type RunOptions,
  type SampleOptions,
  type SharedTable,
  type ShareOptions,
  sample,
  saveModel,
  setAside,
  share,
} from "./synthesizer.js";
export type { BooleanColumn, Column, DateColumn, NumberColumn, NumberFormat, TextColumn } from "./table/column.js";
export { findColumn, makeTable, type Table, takeRows } from "./table/table.js";
