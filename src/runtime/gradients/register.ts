import * as tf from "@tensorflow/tfjs-core";
import { arrangementGradients } from "./arrangement.js";
import { binaryGradients } from "./binary.js";
import type { GradientRule } from "./gradient.js";
import { reductionGradients } from "./reduction.js";
import { unaryGradients } from "./unary.js";

/** Every derivative that the tape knows, for all engines alike. */
export const gradientRules: readonly GradientRule[] = [
  ...unaryGradients,
  ...binaryGradients,
  ...reductionGradients,
  ...arrangementGradients,
];

/**
 * Registers the derivatives with tfjs-core. Its own (`dist/register_all_gradients`) cannot be imported by Node: ES
 * modules without extensions in a CommonJS package. Called again after an optional backend has registered its copies,
 * so that all engines differentiate with the same rules.
 */
export function registerGradients(): void {
  for (const rule of gradientRules) tf.registerGradient(toConfig(rule));
}

function toConfig(rule: GradientRule): tf.GradConfig {
  return {
    kernelName: rule.kernel,
    ...(rule.inputs === "all" ? { saveAllInputs: true } : { inputsToSave: [...(rule.inputs ?? [])] }),
    outputsToSave: [...(rule.outputs ?? [])],
    gradFunc: (dy, saved, attributes) => {
      const dys = Array.isArray(dy) ? dy : [dy];
      return rule.backward({ dy: dys[0]!, dys, saved, attributes: attributes as Readonly<Record<string, unknown>> });
    },
  };
}
