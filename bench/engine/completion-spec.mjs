import { maskedCrossEntropy } from "../../dist/gan/objectives/masked-cross-entropy.js";
import { makeLevelMap } from "../../dist/gan/techniques/level-map.js";
import { gelu } from "../../dist/runtime/gelu.js";
import { layerNorm } from "../../dist/runtime/layer-norm.js";
import { tf } from "../../dist/runtime/tf.js";

const BATCH = 500;
const LEVELS = 577;
const FIELDS = 15;
const WIDTH = 256;
const BLOCKS = 2;
const levelMap = makeLevelMap(
  Array.from({ length: FIELDS }, (_, i) => ({ kind: "discrete", name: `field ${i}`, levels: i === 0 ? 45 : 38 })),
);

/** The completion step of definitions section 4, with its loss. */
export function completionSpec() {
  return {
    name: "completion step",
    parameters: parameterSpecs(),
    inputs: {
      x: { shape: [BATCH, LEVELS + FIELDS + 32] },
      target: { shape: [BATCH, LEVELS] },
      weights: { shape: [BATCH, FIELDS] },
    },
    sparse: ["x", "target"],
    run: (p, { x, target, weights }) => {
      const loss = maskedCrossEntropy(logits(p, x), target, weights, levelMap);
      return { outputs: { loss }, loss };
    },
  };
}

function parameterSpecs() {
  const specs = { input: { shape: [LEVELS + FIELDS + 32, WIDTH] }, inputBias: { shape: [WIDTH] } };
  for (let block = 0; block < BLOCKS; block++) {
    specs[`gain${block}`] = { shape: [WIDTH] };
    specs[`shift${block}`] = { shape: [WIDTH] };
    specs[`up${block}`] = { shape: [WIDTH, WIDTH] };
    specs[`upBias${block}`] = { shape: [WIDTH] };
    specs[`down${block}`] = { shape: [WIDTH, WIDTH] };
    specs[`downBias${block}`] = { shape: [WIDTH] };
  }
  specs.gain = { shape: [WIDTH] };
  specs.shift = { shape: [WIDTH] };
  specs.output = { shape: [WIDTH, LEVELS] };
  specs.outputBias = { shape: [LEVELS] };
  return specs;
}

function logits(p, x) {
  let h = tf.add(tf.matMul(x, p.input), p.inputBias);
  for (let block = 0; block < BLOCKS; block++) {
    const normed = layerNorm(h, p[`gain${block}`], p[`shift${block}`]);
    const up = tf.add(tf.matMul(normed, p[`up${block}`]), p[`upBias${block}`]);
    h = tf.add(h, tf.add(tf.matMul(gelu(up), p[`down${block}`]), p[`downBias${block}`]));
  }
  return tf.add(tf.matMul(gelu(layerNorm(h, p.gain, p.shift)), p.output), p.outputBias);
}
