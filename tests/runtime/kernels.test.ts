import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { LAYER_NORM_KERNEL, layerNorm } from "../../src/runtime/layer-norm.js";
import { logSoftmax } from "../../src/runtime/log-softmax.js";
import { tracedKernels } from "../../src/runtime/onnx/kernels/register.js";
import type { ProgramSpec, TensorMap, TensorSpecs } from "../../src/runtime/program.js";
import { tf } from "../../src/runtime/tf.js";
import { random, randomBuffers, runOn, worstDifference } from "./program-helpers.js";

type Tensors = Readonly<Record<string, tf.Tensor>>;

interface KernelCase {
  /** Kernels that this case is there for. */
  readonly kernels: readonly string[];
  readonly name: string;
  /** Shapes of the float parameters, from a random shape. */
  readonly parameters: (shape: readonly number[]) => TensorSpecs;
  readonly inputs?: (shape: readonly number[]) => TensorSpecs;
  readonly compute: (p: Tensors, i: Tensors) => tf.Tensor | readonly tf.Tensor[];
  /** Makes raw normals fit the function's domain. */
  readonly domain?: (x: tf.Tensor) => tf.Tensor;
  readonly differentiable?: false;
}

const positive = (x: tf.Tensor): tf.Tensor => tf.add(tf.abs(x), 0.1);
const one = (shape: readonly number[]): TensorSpecs => ({ x: { shape } });

const UNARY: readonly [string, (x: tf.Tensor) => tf.Tensor, ((x: tf.Tensor) => tf.Tensor)?][] = [
  [tf.Abs, tf.abs],
  [tf.Ceil, tf.ceil],
  [tf.Cos, tf.cos],
  [tf.Erf, tf.erf],
  [tf.Exp, tf.exp],
  [tf.Expm1, tf.expm1],
  [tf.Floor, tf.floor],
  [tf.Log, tf.log, positive],
  [tf.Log1p, tf.log1p, positive],
  [tf.Neg, tf.neg],
  [tf.Reciprocal, tf.reciprocal, positive],
  [tf.Relu, tf.relu],
  [tf.Round, tf.round],
  [tf.Rsqrt, tf.rsqrt, positive],
  [tf.Sigmoid, tf.sigmoid],
  [tf.Sign, tf.sign],
  [tf.Sin, tf.sin],
  [tf.Softplus, tf.softplus],
  [tf.Sqrt, tf.sqrt, positive],
  [tf.Square, tf.square],
  [tf.Tanh, tf.tanh],
  [tf.Step, (x) => tf.mul(tf.step(x, 0.2), x)],
  [tf.LeakyRelu, (x) => tf.leakyRelu(x, 0.3)],
  [tf.ClipByValue, (x) => tf.clipByValue(x, -0.5, 0.7)],
  [tf.Identity, tf.clone],
  [tf.ZerosLike, (x) => tf.add(tf.zerosLike(x), x)],
  [tf.OnesLike, (x) => tf.add(tf.onesLike(x), x)],
  [tf.Softmax, (x) => tf.softmax(x)],
  [tf.LogSoftmax, (x) => logSoftmax(x)],
  [tf.Cast, (x) => tf.mul(tf.cast(tf.cast(x, "int32"), "float32"), x)],
  [tf.Cumsum, (x) => tf.cumsum(x, x.rank - 1, true, true)],
  [tf.Sum, (x) => tf.sum(x, -1)],
  [tf.Mean, (x) => tf.mean(x, 0, true)],
  [tf.Max, (x) => tf.max(x, -1)],
  [tf.Min, (x) => tf.min(x)],
  [tf.Prod, (x) => tf.prod(x, -1), positive],
  [tf.Transpose, (x) => tf.transpose(x)],
  [tf.Reshape, (x) => tf.reshape(x, [-1])],
  [tf.ExpandDims, (x) => tf.mul(tf.expandDims(x, -1), tf.tensor1d([1, 2, 3]))],
  [tf.Tile, (x) => tf.tile(x, new Array<number>(x.rank).fill(2))],
  [tf.PadV2, (x) => tf.pad(x, new Array<[number, number]>(x.rank).fill([1, 2]), 0.5)],
  [tf.Slice, (x) => tf.slice(x, new Array<number>(x.rank).fill(1))],
  [tf.Pow, (x) => tf.add(tf.pow(x, 2), tf.pow(x, 1.7)), positive],
];

const BINARY: readonly [string, (a: tf.Tensor, b: tf.Tensor) => tf.Tensor][] = [
  [tf.Add, tf.add],
  [tf.Sub, tf.sub],
  [tf.Multiply, tf.mul],
  [tf.RealDiv, (a, b) => tf.div(a, positive(b))],
  [tf.Maximum, tf.maximum],
  [tf.Minimum, tf.minimum],
  [tf.SquaredDifference, tf.squaredDifference],
  [tf.Pow, (a, b) => tf.pow(positive(a), b)],
  [tf.Equal, (a, b) => masked(tf.equal(tf.round(a), tf.round(b)), a)],
  [tf.NotEqual, (a, b) => masked(tf.notEqual(tf.round(a), tf.round(b)), a)],
  [tf.Greater, (a, b) => masked(tf.greater(a, b), a)],
  [tf.GreaterEqual, (a, b) => masked(tf.greaterEqual(a, b), a)],
  [tf.Less, (a, b) => masked(tf.less(a, b), a)],
  [tf.LessEqual, (a, b) => masked(tf.lessEqual(a, b), a)],
  [tf.LogicalAnd, (a, b) => masked(tf.logicalAnd(tf.greater(a, 0), tf.greater(b, 0)), a)],
  [tf.LogicalOr, (a, b) => masked(tf.logicalOr(tf.greater(a, 0), tf.greater(b, 0)), a)],
  [tf.LogicalNot, (a, b) => masked(tf.logicalNot(tf.greater(b, 0)), a)],
  [tf.Select, (a, b) => tf.where(tf.greater(a, b), a, b)],
  [tf.Prelu, (a, b) => tf.prelu(a, b)],
];

const SHAPE_CASES: readonly KernelCase[] = [
  ...UNARY.map(
    ([kernel, apply, domain]): KernelCase => ({
      kernels: [kernel],
      name: kernel,
      parameters: one,
      compute: ({ x }) => apply(domain === undefined ? x! : domain(x!)),
    }),
  ),
  ...BINARY.flatMap(([kernel, apply]) => broadcasts(kernel, apply)),
  {
    kernels: [tf.AddN],
    name: "AddN",
    parameters: (shape) => ({ a: { shape }, b: { shape }, c: { shape } }),
    compute: ({ a, b, c }) => tf.addN([a!, b!, c!, a!]),
  },
  {
    kernels: [tf.Concat, tf.SplitV],
    name: "Concat and SplitV",
    parameters: (shape) => ({ a: { shape }, b: { shape } }),
    compute: ({ a, b }) => {
      const joined = tf.concat([a!, b!, a!], 0);
      const parts = tf.split(joined, 3, 0);
      return tf.mul(parts[1]!, parts[2]!);
    },
  },
  {
    kernels: [tf.Pack, tf.Unpack],
    name: "Pack and Unpack",
    parameters: (shape) => ({ a: { shape }, b: { shape } }),
    compute: ({ a, b }) => {
      const [first, second] = tf.unstack(tf.stack([a!, b!], 1), 1) as [tf.Tensor, tf.Tensor];
      return tf.mul(first, tf.sub(second, first));
    },
  },
  {
    kernels: [tf.BatchMatMul],
    name: "BatchMatMul",
    parameters: (shape) => ({ a: { shape: [shape[0]!, 4] }, b: { shape: [4, shape.at(-1)!] } }),
    compute: ({ a, b }) => [
      tf.matMul(a!, b!),
      tf.matMul(b!, a!, true, true),
      tf.matMul(tf.transpose(a!), a!, false, false),
      tf.matMul(b!, b!, false, true),
    ],
  },
  {
    kernels: [tf.BatchMatMul],
    name: "BatchMatMul of three dimensions",
    parameters: (shape) => ({ a: { shape: [2, shape[0]!, 4] }, b: { shape: [2, 4, shape.at(-1)!] } }),
    compute: ({ a, b }) => [tf.matMul(a!, b!), tf.matMul(b!, a!, true, true)],
  },
  {
    kernels: [tf._FusedMatMul],
    name: "_FusedMatMul",
    parameters: (shape) => ({ a: { shape: [shape[0]!, 4] }, b: { shape: [4, 3] }, c: { shape: [3] } }),
    differentiable: false,
    compute: ({ a, b, c }) =>
      (["linear", "relu", "sigmoid", "elu"] as const).map((activation) =>
        tf.fused.matMul({ a: a as tf.Tensor2D, b: b as tf.Tensor2D, bias: c!, activation }),
      ),
  },
  {
    kernels: [tf.GatherV2, tf.UnsortedSegmentSum],
    name: "GatherV2 with repeated rows",
    parameters: (shape) => ({ x: { shape: [5, ...shape] }, y: { shape: [...shape, 5] } }),
    inputs: () => ({ at: { shape: [7], type: "int32" } }),
    compute: ({ x, y }, { at }) => [
      tf.square(tf.gather(x!, at as tf.Tensor1D)),
      tf.square(tf.gather(y!, at as tf.Tensor1D, -1)),
    ],
  },
  {
    kernels: [tf.OneHot],
    name: "OneHot, indices beyond the depth included",
    parameters: () => ({ w: { shape: [3, 2] } }),
    inputs: (shape) => ({ at: { shape: [shape[0]!], type: "int32" } }),
    compute: ({ w }, { at }) => tf.matMul(tf.oneHot(at!, 3, 2, -1, "float32") as tf.Tensor2D, w as tf.Tensor2D),
  },
  {
    kernels: [LAYER_NORM_KERNEL],
    name: "LayerNormalization",
    parameters: (shape) => {
      const width = shape.at(-1)!;
      return { x: { shape: [shape[0]!, width] }, gain: { shape: [width] }, shift: { shape: [width] } };
    },
    compute: ({ x, gain, shift }) => layerNorm(x as tf.Tensor2D, gain!, shift!),
  },
  {
    kernels: [tf.ArgMax],
    name: "ArgMax",
    parameters: one,
    differentiable: false,
    compute: ({ x }) => tf.argMax(x!, -1),
  },
  {
    kernels: [tf.Fill, tf.Range],
    name: "Fill and Range",
    parameters: one,
    compute: ({ x }) => tf.mul(tf.mul(tf.fill(x!.shape, 1.5), x!), tf.range(0, x!.shape.at(-1)!)),
  },
  {
    kernels: [tf.BroadcastTo],
    name: "BroadcastTo",
    parameters: one,
    compute: ({ x }) => tf.matMul(tf.broadcastTo(tf.reshape(x!, [-1, 1]), [x!.size, 3]) as tf.Tensor2D, tf.eye(3)),
  },
];

function masked(condition: tf.Tensor, x: tf.Tensor): tf.Tensor {
  return tf.mul(tf.cast(condition, "float32"), x);
}

/** The same kernel on equal shapes, a row, a column and a scalar, on either side. */
function broadcasts(kernel: string, apply: (a: tf.Tensor, b: tf.Tensor) => tf.Tensor): KernelCase[] {
  const small: Readonly<Record<string, (shape: readonly number[]) => readonly number[]>> = {
    "equal shapes": (shape) => shape,
    "a row": (shape) => [shape.at(-1)!],
    "a column": (shape) => [...shape.slice(0, -1), 1],
    "a scalar": () => [],
  };
  return Object.entries(small).map(([name, shrink]) => ({
    kernels: [kernel],
    name: `${kernel} with ${name}`,
    parameters: (shape) => ({ a: { shape }, b: { shape: shrink(shape) } }),
    compute: ({ a, b }) => (kernel === tf.Prelu ? apply(a!, b!) : [apply(a!, b!), apply(b!, a!)]),
  }));
}

function toSpec(kase: KernelCase, shape: readonly number[]): ProgramSpec {
  return {
    name: kase.name,
    parameters: kase.parameters(shape),
    inputs: kase.inputs?.(shape) ?? {},
    run: (p: TensorMap, i: TensorMap) => {
      const computed = kase.compute(p, i);
      const results = (Array.isArray(computed) ? computed : [computed]) as tf.Tensor[];
      const outputs = Object.fromEntries(results.map((result, index) => [`y${index}`, result]));
      if (kase.differentiable === false) return { outputs };
      // Uneven weights, so that no element's gradient can stand in for another's.
      const terms = results.map((result) => {
        const weights = tf.reshape(tf.sin(tf.range(1, result.size + 1, 1, "float32")), result.shape);
        return tf.sum(tf.mul(tf.cast(result, "float32"), weights));
      });
      return { outputs, loss: tf.addN(terms) };
    },
  };
}

const shapes = fc.array(fc.integer({ min: 2, max: 5 }), { minLength: 2, maxLength: 3 });

describe("a traced kernel computes what TensorFlow.js' cpu kernel computes, and its gradient", () => {
  for (const kase of SHAPE_CASES) {
    it(kase.name, async () => {
      await fc.assert(
        fc.asyncProperty(shapes, fc.integer({ min: 0, max: 1e6 }), async (shape, seed) => {
          const spec = toSpec(kase, shape);
          const stream = random(`${kase.name}:${seed}`);
          const parameters = randomBuffers(spec.parameters, stream);
          const inputs = randomBuffers(spec.inputs, stream);
          const withGradients = kase.differentiable !== false;
          const reference = await runOn("cpu", spec, parameters, inputs, withGradients);
          const traced = await runOn("onnx", spec, parameters, inputs, withGradients);
          expect(worstDifference(traced.outputs, reference.outputs)).toBeLessThan(2e-5);
          expect(worstDifference(traced.gradients, reference.gradients)).toBeLessThan(1e-4);
        }),
        { numRuns: 4 },
      );
    });
  }

  it("every mapped kernel has a case", () => {
    const covered = new Set(SHAPE_CASES.flatMap(({ kernels }) => kernels));
    expect(Object.keys(tracedKernels).filter((kernel) => !covered.has(kernel))).toEqual([]);
  });
});
