import { createHash } from "node:crypto";
import type { SynthModel } from "../artifact/model.js";
import { joined, partOf } from "../gan/training/resumable.js";
import type { Checkpoints } from "../gan/training/training-state.js";
import { publicSize } from "../privacy/default-delta.js";
import type { PrivateRelease, PrivateRequest } from "../privacy/private-request.js";
import type { Table } from "../table/table.js";
import { type Fingerprint, openCheckpoints, settingsOf } from "./fit-checkpoints.js";
import type { FitOptions } from "./fit-options.js";
import { packArrays, unpackArrays } from "./pack-arrays.js";

/** The phase of a checkpoint that holds a release and nothing else yet. */
const PHASE = "private";

/** Where a private fit is kept. Noise that is drawn anew would tell of the rows twice, so each checkpoint holds the release. */
export interface PrivateCheckpoints {
  /** What an interrupted fit released: the rows are not asked again. */
  readonly release: PrivateRelease | undefined;
  /** Keeps a release at once, and beside each state of the training that is made of it. */
  readonly holding: (release: PrivateRelease) => Promise<Checkpoints>;
}

/** The checkpoints of one private fit. Throws E_RESUME_DIFFERS where they are another's. */
export function openPrivateCheckpoints(fingerprint: Fingerprint, options: FitOptions): PrivateCheckpoints {
  const { checkpoints: keeper } = options;
  const checkpoints = openCheckpoints(keeper, fingerprint, options);
  const kept = keeper?.from && partOf(keeper.from.state, "release");
  const earlier = kept && (unpackArrays(kept) as PrivateRelease);
  return {
    release: earlier,
    async holding(release) {
      const beside = { state: () => packArrays(release), restore: () => {} };
      const stateWith = (phase: Parameters<Checkpoints["offer"]>[1]) =>
        joined({ release: beside, phase: { state: phase, restore: () => {} } }).state;
      if (earlier === undefined) {
        await keeper?.keep({ fingerprint, phase: PHASE, state: stateWith(() => ({ values: {}, arrays: {} }))() });
      }
      return {
        restore(phase) {
          const state = checkpoints.restore(phase);
          return state && partOf(state, "phase");
        },
        offer: (phase, state) => checkpoints.offer(phase, stateWith(state)),
      };
    },
  };
}

/**
 * What a private fit differs by from another. Of the rows nothing but what is public stands in it: not even a hash, by which
 * somebody could tell whether a row was among them.
 */
export function privateFingerprint(
  table: Table,
  { privacy, schema, target }: PrivateRequest,
  model: Pick<SynthModel, "config" | "seed">,
  options: FitOptions,
): Fingerprint {
  const columns = table.columns.map(({ name, kind }) => [name, kind]);
  return {
    epsilon: `${privacy.epsilon}`,
    delta: `${privacy.delta}`,
    bounds: privacy.bounds ?? "private",
    "noise seed": `${privacy.noiseSeed ?? "none"}`,
    target: target ?? "none",
    ...settingsOf({ model, options }),
    columns: createHash("sha256")
      .update(JSON.stringify([columns, schema ?? null]))
      .digest("hex"),
    "rows (to a power of two)": `${publicSize(table.rowCount)}`,
  };
}
