import fc from "fast-check";
import { zipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { packArchive, unpackArchive } from "../../src/artifact/zip-archive.js";

const code = (name: string) => expect.objectContaining({ code: name, kind: "file" });
const text = (value: string) => new TextEncoder().encode(value);

describe("zip archive", () => {
  it("unpacks what it packed", () => {
    const entries = { "manifest.json": text('{"a":1}'), "weights.safetensors": new Uint8Array(5000).fill(7) };
    expect(unpackArchive(packArchive(entries))).toEqual(entries);
  });

  it("gives the same bytes in every time zone, with no clock time in them", () => {
    const before = process.env.TZ;
    const pack = (zone: string) => {
      process.env.TZ = zone;
      return packArchive({ a: text("x") });
    };
    const here = pack("UTC");
    const there = pack("Pacific/Auckland");
    process.env.TZ = before;
    expect(there).toEqual(here);
    // DOS date 1980-01-01 is 0x0021, time 0: bytes 10..13 of the local header
    expect([...here.subarray(10, 14)]).toEqual([0, 0, 0x21, 0]);
  });

  it("says that another kind of file is not a model", () => {
    expect(() => unpackArchive(text("a,b\n1,2\n"))).toThrow(code("E_FILE_MODEL_FOREIGN"));
    expect(() => unpackArchive(new Uint8Array(0))).toThrow(code("E_FILE_MODEL_FOREIGN"));
  });

  it("never returns entries of a file that was cut", () => {
    const noise = Uint8Array.from({ length: 3000 }, (_, i) => (i * 7919) % 251);
    const whole = packArchive({ a: text("hello"), b: noise });
    fc.assert(
      fc.property(fc.integer({ min: 4, max: whole.length - 1 }), (length) => {
        expect(() => unpackArchive(whole.subarray(0, length))).toThrow(code("E_FILE_MODEL_TRUNCATED"));
      }),
      { numRuns: 300 },
    );
  });

  it.each(["../evil", "/etc/passwd", "a/b", "A", "", "a\\b"])("refuses the entry name %j", (name) => {
    expect(() => unpackArchive(zipSync({ [name]: text("x"), ok: text("y") }))).toThrow(code("E_FILE_MODEL_LIMIT"));
  });

  it("refuses too many entries, too many bytes and bombs before unpacking them", () => {
    const many = Object.fromEntries(Array.from({ length: 17 }, (_, at) => [`e${at}`, text("x")]));
    expect(() => unpackArchive(zipSync(many))).toThrow(code("E_FILE_MODEL_LIMIT"));
    const limits = { maxEntries: 16, maxUnpackedBytes: 1000, maxRatio: 200 };
    expect(() => unpackArchive(packArchive({ a: new Uint8Array(1001) }), limits)).toThrow(code("E_FILE_MODEL_LIMIT"));
    expect(() => unpackArchive(packArchive({ a: new Uint8Array(2 ** 22) }))).toThrow(code("E_FILE_MODEL_LIMIT"));
  });

  it("refuses two entries of one name", () => {
    const archive = zipSync({ aa: text("x"), ab: text("y") });
    const renamed = Uint8Array.from(archive, (byte, at) => (byte === 0x62 && archive[at - 1] === 0x61 ? 0x61 : byte));
    expect(() => unpackArchive(renamed)).toThrow(code("E_FILE_MODEL_LIMIT"));
  });

  it("refuses an entry that would be the prototype of an object", () => {
    const archive = zipSync({ aaprotoaa: text("x") });
    const name = new TextEncoder().encode("__proto__");
    for (const at of [30, archive.length - 22 - name.length]) archive.set(name, at);
    expect(new TextDecoder().decode(archive).match(/__proto__/g)).toHaveLength(2);
    expect(() => unpackArchive(archive)).toThrow(code("E_FILE_MODEL_LIMIT"));
  });

  it("does not believe a declared size beyond what is there", () => {
    const archive = packArchive({ a: new Uint8Array(100).fill(1) });
    const at = archive.findIndex((_, i) => archive[i] === 0x50 && archive[i + 1] === 0x4b && archive[i + 2] === 1);
    new DataView(archive.buffer).setUint32(at + 24, 200, true); // the central directory's uncompressed size
    expect(() => unpackArchive(archive)).toThrow(code("E_FILE_MODEL_TRUNCATED"));
  });
});
