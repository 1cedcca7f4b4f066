import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readSafetensors, writeSafetensors } from "../../src/artifact/safetensors.js";

/** A file by hand: the header's length, the header, the data. */
function makeFile(header: string, data: Uint8Array, declaredLength = header.length): Uint8Array {
  const bytes = new Uint8Array(8 + header.length + data.length);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(declaredLength), true);
  bytes.set(new TextEncoder().encode(header), 8);
  bytes.set(data, 8 + header.length);
  return bytes;
}

const code = (name: string) => expect.objectContaining({ code: name, kind: "file" });

describe("safetensors", () => {
  it("writes the layout of the format's description", () => {
    const bytes = writeSafetensors({ w: { shape: [2], data: new Float32Array([1, -2]) } });
    const header = '{"w":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}';
    const padded = header.padEnd(Math.ceil(header.length / 8) * 8, " ");
    expect(new DataView(bytes.buffer).getBigUint64(0, true)).toBe(BigInt(padded.length));
    expect(new TextDecoder().decode(bytes.subarray(8, 8 + padded.length))).toBe(padded);
    // IEEE 754 single precision, little endian: 1 = 3f800000, -2 = c0000000
    expect([...bytes.subarray(8 + padded.length)]).toEqual([0, 0, 0x80, 0x3f, 0, 0, 0, 0xc0]);
  });

  it("reads back an empty tensor that starts where another does", () => {
    const weights = {
      "0": { shape: [1], data: Float32Array.from([7]) },
      "": { shape: [0], data: new Float32Array(0) },
    };
    expect(readSafetensors(writeSafetensors(weights))).toEqual(weights);
  });

  it("reads back what it wrote, names and values of any kind", () => {
    const tensor = fc
      .array(fc.float({ noDefaultInfinity: false }), { maxLength: 20 })
      .map((values) => ({ shape: [values.length], data: Float32Array.from(values) }));
    // The schema's records drop this one key, which no network names a tensor.
    const name = fc.string().filter((text) => text !== "__proto__");
    fc.assert(
      fc.property(fc.dictionary(name, tensor, { maxKeys: 5 }), (weights) => {
        expect({ ...readSafetensors(writeSafetensors(weights)) }).toEqual({ ...weights });
      }),
      { numRuns: 200 },
    );
  });

  it("gives the same bytes whatever the order of the names", () => {
    const a = { shape: [1], data: new Float32Array([1]) };
    const b = { shape: [1], data: new Float32Array([2]) };
    expect(writeSafetensors({ a, b })).toEqual(writeSafetensors({ b, a }));
  });

  it.each([
    ["no header at all", new Uint8Array(3)],
    ["a header longer than the file", makeFile("{}", new Uint8Array(0), 1e9)],
    ["a header longer than 64 bits of file can be", makeFile("{}", new Uint8Array(0), Number.MAX_SAFE_INTEGER)],
    ["a header that is not JSON", makeFile("{x", new Uint8Array(0))],
    ["another element type", makeFile('{"w":{"dtype":"F64","shape":[1],"data_offsets":[0,8]}}', new Uint8Array(8))],
    ["a negative size", makeFile('{"w":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}', new Uint8Array(4))],
    [
      "a shape larger than its data",
      makeFile('{"w":{"dtype":"F32","shape":[9],"data_offsets":[0,4]}}', new Uint8Array(4)),
    ],
    ["data beyond the end", makeFile('{"w":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}', new Uint8Array(4))],
    ["a gap before the data", makeFile('{"w":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}', new Uint8Array(8))],
    ["bytes left over", makeFile('{"w":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}', new Uint8Array(8))],
  ])("refuses %s", (_, bytes) => {
    expect(() => readSafetensors(bytes)).toThrow(code("E_FILE_MODEL_WEIGHTS"));
  });

  it("refuses tensors that overlap", () => {
    const header =
      '{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}';
    expect(() => readSafetensors(makeFile(header, new Uint8Array(8)))).toThrow(code("E_FILE_MODEL_WEIGHTS"));
  });
});
