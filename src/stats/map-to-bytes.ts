/** A byte of each value, [values]. A loop: Uint8Array.from takes ten times as long. */
export function mapToBytes(values: ArrayLike<number>, byteOf: (value: number) => number): Uint8Array {
  const bytes = new Uint8Array(values.length);
  for (let at = 0; at < bytes.length; at++) bytes[at] = byteOf(values[at]!);
  return bytes;
}
