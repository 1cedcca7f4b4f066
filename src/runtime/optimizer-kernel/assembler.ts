/** WebAssembly instructions as bytes; nested calls write an expression (core specification 2.0, section 5.4). */
export type Code = readonly number[];

export type WasmType = "i32" | "f32" | "f64" | "v128";

export interface WasmFunction {
  readonly name: string;
  readonly parameters: readonly WasmType[];
  readonly results: readonly WasmType[];
  /** Further locals, after the parameters. */
  readonly locals: readonly WasmType[];
  readonly body: Code;
}

const TYPE_BYTES = { i32: 0x7f, f32: 0x7d, f64: 0x7c, v128: 0x7b } as const satisfies Record<WasmType, number>;

const SIMD_OPCODES = {
  "f32x4.splat": 0x13,
  "f32x4.ge": 0x46,
  "v128.and": 0x4e,
  "f64x2.promote_low_f32x4": 0x5f,
  "f32x4.abs": 0xe0,
  "f32x4.sqrt": 0xe3,
  "f32x4.add": 0xe4,
  "f32x4.sub": 0xe5,
  "f32x4.mul": 0xe6,
  "f32x4.div": 0xe7,
  "f64x2.add": 0xf0,
  "f64x2.mul": 0xf2,
} as const;

/** A SIMD instruction after its operands. */
export function simd(name: keyof typeof SIMD_OPCODES, ...operands: readonly Code[]): Code {
  return [...operands.flat(), 0xfd, ...unsigned(SIMD_OPCODES[name])];
}

export const get = (local: number): Code => [0x20, ...unsigned(local)];
export const set = (local: number, value: Code): Code => [...value, 0x21, ...unsigned(local)];
export const integer = (value: number): Code => [0x41, ...signed(value)];
export const addIntegers = (a: Code, b: Code): Code => [...a, ...b, 0x6a];
export const addDoubles = (a: Code, b: Code): Code => [...a, ...b, 0xa0];

/** Four float32 from an address. */
export const load = (address: Code): Code => [...address, 0xfd, 0x00, 0x02, 0x00];
export const store = (address: Code, value: Code): Code => [...address, ...value, 0xfd, 0x0b, 0x02, 0x00];

/** One of the two float64 of a vector. */
export const lane = (value: Code, index: 0 | 1): Code => [...value, 0xfd, 0x21, index];

/** The upper two float32 of a vector in the lower places. */
export const upperHalf = (value: Code): Code => {
  const bytes = [8, 9, 10, 11, 12, 13, 14, 15, 8, 9, 10, 11, 12, 13, 14, 15];
  return [...value, ...value, 0xfd, 0x0d, ...bytes];
};

/** Repeats `body` until `local` has reached `end` (both addresses); at least once. */
export function repeatUntil(local: number, end: number, body: Code): Code {
  const again = [...get(local), ...get(end), 0x49, 0x0d, 0x00];
  return [0x03, 0x40, ...body, ...again, 0x0b];
}

/** A module with these functions exported, working on an imported memory `host.memory`. */
export function assembleModule(functions: readonly WasmFunction[]): Uint8Array<ArrayBuffer> {
  const types = functions.map(({ parameters, results }) => [0x60, ...typeList(parameters), ...typeList(results)]);
  const memory = [...text("host"), ...text("memory"), 0x02, 0x00, 0x01];
  const exported = functions.map(({ name }, index) => [...text(name), 0x00, ...unsigned(index)]);
  const bodies = functions.map(({ locals, body }) => {
    const declared = vector(locals.map((type) => [0x01, TYPE_BYTES[type]]));
    const code = [...declared, ...body, 0x0b];
    return [...unsigned(code.length), ...code];
  });
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
    ...section(1, vector(types)),
    ...section(2, vector([memory])),
    ...section(3, vector(functions.map((_, index) => unsigned(index)))),
    ...section(7, vector(exported)),
    ...section(10, vector(bodies)),
  ]);
}

function section(id: number, content: Code): Code {
  return [id, ...unsigned(content.length), ...content];
}

function vector(items: readonly Code[]): Code {
  return [...unsigned(items.length), ...items.flat()];
}

function typeList(types: readonly WasmType[]): Code {
  return vector(types.map((type) => [TYPE_BYTES[type]]));
}

function text(value: string): Code {
  const bytes = [...new TextEncoder().encode(value)];
  return [...unsigned(bytes.length), ...bytes];
}

/** LEB128. */
function unsigned(value: number): Code {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...unsigned(value >>> 7)];
}

function signed(value: number): Code {
  const isLast = value >= -0x40 && value < 0x40;
  return isLast ? [value & 0x7f] : [(value & 0x7f) | 0x80, ...signed(value >> 7)];
}
