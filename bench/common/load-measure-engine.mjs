import { existsSync } from "node:fs";

const ENGINE = new URL("../engine/measure-engine.mjs", import.meta.url);

/** The measurement of the engine's steps; undefined in a checkout that has none. */
export async function loadMeasureEngine() {
  return existsSync(ENGINE) ? (await import(ENGINE.href)).measureEngine : undefined;
}
