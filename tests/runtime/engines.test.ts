import { afterEach, describe, expect, it } from "vitest";
import { compile } from "../../src/runtime/compile.js";
import { makeParameters } from "../../src/runtime/parameters.js";
import type { EngineName, ProgramSpec } from "../../src/runtime/program.js";
import { tf } from "../../src/runtime/tf.js";
import { random, randomBuffers, runOn, worstDifference } from "./program-helpers.js";
import { classifier, critic, relativeDifference, score, train } from "./training-programs.js";

const ENGINES: readonly EngineName[] = ["cpu", "onnx"];

describe("twenty training steps on onnx and cpu from the same seed end in the same weights", () => {
  for (const spec of [classifier, critic]) {
    it(`${spec.name}, to 1e-4 relative`, async () => {
      const reference = await train("cpu", spec, random("twenty"), 20);
      const traced = await train("onnx", spec, random("twenty"), 20);
      expect(relativeDifference(traced, reference)).toBeLessThan(1e-4);
    });

    it(`${spec.name}, bit for bit when onnx runs again, and asked for two threads, of which it needs one`, async () => {
      const once = await train("onnx", spec, random("again"), 20);
      const again = await train("onnx", spec, random("again"), 20);
      const parallel = await train("onnx", spec, random("again"), 20, 2);
      expect(again.flat).toEqual(once.flat);
      expect(parallel.flat).toEqual(once.flat);
    });
  }

  it("and other weights from another seed", async () => {
    const one = await train("onnx", classifier, random("one"), 20);
    const two = await train("onnx", classifier, random("two"), 20);
    expect(relativeDifference(one, two)).toBeGreaterThan(0.1);
  });
});

describe("gradients are those of finite differences", () => {
  for (const spec of [classifier, critic]) {
    for (const engine of ENGINES) {
      it(`${spec.name} on ${engine}`, async () => {
        const stream = random("differences");
        const parameters = makeParameters(spec.parameters);
        stream.fillNormal(parameters.flat);
        for (let i = 0; i < parameters.flat.length; i++) parameters.flat[i]! *= 0.5;
        const inputs = randomBuffers(spec.inputs, stream);
        const program = await compile(withLossOutput(spec), { engine });
        const gradients = makeParameters(spec.parameters);
        await program.run(parameters.views, inputs, gradients.views);
        const lossAt = async (index: number, value: number): Promise<number> => {
          const former = parameters.flat[index]!;
          parameters.flat[index] = value;
          const { total } = await program.run(parameters.views, inputs);
          parameters.flat[index] = former;
          return total![0]!;
        };
        const h = 2e-3;
        for (let index = 0; index < parameters.flat.length; index += 7) {
          const weight = parameters.flat[index]!;
          const slope = ((await lossAt(index, weight + h)) - (await lossAt(index, weight - h))) / (2 * h);
          const tolerance = 0.01 * Math.max(0.3, Math.abs(slope));
          expect(Math.abs(gradients.flat[index]! - slope), `weight ${index}`).toBeLessThan(tolerance);
        }
        await program.dispose();
      });
    }
  }

  it("and the critic's closed-form input gradient is that of the tape", async () => {
    const stream = random("closed form");
    const parameters = randomBuffers(critic.parameters, stream);
    const inputs = randomBuffers(critic.inputs, stream);
    inputs.mix!.fill(1);
    const closed = await runOn("onnx", critic, parameters, inputs);
    // The same critic with its input as the trainable parameter.
    const byTape: ProgramSpec = {
      name: "input gradient",
      parameters: { ...critic.parameters, x: { shape: [16, 5] } },
      inputs: {},
      trainable: ["x"],
      run: (p) => ({ outputs: {}, loss: tf.sum(score(p, p.x!).value) }),
    };
    const program = await compile(byTape, { engine: "onnx" });
    const x = new Float32Array(80);
    await program.run({ ...parameters, x: inputs.real! }, {}, { x });
    await program.dispose();
    expect(worstDifference({ x: [...x] }, { x: closed.outputs.slope! })).toBeLessThan(1e-5);
  });
});

function withLossOutput(spec: ProgramSpec): ProgramSpec {
  return {
    ...spec,
    run: (p, i) => {
      const result = spec.run(p, i);
      return { ...result, outputs: { total: result.loss! } };
    },
  };
}

describe("buffers", () => {
  const scale: ProgramSpec = {
    name: "scale",
    parameters: { w: { shape: [3] }, unused: { shape: [2] } },
    inputs: { x: { shape: [2, 3] } },
    run: ({ w }, { x }) => {
      const y = tf.mul(x!, w!);
      return { outputs: { y }, loss: tf.sum(tf.square(y)) };
    },
  };
  const x = Float32Array.of(1, 2, 3, 4, 5, 6);

  for (const engine of ENGINES) {
    it(`${engine} reads weights and writes gradients in views of one flat buffer, and zeroes what the loss misses`, async () => {
      const flat = Float32Array.of(-1, 2, 3, 4, -1, -1, -1);
      const written = new Float32Array(7).fill(9);
      const view = (buffer: Float32Array, start: number, end: number): Float32Array => buffer.subarray(start, end);
      const program = await compile(scale, { engine });
      const parameters = { w: view(flat, 1, 4), unused: view(flat, 4, 6) };
      const gradients = { w: view(written, 1, 4), unused: view(written, 4, 6) };
      const { y } = await program.run(parameters, { x }, gradients);
      expect([...y!]).toEqual([2, 6, 12, 8, 15, 24]);
      // d/dw sum (x w)^2 = 2 w sum of x^2 = 2 * (2 * 17, 3 * 29, 4 * 45).
      expect([...written]).toEqual([9, 68, 174, 360, 0, 0, 9]);
      flat.fill(1);
      const again = await program.run(parameters, { x }, gradients);
      expect([...again.y!]).toEqual([...x]);
      expect([...gradients.w]).toEqual([34, 58, 90]);
      await program.dispose();
    });

    it(`${engine} hands out the same output buffers at every run`, async () => {
      const program = await compile(scale, { engine });
      const parameters = { w: Float32Array.of(1, 1, 1), unused: new Float32Array(2) };
      const first = (await program.run(parameters, { x })).y!;
      parameters.w.fill(2);
      const second = (await program.run(parameters, { x })).y!;
      expect(second).toBe(first);
      expect([...first]).toEqual([2, 4, 6, 8, 10, 12]);
      await program.dispose();
    });

    it(`${engine} refuses a missing buffer, a wrong length and a wrong type by name`, async () => {
      const program = await compile(scale, { engine });
      const good = { w: new Float32Array(3), unused: new Float32Array(2) };
      await expect(program.run(good, {})).rejects.toMatchObject({ code: "E_RUNTIME_BUFFER_MISSING" });
      await expect(program.run(good, { x: new Float32Array(5) })).rejects.toThrow(
        "program scale: input x must have 6 elements; got 5",
      );
      await expect(program.run(good, { x: new Int32Array(6) })).rejects.toMatchObject({
        code: "E_RUNTIME_BUFFER_TYPE",
      });
      await expect(program.run(good, { x }, { w: new Float32Array(3) })).rejects.toThrow("gradient unused");
      await expect(program.run({ ...good, w: new Float32Array(4) }, { x })).rejects.toMatchObject({
        code: "E_RUNTIME_BUFFER_LENGTH",
      });
      await program.dispose();
    });

    it(`${engine} knows the outputs' shapes once compiled`, async () => {
      const program = await compile(scale, { engine });
      expect(program.outputSpecs).toEqual({ y: { shape: [2, 3], type: "float32" } });
      await program.dispose();
    });
  }
});

describe("a free batch", () => {
  const rowwise: ProgramSpec = {
    name: "rowwise",
    freeBatch: true,
    parameters: { w: { shape: [3, 4] }, b: { shape: [4] } },
    inputs: { x: { shape: [4, 3] }, at: { shape: [4], type: "int32" } },
    run: ({ w, b }, { x, at }) => {
      const h = tf.relu(tf.add(tf.matMul(x as tf.Tensor2D, w as tf.Tensor2D), b!)) as tf.Tensor2D;
      const [left, right] = tf.split(h, 2, 1) as [tf.Tensor2D, tf.Tensor2D];
      const ones = tf.ones([x!.shape[0]!, 1]);
      const joined = tf.concat([tf.softmax(left), tf.tanh(right), ones as tf.Tensor2D], 1);
      const folded = tf.reshape(tf.reshape(joined, [-1, 5, 1]), [x!.shape[0]!, 5]);
      return { outputs: { y: folded, rows: tf.gather(w!, at as tf.Tensor1D), best: tf.argMax(h, 1) } };
    },
  };

  for (const rows of [1, 7, 500]) {
    it(`traced at 4 rows gives at ${rows} what cpu gives`, async () => {
      const stream = random(`free${rows}`);
      const parameters = randomBuffers(rowwise.parameters, stream);
      const x = new Float32Array(rows * 3);
      stream.fillNormal(x);
      const inputs = { x, at: Int32Array.from({ length: rows }, () => stream.integer(3)) };
      const reference = await runOn("cpu", rowwise, parameters, inputs, false);
      const traced = await runOn("onnx", rowwise, parameters, inputs, false);
      expect(traced.outputs.y).toHaveLength(rows * 5);
      expect(worstDifference(traced.outputs, reference.outputs)).toBeLessThan(1e-5);
    });
  }

  it("may change from run to run of one program", async () => {
    const program = await compile(rowwise, { engine: "onnx" });
    const parameters = randomBuffers(rowwise.parameters, random("changing"));
    for (const rows of [3, 1, 8]) {
      const outputs = await program.run(parameters, { x: new Float32Array(rows * 3), at: new Int32Array(rows) });
      expect(outputs.y).toHaveLength(rows * 5);
    }
    await program.dispose();
  });

  const baked: Readonly<Record<string, (x: tf.Tensor) => tf.Tensor>> = {
    "a mean by a counted division": (x) => tf.div(tf.sum(x, 0, true), x.shape[0]!),
    "a slice of rows": (x) => tf.slice(x, [0, 0], [2, 3]),
    "halves of the batch": (x) => tf.split(x, [1, x.shape[0]! - 1], 0)[0]!,
  };
  for (const [name, compute] of Object.entries(baked)) {
    it(`refuses ${name}`, async () => {
      const spec: ProgramSpec = {
        name: "baked",
        freeBatch: true,
        parameters: {},
        inputs: { x: { shape: [4, 3] } },
        run: (_, { x }) => ({ outputs: { y: compute(x!) } }),
      };
      await expect(compile(spec, { engine: "onnx" })).rejects.toMatchObject({ code: "E_RUNTIME_BATCH_BAKED" });
    });
  }
});

describe("what cannot be traced", () => {
  const program = (run: (x: tf.Tensor) => tf.Tensor): ProgramSpec => ({
    name: "untraceable",
    parameters: { x: { shape: [3, 3] } },
    inputs: {},
    run: ({ x }) => ({ outputs: { y: run(x!) } }),
  });

  it("is a kernel that is not mapped, by its name", async () => {
    const spec = program((x) => tf.atanh(x));
    await expect(compile(spec, { engine: "onnx" })).rejects.toMatchObject({
      code: "E_RUNTIME_KERNEL",
      where: "Atanh",
      message: "program untraceable needs the kernel Atanh, which is not mapped",
    });
  });

  it("is a derivative that is not known, by its kernel's name", async () => {
    const spec: ProgramSpec = {
      name: "underivable",
      parameters: { x: { shape: [3] } },
      inputs: {},
      run: ({ x }) => ({ outputs: {}, loss: tf.sum(tf.cast(tf.argMax(x!), "float32")) }),
    };
    const compiled = await compile(spec, { engine: "onnx" });
    const buffers = { x: new Float32Array(3) };
    await expect(compiled.run(buffers, {}, buffers)).rejects.toMatchObject({
      code: "E_RUNTIME_KERNEL",
      where: "ArgMax",
    });
    await compiled.dispose();
  });

  it("is reading numbers, and a tensor from outside", async () => {
    const reading = program((x) => tf.tensor(x.dataSync()));
    await expect(compile(reading, { engine: "onnx" })).rejects.toMatchObject({ code: "E_RUNTIME_TRACE_READ" });
    await compile(program(tf.neg), { engine: "cpu" });
    const outside = tf.scalar(2);
    const foreign = program((x) => tf.mul(x, outside));
    await expect(compile(foreign, { engine: "onnx" })).rejects.toMatchObject({ code: "E_RUNTIME_FOREIGN_TENSOR" });
    outside.dispose();
  });

  it("is a gradient without a scalar loss", async () => {
    const compiled = await compile(program(tf.neg), { engine: "onnx" });
    const buffers = { x: new Float32Array(9) };
    await expect(compiled.run(buffers, {}, buffers)).rejects.toMatchObject({ code: "E_RUNTIME_LOSS" });
    await compiled.dispose();
  });
});

describe("tensors", () => {
  afterEach(() => expect(tf.memory().numTensors).toBe(0));

  for (const engine of ENGINES) {
    it(`none are left by compiling, running and failing on ${engine}`, async () => {
      const before = tf.memory();
      await train(engine, classifier, random("leak"), 3);
      const failing: ProgramSpec = {
        name: "failing",
        parameters: { x: { shape: [2] } },
        inputs: {},
        run: ({ x }) => {
          tf.exp(x!);
          throw new Error("on purpose");
        },
      };
      await expect(compile(failing, { engine })).rejects.toThrow("on purpose");
      expect(tf.memory().numTensors).toBe(before.numTensors);
      expect(tf.memory().numDataBuffers).toBe(before.numDataBuffers);
    });
  }

  it("and the caller's backend stays selected", async () => {
    await compile(classifier, { engine: "cpu" });
    await tf.setBackend("cpu");
    await train("onnx", classifier, random("backend"), 1);
    expect(tf.getBackend()).toBe("cpu");
  });
});
