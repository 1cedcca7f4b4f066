import { tf } from "../../dist/runtime/tf.js";

const BATCH = 500;
const LEVELS = 577;
const FIELDS = 15;
const WIDTH = 256;

/** [rows, inputs, outputs, backward products] of every matrix product in the completion step. */
const LAYERS = [
  ["input", LEVELS + FIELDS + 32, WIDTH, ["weight"]],
  ["up0", WIDTH, WIDTH, ["weight", "rows"]],
  ["down0", WIDTH, WIDTH, ["weight", "rows"]],
  ["up1", WIDTH, WIDTH, ["weight", "rows"]],
  ["down1", WIDTH, WIDTH, ["weight", "rows"]],
  ["output", WIDTH, LEVELS, ["weight", "rows"]],
  ["membership", LEVELS, FIELDS, ["rows"]],
];

/** The completion step's matrix products, forward and backward, on unrelated matrices: the floor of its time. */
export function matrixProductsSpec() {
  const inputs = {};
  for (const [name, from, to] of LAYERS) {
    inputs[`${name}.rows`] = { shape: [BATCH, from] };
    inputs[`${name}.weight`] = { shape: [from, to] };
    inputs[`${name}.gradient`] = { shape: [BATCH, to] };
  }
  return { name: "matrix products", parameters: { none: { shape: [1] } }, inputs, run: (p, i) => products(p, i) };
}

function products(p, inputs) {
  const outputs = {};
  for (const [name, , , backward] of LAYERS) {
    const [rows, weight, gradient] = ["rows", "weight", "gradient"].map((part) => inputs[`${name}.${part}`]);
    outputs[`${name}.forward`] = tf.matMul(rows, weight);
    if (backward.includes("weight")) outputs[`${name}.weightGradient`] = tf.matMul(rows, gradient, true, false);
    if (backward.includes("rows")) outputs[`${name}.rowsGradient`] = tf.matMul(gradient, weight, false, true);
  }
  return { outputs, loss: tf.sum(p.none) };
}
