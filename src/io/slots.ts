/** An array of typed numbers that grows as slots are set. */
export interface NumberSlots {
  set(slot: number, value: number): void;
  /** The values of the slots in the given order; without one, as they stand. */
  take(order: Uint32Array | undefined): Float64Array;
}

/** Slots that hold `empty` until they are set. */
export function makeNumberSlots(empty = Number.NaN): NumberSlots {
  let values = new Float64Array(1024).fill(empty);
  let length = 0;
  return {
    set(slot, value) {
      if (slot >= values.length) {
        const longer = new Float64Array(Math.max(slot + 1, values.length * 2)).fill(empty, values.length);
        longer.set(values);
        values = longer;
      }
      if (slot >= length) length = slot + 1;
      values[slot] = value;
    },
    take(order) {
      if (order === undefined) return values.slice(0, length);
      return Float64Array.from(order, (slot) => values[slot]!);
    },
  };
}
