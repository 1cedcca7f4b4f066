import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { expect, it } from "vitest";

const PROGRAM = `
  const { compile } = await import(process.argv[1] + "/runtime/compile.js");
  const { tf } = await import(process.argv[1] + "/runtime/tf.js");
  const program = await compile(
    { name: "sum", parameters: {}, inputs: { x: { shape: [2] } }, run: (_, { x }) => ({ outputs: { y: tf.add(x, 1) } }) },
    { engine: "onnx" },
  );
  console.log((await program.run({}, { x: new Float32Array(2) })).y.join());
`;

it("runs onnxruntime without its telemetry: no identifier, no events, no log in the user's folders", () => {
  const home = mkdtempSync(join(tmpdir(), "synth-home-"));
  try {
    const { ORT_DISABLE_TELEMETRY: _, ...others } = process.env;
    const answer = execFileSync(process.execPath, ["--input-type=module", "-e", PROGRAM, resolve("dist")], {
      env: { ...others, HOME: home, TMPDIR: home, XDG_CACHE_HOME: home },
      encoding: "utf8",
    });
    expect(answer.trim()).toBe("1,1");
    expect(readdirSync(home, { recursive: true })).toEqual([]);
  } finally {
    rmSync(home, { recursive: true });
  }
});
