import type { LevelMixture } from "../../encode/level-mixture.js";
import type { MeteredData } from "../diagnostics/metered-data.js";
import type { SmoothField } from "../networks/smooth-levels.js";
import type { LevelMap } from "../techniques/level-map.js";
import type { LevelRows } from "./level-rows.js";

/** The rows that a completion network learns from and is judged by. */
export interface CompletionData {
  readonly map: LevelMap;
  readonly train: LevelRows;
  readonly validation: LevelRows;
  /** Fields whose levels are alike where they are near each other: numbers and dates. */
  readonly smooth: readonly SmoothField[];
  /** What the rows were drawn from, where that is known. */
  readonly source?: LevelMixture | undefined;
  /** The same rows as fields: what drawn rows are compared with. */
  readonly encoded: MeteredData;
}
