/**
 * Gives the optional package @tensorflow/tfjs-node its native half from the package registries alone: the TensorFlow
 * libraries and headers out of the Python wheel, the binding compiled here. Writes into node_modules only; safe to run
 * again. Linux x64.
 *
 *   npm run install:tensorflow
 */
import { createHash } from "node:crypto";
import { createReadStream, existsSync, mkdirSync, readdirSync, rmSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { fail, requireCommand, run } from "./commands.mjs";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");
const home = path.join(root, "node_modules/@tensorflow/tfjs-node");
const WHEEL = { version: "2.12.1", sha256: "7ffb595707a8fb376deaddc768784c7a0242b16cbc6e06393b1733b2ce19f855" };
const LIBRARIES = ["libtensorflow_cc.so.2", "libtensorflow_framework.so.2"];
const HEADERS = [
  "tensorflow/c/",
  "tensorflow/core/platform/ctstring",
  "tensorflow/tsl/c/",
  "tensorflow/tsl/platform/ctstring",
  "tsl/c/",
  "tsl/platform/ctstring",
];

await main();

async function main() {
  if (process.platform !== "linux" || process.arch !== "x64") {
    fail(
      `this script serves linux x64, not ${process.platform} ${process.arch}`,
      "run `npm rebuild @tensorflow/tfjs-node` where its download host can be reached",
    );
  }
  installPackage();
  if (loads()) return console.error("the tensorflow engine is installed already");
  requireCommand("python3", ["--version"], "install Python 3");
  requireCommand("python3", ["-m", "pip", "--version"], "install pip for Python 3");
  requireCommand("g++", ["--version"], "install a C++ compiler (Debian, Ubuntu: apt-get install g++)");
  const wheel = await downloadWheel();
  unpack(wheel);
  compileBinding();
  rmSync(path.dirname(wheel), { recursive: true, force: true });
  if (!loads(true)) fail("the binding was built but does not load", "see the message above");
  console.error("the tensorflow engine is installed");
}

/** An optional dependency whose own install script failed is left out by npm: put it back, scripts unrun. */
function installPackage() {
  if (existsSync(path.join(home, "package.json"))) return;
  console.error("adding @tensorflow/tfjs-node ...");
  run("npm", ["install", "--no-save", "--ignore-scripts", "--include=optional", "--no-audit", "--no-fund"], {
    cwd: root,
  });
  if (!existsSync(path.join(home, "package.json")))
    fail("npm did not install @tensorflow/tfjs-node", "look at npm's messages");
}

/** Whether the backend starts, in a process of its own. */
function loads(isLoud = false) {
  const script = `const util = require("node:util"); util.isNullOrUndefined ??= (x) => x == null;
    const tf = require("@tensorflow/tfjs-node"); if (tf.getBackend() !== "tensorflow") process.exit(1);`;
  const env = { ...process.env, TF_CPP_MIN_LOG_LEVEL: "2" };
  return run(process.execPath, ["-e", script], { cwd: root, env, mayFail: true, isQuiet: !isLoud });
}

async function downloadWheel() {
  const folder = path.join(home, "deps/download");
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  console.error(`downloading the tensorflow-cpu ${WHEEL.version} wheel (232 MB) ...`);
  const target = ["--no-deps", "--only-binary=:all:", "--python-version", "3.11", "--platform", "manylinux2014_x86_64"];
  run("python3", [
    "-m",
    "pip",
    "download",
    `tensorflow-cpu==${WHEEL.version}`,
    ...target,
    "--no-cache-dir",
    "--quiet",
    "--dest",
    folder,
  ]);
  const wheel = path.join(folder, readdirSync(folder).find((name) => name.endsWith(".whl")) ?? "missing");
  const found = await sha256(wheel);
  if (found !== WHEEL.sha256) {
    rmSync(folder, { recursive: true, force: true });
    fail(`the wheel's sha256 is ${found}, not ${WHEEL.sha256}`, "check which registry pip uses");
  }
  return wheel;
}

async function sha256(file) {
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(file)) hash.update(chunk);
  return hash.digest("hex");
}

/** The two libraries to deps/lib, the headers to deps/include; a wheel is a zip file. */
function unpack(wheel) {
  console.error("unpacking ...");
  const library = path.join(home, "deps/lib");
  for (const part of ["deps/lib", "deps/include"]) {
    rmSync(path.join(home, part), { recursive: true, force: true });
    mkdirSync(path.join(home, part), { recursive: true });
  }
  const script = path.join(root, "bench/tensorflow/unpack-wheel.py");
  run("python3", [script, wheel, path.join(home, "deps"), LIBRARIES.join(","), HEADERS.join(",")]);
  // Debugging symbols are most of their size; without strip they only take more room.
  for (const name of LIBRARIES)
    run("strip", ["--strip-unneeded", path.join(library, name)], { mayFail: true, isQuiet: true });
  for (const name of LIBRARIES) symlinkSync(name, path.join(library, name.replace(/\.2$/, "")));
  symlinkSync("libtensorflow_cc.so.2", path.join(library, "libtensorflow.so.2"));
}

function compileBinding() {
  console.error("compiling the binding ...");
  const require = createRequire(path.join(home, "package.json"));
  const target = require("@mapbox/node-pre-gyp").find(path.join(home, "package.json"));
  const { include_dir: nodeHeaders } = createRequire(path.join(root, "package.json"))("node-api-headers");
  mkdirSync(path.dirname(target), { recursive: true });
  run("g++", [
    ...["-O2", "-std=c++17", "-fPIC", "-shared", "-DNAPI_VERSION=8", "-DNODE_GYP_MODULE_NAME=tfjs_binding"],
    ...[`-I${nodeHeaders}`, `-I${home}`, `-I${path.join(home, "deps/include")}`],
    ...["binding/tfjs_backend.cc", "binding/tfjs_binding.cc"].map((source) => path.join(home, source)),
    ...[
      "-o",
      target,
      `-L${path.join(home, "deps/lib")}`,
      "-l:libtensorflow_cc.so.2",
      "-l:libtensorflow_framework.so.2",
    ],
    "-Wl,-rpath,$ORIGIN/../../deps/lib",
  ]);
}
