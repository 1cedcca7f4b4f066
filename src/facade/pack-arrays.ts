import type { StateArray, TrainingState } from "../gan/training/training-state.js";

/** A plain value with arrays of numbers somewhere in it as a state that a checkpoint can hold. */
export function packArrays(value: unknown): TrainingState {
  const arrays: Record<string, StateArray> = {};
  const pack = (part: unknown): unknown => {
    if (ArrayBuffer.isView(part)) {
      const name = `${Object.keys(arrays).length}`;
      arrays[name] = part as StateArray;
      return { $array: name };
    }
    if (Array.isArray(part)) return part.map(pack);
    if (typeof part !== "object" || part === null) return part;
    return Object.fromEntries(Object.entries(part).map(([key, own]) => [key, pack(own)]));
  };
  return { values: { value: pack(value) }, arrays };
}

/** The value in such a state. */
export function unpackArrays({ values, arrays }: TrainingState): unknown {
  const unpack = (part: unknown): unknown => {
    if (Array.isArray(part)) return part.map(unpack);
    if (typeof part !== "object" || part === null) return part;
    if ("$array" in part) return arrays[part.$array as string];
    return Object.fromEntries(Object.entries(part).map(([key, own]) => [key, unpack(own)]));
  };
  return unpack(values.value);
}
