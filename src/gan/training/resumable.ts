import { SynthError } from "../../core/errors.js";
import type { Adam, AdamState } from "../../runtime/optimizer.js";
import type { Checkpoints, StateArray, TrainingState } from "./training-state.js";

/** A part of training whose state can be taken and put back, so that what follows is the same. */
export interface Resumable {
  readonly state: () => TrainingState;
  readonly restore: (state: TrainingState) => void;
}

/** The parts of a phase as one, each under its name. */
export function joined(parts: Readonly<Record<string, Resumable>>): Resumable {
  const names = Object.keys(parts);
  return {
    state: () => {
      const values: Record<string, unknown> = {};
      const arrays: Record<string, StateArray> = {};
      for (const name of names) {
        const state = parts[name]!.state();
        values[name] = state.values;
        for (const [key, array] of Object.entries(state.arrays)) arrays[`${name}/${key}`] = array;
      }
      return { values, arrays };
    },
    restore: (state) => {
      for (const name of names) parts[name]!.restore(partOf(state, name));
    },
  };
}

/** One part of a state that was taken of joined parts. */
export function partOf({ values, arrays }: TrainingState, name: string): TrainingState {
  const own = Object.entries(arrays).filter(([key]) => key.startsWith(`${name}/`));
  return {
    values: (values[name] ?? {}) as TrainingState["values"],
    arrays: Object.fromEntries(own.map(([key, array]) => [key.slice(name.length + 1), array])),
  };
}

/** An object of plain values (numbers, texts, lists and objects of them), which changes in place. */
export function ofObject<Values extends object>(object: Values): Resumable {
  return {
    state: () => ({ values: Object.fromEntries(Object.entries(object)), arrays: {} }),
    restore: ({ values }) => void Object.assign(object, values),
  };
}

/** Something with a state of plain values: a random stream, a row order, an early stop. */
export function ofPart<State>(part: {
  readonly state: () => State;
  readonly restore: (state: State) => void;
}): Resumable {
  return {
    state: () => ({ values: { state: part.state() }, arrays: {} }),
    restore: ({ values }) => part.restore(values.state as State),
  };
}

/** An array whose values change in place: weights. */
export function ofArray(array: StateArray): Resumable {
  return {
    state: () => ({ values: {}, arrays: { data: array } }),
    restore: ({ arrays }) => array.set(sameLength(arrays.data, array.length)),
  };
}

/** Arrays that are there or not yet: the best weights so far. */
export function ofOptionalArray(read: () => Float32Array | undefined, write: (array: Float32Array) => void): Resumable {
  return {
    state: () => {
      const data = read();
      return { values: {}, arrays: data === undefined ? {} : { data } };
    },
    restore: ({ arrays }) => {
      if (arrays.data !== undefined) write(arrays.data as Float32Array);
    },
  };
}

/** An optimizer: steps, both moments and the average. */
export function ofAdam(adam: Adam): Resumable {
  return {
    state: () => {
      const { steps, first, second } = adam.state();
      return { values: { steps }, arrays: { first, second, ...(adam.ema && { average: adam.ema }) } };
    },
    restore: ({ values, arrays }) => {
      const { first, second } = adam.state();
      const state: AdamState = {
        steps: values.steps as number,
        first: sameLength(arrays.first, first.length) as Float32Array,
        second: sameLength(arrays.second, second.length) as Float32Array,
      };
      adam.restore(state);
      adam.ema?.set(sameLength(arrays.average, adam.ema.length));
    },
  };
}

/** Puts a phase's kept state back; true where there was one. */
export function resume(phase: string, parts: Resumable, checkpoints: Checkpoints): boolean {
  const state = checkpoints.restore(phase);
  if (state !== undefined) parts.restore(state);
  return state !== undefined;
}

function sameLength(array: StateArray | undefined, length: number): StateArray {
  if (array?.length === length) return array;
  throw new SynthError(
    "defect",
    "E_DEFECT",
    `a kept state has ${array?.length ?? 0} values where ${length} are needed`,
  );
}
