import { type SynthError, usageError } from "../core/errors.js";
import type { OnProgress } from "../core/progress.js";
import { defaultDelta, publicSize } from "../privacy/default-delta.js";
import type { PrivacyOptions, PrivateRequest } from "../privacy/private-request.js";
import { formatDelta } from "../report/guarantee-words.js";
import type { Table } from "../table/table.js";
import type { FitOptions } from "./fit-options.js";
import { asksForEncoding } from "./warm-start.js";

/** A larger epsilon is told to protect little. */
const WEAK_EPSILON = 10;
/** A larger one promises nothing that could be told from no promise. */
const MAX_EPSILON = 50;

/**
 * What a private fit is to promise, with the defaults filled in. Tells by notices N_PRIVACY_DELTA what delta is where none was
 * given, N_PRIVACY_WEAK, N_NOT_PRIVATE. Throws E_PRIVACY_EPSILON, E_PRIVACY_DELTA, E_PRIVACY_BOUNDS, E_PRIVACY_SEED for what
 * cannot be promised, E_PRIVACY_UNPAID for options that would look at the rows without paying.
 */
export function requirePrivate(table: Table, privacy: PrivacyOptions, options: FitOptions): PrivateRequest {
  const { schema, target, onProgress } = options;
  requireEpsilon(privacy.epsilon, onProgress);
  requireOneOf(privacy.bounds);
  requireSeed(privacy.noiseSeed, onProgress);
  requirePaid(options);
  const size = publicSize(table.rowCount);
  const delta = privacy.delta ?? defaultDelta(size);
  requireDelta(delta, size);
  if (privacy.delta === undefined)
    tell(onProgress, "N_PRIVACY_DELTA", `delta is ${formatDelta(delta)}; --delta changes it`);
  return {
    privacy: { ...privacy, delta },
    ...(schema === undefined ? {} : { schema }),
    ...(target === undefined ? {} : { target }),
  };
}

function requireEpsilon(epsilon: number, onProgress: OnProgress | undefined): void {
  if (!(epsilon > 0 && epsilon <= MAX_EPSILON)) {
    throw usageError("E_PRIVACY_EPSILON", `epsilon must be above 0 and at most ${MAX_EPSILON}; got ${epsilon}`, {
      where: "epsilon",
      hint: "1 protects well, 3 to 8 where more quality is needed",
    });
  }
  if (epsilon <= WEAK_EPSILON) return;
  const factor = Math.exp(epsilon).toPrecision(2);
  const message =
    `EPSILON ${epsilon} PROTECTS LITTLE: one row may make what is released ${factor} times as likely; ` +
    "1 protects well, 3 to 8 where more quality is needed";
  tell(onProgress, "N_PRIVACY_WEAK", message);
}

function requireDelta(delta: number, size: number): void {
  if (Number.isFinite(delta) && delta > 0 && delta < 1 / size) return;
  const what = `delta must be above 0 and below 1 / ${size} (the rows, rounded up to a power of two)`;
  throw usageError("E_PRIVACY_DELTA", `${what}; got ${delta}`, {
    where: "delta",
    hint: `with 1 / rows some row could be published whole; leave it out for ${formatDelta(defaultDelta(size))}`,
  });
}

function requireOneOf(bounds: string | undefined): void {
  if (bounds === undefined || bounds === "public" || bounds === "private") return;
  throw usageError("E_PRIVACY_BOUNDS", `bounds are public or private; got "${bounds}"`, {
    where: "bounds",
    hint: "public: all levels and bounds stand in the schema; private: those that do not are found and paid for",
  });
}

function requireSeed(seed: number | undefined, onProgress: OnProgress | undefined): void {
  if (seed === undefined) return;
  if (!(Number.isSafeInteger(seed) && seed >= 0)) {
    throw usageError("E_PRIVACY_SEED", `the noise's seed must be a whole number of at least 0; got ${seed}`, {
      where: "noiseSeed",
      hint: "leave it out: noise then comes from the operating system's cryptographic generator",
    });
  }
  const message =
    "NOT PRIVATE: the noise comes from a seed, and whoever knows or guesses it can take the noise off again; " +
    "for tests only, the model file says so";
  tell(onProgress, "N_NOT_PRIVATE", message);
}

/** What would look at the rows, or hand on what somebody saw of them, past the ledger. */
function requirePaid(options: FitOptions): void {
  const { schema, findConstraints, warmStart } = options;
  if (findConstraints === true) {
    throw unpaid(
      "constraints that are found in the rows tell of single rows",
      "findConstraints",
      "leave out findConstraints",
    );
  }
  if ((schema?.constraints ?? []).length > 0) {
    throw unpaid(
      "how constraints are kept is learned from the rows",
      "schema.constraints",
      "take the constraints out of the schema, and drop the rows that break them with `synth sample --where`",
    );
  }
  if (warmStart !== undefined) {
    const message =
      warmStart.privacy === undefined
        ? "the model to start from was fitted without a promise, and hands on what it learned of its rows"
        : "the model to start from has other levels, made of noise of its own, and its budget would have to be added";
    throw unpaid(message, "warmStart", "leave out the model to start from");
  }
  if (asksForEncoding(options)) {
    throw unpaid(
      "levels are made of noisy counts; the settings of `encoding`, which fit them to the rows, cannot be followed",
      "encoding",
      "leave out the encoding's settings and minCategoryCount",
    );
  }
}

/** What cannot be had with differential privacy: it would tell of the rows what was not paid for. */
export function unpaid(message: string, where: string, hint: string): SynthError {
  return usageError("E_PRIVACY_UNPAID", `with epsilon: ${message}`, { where, hint: `${hint}, or fit without epsilon` });
}

function tell(onProgress: OnProgress | undefined, code: string, message: string): void {
  onProgress?.({ kind: "notice", code, message });
}
