import type { ErrorKind } from "../core/errors.js";

/** The process exit code of each kind of error. 0 is success. */
export const EXIT_CODES = {
  check: 1,
  usage: 2,
  data: 3,
  file: 4,
  training: 5,
  defect: 70,
  interrupted: 130,
} as const satisfies Record<ErrorKind, number>;
