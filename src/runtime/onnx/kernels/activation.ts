import { SynthError } from "../../../core/errors.js";
import { alpha, binary, unary } from "../emit/elementwise.js";
import type { GraphValue } from "../graph.js";
import type { KernelCall } from "./kernel.js";

/** The activation that TensorFlow.js fuses into a matrix product. */
export function activate({ graph, inputs, attributes }: KernelCall, x: GraphValue): GraphValue {
  const activation = attributes.activation as string;
  switch (activation) {
    case "linear":
      return x;
    case "relu":
      return unary(graph, "Relu", x);
    case "sigmoid":
      return unary(graph, "Sigmoid", x);
    case "elu":
      return unary(graph, "Elu", x);
    case "leakyrelu":
      return unary(graph, "LeakyRelu", x, alpha(attributes.leakyreluAlpha as number));
    case "prelu":
      return binary(graph, "PRelu", x, inputs.preluActivationWeights!);
    default:
      throw new SynthError("defect", "E_RUNTIME_KERNEL", `the onnx engine has no fused activation ${activation}`);
  }
}
