import { type ErrorKind, SynthError } from "./errors.js";

/** An error as plain data: errors lose their class on the way between threads. */
export interface PackedError {
  readonly kind: ErrorKind;
  readonly code: string;
  readonly message: string;
  readonly hint?: string;
  readonly where?: string;
}

/** What is no SynthError becomes a defect of the given code. */
export function packError(error: unknown, defectCode: string): PackedError {
  if (error instanceof SynthError) {
    const { kind, code, message, hint, where } = error;
    return { kind, code, message, ...(hint !== undefined && { hint }), ...(where !== undefined && { where }) };
  }
  const message = error instanceof Error ? error.message : String(error);
  return { kind: "defect", code: defectCode, message };
}

export function unpackError(error: PackedError): SynthError {
  return new SynthError(error.kind, error.code, error.message, error);
}
