import {
  addDoubles,
  addIntegers,
  assembleModule,
  type Code,
  get,
  integer,
  lane,
  load,
  repeatUntil,
  set,
  simd,
  store,
  upperHalf,
  type WasmFunction,
  type WasmType,
} from "./assembler.js";
import { type WasmMemory, webAssembly } from "./web-assembly.js";

/** Adam's arithmetic on four weights at a time. Addresses are bytes, a multiple of 16 apart from `end`. */
export interface AdamKernel {
  /** Sum of squares of the float32 from `start` up to `end`, accumulated in float64. */
  sumOfSquares(start: number, end: number): number;
  /** One update of the weights whose gradients lie from `gradients` up to `end`; at least four. */
  update(
    gradients: number,
    end: number,
    first: number,
    second: number,
    weights: number,
    average: number,
    ...factors: AdamFactors
  ): void;
}

/**
 * scale (of the gradient), pull (weight decay into the gradient), beta1, 1 - beta1, beta2, 1 - beta2, shrink (of the
 * weight), step size, correction of the root, epsilon, blend (of the average), least gradient, least moment (what is
 * smaller counts as zero: subnormal numbers are a hundred times slower).
 */
export type AdamFactors = readonly [
  scale: number,
  pull: number,
  beta1: number,
  rest1: number,
  beta2: number,
  rest2: number,
  shrink: number,
  stepSize: number,
  rootCorrection: number,
  epsilon: number,
  blend: number,
  leastGradient: number,
  leastMoment: number,
];

const FACTORS = 13;
const BYTES_A_STEP = 16;

/** Compiles the kernel for one memory. */
export function makeAdamKernel(memory: WasmMemory): AdamKernel {
  const module = new webAssembly.Module(assembleModule([sumOfSquares(), update()]));
  const instance = new webAssembly.Instance(module, { host: { memory } });
  return instance.exports as AdamKernel;
}

function sumOfSquares(): WasmFunction {
  const [address, end, values, low, high, sumLow, sumHigh] = [0, 1, 2, 3, 4, 5, 6];
  const accumulate = (sum: number, part: number): Code =>
    set(sum, simd("f64x2.add", get(sum), simd("f64x2.mul", get(part), get(part))));
  const body = [
    ...set(values!, load(get(address!))),
    ...set(low!, simd("f64x2.promote_low_f32x4", get(values!))),
    ...set(high!, simd("f64x2.promote_low_f32x4", upperHalf(get(values!)))),
    ...accumulate(sumLow!, low!),
    ...accumulate(sumHigh!, high!),
    ...advance(address!),
  ];
  const total = simd("f64x2.add", get(sumLow!), get(sumHigh!));
  return {
    name: "sumOfSquares",
    parameters: ["i32", "i32"],
    results: ["f64"],
    locals: ["v128", "v128", "v128", "v128", "v128"],
    body: [...repeatUntil(address!, end!, body), ...addDoubles(lane(total, 0), lane(total, 1))],
  };
}

function update(): WasmFunction {
  const [gradients, end, first, second, weights, average] = [0, 1, 2, 3, 4, 5] as const;
  const firstFactor = 6;
  const firstVector = firstFactor + FACTORS;
  const factor = (index: number): Code => get(firstVector + index);
  const [scale, pull, beta1, rest1, beta2, rest2, shrink, stepSize, rootCorrection, epsilon, blend, tiny, least] =
    Array.from({ length: FACTORS }, (_, index) => factor(index)) as unknown as Record<number, Code> & Iterable<Code>;
  const [weight, gradient, m, v, next] = [0, 1, 2, 3, 4].map((index) => firstVector + FACTORS + index) as [
    number,
    number,
    number,
    number,
    number,
  ];
  const splats = Array.from({ length: FACTORS }, (_, index) =>
    set(firstVector + index, simd("f32x4.splat", get(firstFactor + index))),
  ).flat();
  const step = [
    ...set(weight, load(get(weights))),
    ...set(gradient, add(multiply(scale!, load(get(gradients))), multiply(pull!, get(weight)))),
    ...set(gradient, flushed(gradient, tiny!)),
    ...set(m, add(multiply(beta1!, load(get(first))), multiply(rest1!, get(gradient)))),
    ...set(m, flushed(m, least!)),
    ...store(get(first), get(m)),
    ...set(v, add(multiply(beta2!, load(get(second))), multiply(rest2!, multiply(get(gradient), get(gradient))))),
    ...set(v, flushed(v, least!)),
    ...store(get(second), get(v)),
    ...set(next, add(multiply(simd("f32x4.sqrt", get(v)), rootCorrection!), epsilon!)),
    ...set(next, simd("f32x4.div", multiply(stepSize!, get(m)), get(next))),
    ...set(next, simd("f32x4.sub", multiply(get(weight), shrink!), get(next))),
    ...store(get(weights), get(next)),
    ...set(m, load(get(average))),
    ...store(get(average), add(get(m), multiply(blend!, simd("f32x4.sub", get(next), get(m))))),
    ...[gradients, first, second, weights, average].flatMap((pointer) => advance(pointer)),
  ];
  return {
    name: "update",
    parameters: [...repeat("i32", 6), ...repeat("f32", FACTORS)],
    results: [],
    locals: repeat("v128", FACTORS + 5),
    body: [...splats, ...repeatUntil(gradients, end, step)],
  };
}

function repeat(type: WasmType, count: number): WasmType[] {
  return new Array<WasmType>(count).fill(type);
}

function advance(pointer: number): Code {
  return set(pointer, addIntegers(get(pointer), integer(BYTES_A_STEP)));
}

function add(a: Code, b: Code): Code {
  return simd("f32x4.add", a, b);
}

function multiply(a: Code, b: Code): Code {
  return simd("f32x4.mul", a, b);
}

/** The local's value, zero where it is smaller than `least`. NaN becomes zero: the caller has checked the norm. */
function flushed(local: number, least: Code): Code {
  return simd("v128.and", get(local), simd("f32x4.ge", simd("f32x4.abs", get(local)), least));
}
