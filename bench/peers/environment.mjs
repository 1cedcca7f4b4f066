import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";

/** CTGAN 0.10.2 asks for a newer PyTorch on some Pythons but runs on this one; the newest where this one has no wheel. */
const TORCH = ["torch==1.13.1", "torch"];
const CTGAN = "ctgan==0.10.2";
/** What CTGAN and PyTorch 1.13 need, and the judge. */
const OTHERS = ["numpy<2", "pandas<3", "rdt", "cloudpickle", "tqdm", "scipy", "scikit-learn", "sdmetrics"];

/**
 * A Python that has CTGAN: makes a virtual environment in `folder`, once, with packages of pip's default index.
 * @returns { python } or { reason } where it cannot be had
 */
export function preparePython(folder) {
  const environment = join(folder, "venv");
  const python = join(environment, "bin/python");
  if (existsSync(python) && hasModule(python, "ctgan")) return { python };
  mkdirSync(folder, { recursive: true });
  console.error(`making a Python environment in ${environment}; PyTorch is large`);
  const problem = installInto(environment, python);
  if (problem !== undefined) return { reason: problem };
  return hasModule(python, "ctgan") ? { python } : { reason: "CTGAN does not import in the environment made for it" };
}

/** True where a Python imports a module. */
export function hasModule(python, name) {
  return run(python, ["-c", `import ${name}`]) === undefined;
}

function installInto(environment, python) {
  const install = (...packages) => run(python, ["-m", "pip", "install", "--quiet", ...packages]);
  const torch = () => {
    const problems = [];
    for (const version of TORCH) {
      const problem = install(version);
      if (problem === undefined) return undefined;
      problems.push(problem);
    }
    return problems.join("; ");
  };
  return run("python3", ["-m", "venv", environment]) ?? torch() ?? install(...OTHERS) ?? install("--no-deps", CTGAN);
}

/** Runs a command; undefined where it succeeded, else why not. */
function run(command, argv) {
  const { status, error, stderr } = spawnSync(command, argv, { encoding: "utf8" });
  if (status === 0) return undefined;
  const last = stderr?.trim().split("\n").at(-1);
  return `${command} ${argv.join(" ")}: ${error?.message ?? last ?? `status ${status}`}`;
}
