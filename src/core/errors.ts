/** What went wrong, in the classes that decide the exit code of the command line. */
export type ErrorKind = "check" | "usage" | "data" | "file" | "training" | "interrupted" | "defect";

export interface ErrorDetails {
  /** What to do about it, one sentence. */
  readonly hint?: string;
  /** Where it is: a column, a row number (1 = first data row), a file, an option path. Never a cell's value. */
  readonly where?: string;
  readonly cause?: unknown;
}

/**
 * The one error class. `code` is stable (`E_DATA_RAGGED_ROW`), `message` says what is wrong and where.
 * Messages name columns and row numbers, never a cell's value: logs must not leak records.
 */
export class SynthError extends Error {
  readonly kind: ErrorKind;
  readonly code: string;
  readonly hint: string | undefined;
  readonly where: string | undefined;

  constructor(kind: ErrorKind, code: string, message: string, details: ErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.name = "SynthError";
    this.kind = kind;
    this.code = code;
    this.hint = details.hint;
    this.where = details.where;
  }
}

/** A configuration or usage error: exit code 2. */
export function usageError(code: string, message: string, details?: ErrorDetails): SynthError {
  return new SynthError("usage", code, message, details);
}

/** An error of the input data: exit code 3. */
export function dataError(code: string, message: string, details?: ErrorDetails): SynthError {
  return new SynthError("data", code, message, details);
}

/** A file that cannot be read or written: exit code 4. */
export function fileError(code: string, message: string, details?: ErrorDetails): SynthError {
  return new SynthError("file", code, message, details);
}

/** Training diverged or ran out of budget: exit code 5. */
export function trainingError(code: string, message: string, details?: ErrorDetails): SynthError {
  return new SynthError("training", code, message, details);
}

/** An invariant of ours that does not hold: exit code 70. */
export function assertDefined<T>(value: T | undefined | null, what: string): T {
  if (value === undefined || value === null) {
    throw new SynthError("defect", "E_DEFECT", `${what} is missing`);
  }
  return value;
}

/** Throws the interruption error (exit code 130) once `signal` is aborted. */
export function throwIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted) {
    throw new SynthError("interrupted", "E_INTERRUPTED", "interrupted", { cause: signal.reason });
  }
}
