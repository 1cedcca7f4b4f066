import { beforeAll, describe, expect, it, vi } from "vitest";
import { compile } from "../../src/runtime/compile.js";
import type { ProgramSpec } from "../../src/runtime/program.js";
import { tf } from "../../src/runtime/tf.js";
import { random } from "./program-helpers.js";
import { autoencoder, classifier, critic, relativeDifference, train } from "./training-programs.js";

const missing = await reasonForMissing();
if (missing !== undefined) console.warn(`tensorflow tests are skipped: ${missing}`);

async function reasonForMissing(): Promise<string | undefined> {
  try {
    await compile(classifier, { engine: "tensorflow" });
    return undefined;
  } catch (error) {
    const { message, hint } = error as { message: string; hint?: string };
    return `${message}; ${hint}`;
  }
}

describe.skipIf(missing !== undefined)(
  `the tensorflow engine${missing === undefined ? "" : ` (skipped: ${missing})`}`,
  () => {
    it("computes on the backend called tensorflow", async () => {
      const backends: string[] = [];
      const spec: ProgramSpec = {
        name: "who computes",
        parameters: {},
        inputs: { x: { shape: [2] } },
        run: (_, { x }) => {
          backends.push(tf.getBackend());
          return { outputs: { y: tf.neg(x!) } };
        },
      };
      const program = await compile(spec, { engine: "tensorflow" });
      const { y } = await program.run({}, { x: Float32Array.of(1, -2) });
      expect([...y!]).toEqual([-1, 2]);
      expect(backends).toEqual(["tensorflow", "tensorflow"]);
      expect(tf.findBackend("tensorflow")?.constructor.name).toBe("NodeJSKernelBackend");
    });

    for (const spec of [classifier, critic, autoencoder]) {
      describe(`after twenty training steps of the ${spec.name}`, () => {
        let tensorflow: Awaited<ReturnType<typeof train>>;
        beforeAll(async () => {
          tensorflow = await train("tensorflow", spec, random("twenty"), 20);
        });
        for (const engine of ["cpu", "onnx"] as const) {
          it(`has ${engine}'s weights to 1e-4 relative`, async () => {
            const other = await train(engine, spec, random("twenty"), 20);
            expect(relativeDifference(tensorflow, other)).toBeLessThan(1e-4);
          });
        }
      });
    }
  },
);

describe("without its package", () => {
  it("the tensorflow engine is an error that names the command to install it", async () => {
    vi.doMock("@tensorflow/tfjs-node", () => {
      throw new Error("Cannot find package");
    });
    vi.resetModules();
    const fresh = await import("../../src/runtime/tensorflow-engine.js");
    await expect(fresh.compileTensorflow(classifier, 1)).rejects.toMatchObject({
      code: "E_RUNTIME_TENSORFLOW_MISSING",
      hint: "run `npm run install:tensorflow`, or use another engine",
    });
    vi.doUnmock("@tensorflow/tfjs-node");
  });
});
