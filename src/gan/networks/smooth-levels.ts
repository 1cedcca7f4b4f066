import { makeParameters, type Parameters } from "../../runtime/parameters.js";
import type { TensorMap, TensorSpecs } from "../../runtime/program.js";
import { tf } from "../../runtime/tf.js";
import type { LevelMap } from "../techniques/level-map.js";
import type { CompletionShape } from "./completion-network.js";

/** What the levels of one numeric field are like: neighbouring levels have alike features. */
export interface SmoothField {
  /** First level of the field in the concatenation of all levels. */
  readonly start: number;
  readonly levels: number;
  readonly width: number;
  /** [levels, width], row-major. */
  readonly features: Float32Array;
}

/** The smooth fields of a layout. `features`: one array [levels, width] a field; undefined where levels have no order. */
export function smoothFieldsOf(map: LevelMap, features: readonly (Float32Array | undefined)[]): readonly SmoothField[] {
  return features.flatMap((values, field) => {
    const start = map.starts[field]!;
    const levels = map.starts[field + 1]! - start;
    return values === undefined ? [] : [{ start, levels, width: values.length / levels, features: values }];
  });
}

/**
 * Further parameters with which a number's levels are trained: a level's embedding is its free row plus a linear map of its
 * features, its output weights likewise, so that level 31 knows that 32 is next to it. The maps start at 0.
 */
export function smoothParameters(smooth: readonly SmoothField[], shape: CompletionShape): TensorSpecs {
  const specs: Record<string, { shape: number[] }> = {};
  smooth.forEach(({ width }, index) => {
    specs[`smooth${index}.input`] = { shape: [width, shape.width] };
    specs[`smooth${index}.output`] = { shape: [shape.width, width] };
    specs[`smooth${index}.bias`] = { shape: [1, width] };
  });
  return specs;
}

/** The network's parameters with `input`, `output.weight` and `output.bias` as free parts plus smooth parts. */
export function withSmoothLevels(
  parameters: TensorMap,
  smooth: readonly SmoothField[],
  shape: CompletionShape,
): TensorMap {
  if (smooth.length === 0) return parameters;
  const features = smooth.map(({ features, levels, width }) => tf.tensor2d(features, [levels, width]));
  const part = (name: string, index: number) => parameters[`smooth${index}.${name}`] as tf.Tensor2D;
  const input = smooth.map<tf.Tensor2D>((_, index) => tf.matMul(features[index]!, part("input", index))); // [levels, H]
  const output = smooth.map<tf.Tensor2D>((_, index) => tf.matMul(part("output", index), features[index]!, false, true)); // [H, levels]
  const bias = smooth.map<tf.Tensor2D>((_, index) => tf.matMul(part("bias", index), features[index]!, false, true)); // [1, levels]
  const flags = tf.zeros([shape.fields, shape.width]) as tf.Tensor2D;
  return {
    ...parameters,
    input: tf.add(parameters.input!, tf.concat([...spread(input, smooth, shape, 0), flags], 0)),
    "output.weight": tf.add(parameters["output.weight"]!, tf.concat(spread(output, smooth, shape, 1), 1)),
    "output.bias": tf.add(parameters["output.bias"]!, tf.reshape(tf.concat(spread(bias, smooth, shape, 1), 1), [-1])),
  };
}

/** The parts in their places among all levels along `axis`, zeros between them. */
function spread(
  parts: readonly tf.Tensor2D[],
  smooth: readonly SmoothField[],
  shape: CompletionShape,
  axis: 0 | 1,
): tf.Tensor2D[] {
  const across = parts[0]!.shape[1 - axis]!;
  const zeros = (levels: number) => (levels === 0 ? [] : [tf.zeros(axis === 0 ? [levels, across] : [across, levels])]);
  let at = 0;
  const placed = smooth.flatMap(({ start, levels }, index) => {
    const gap = zeros(start - at);
    at = start + levels;
    return [...gap, parts[index]!];
  });
  return [...placed, ...zeros(shape.levels - at)] as tf.Tensor2D[];
}

/** The plain network that trained parameters with smooth parts come to: sums are carried out, nothing else changes. */
export function foldSmoothLevels(
  parameters: Parameters,
  smooth: readonly SmoothField[],
  shape: CompletionShape,
  plain: TensorSpecs,
): Parameters {
  const folded = makeParameters(plain);
  for (const name of Object.keys(plain)) folded.views[name]!.set(parameters.views[name]!);
  smooth.forEach((field, index) => {
    const view = (name: string) => parameters.views[`smooth${index}.${name}`]!;
    addProduct(folded.views.input!, view("input"), field, { ...shape, axis: "rows" });
    addProduct(folded.views["output.weight"]!, view("output"), field, { ...shape, axis: "columns" });
    addProduct(folded.views["output.bias"]!, view("bias"), field, { ...shape, width: 1, axis: "columns" });
  });
  return folded;
}

/** matrix += features x map, the field's levels along the matrix' rows ([L, H]) or columns ([H, L]). */
function addProduct(
  matrix: Float32Array,
  map: Float32Array,
  field: SmoothField,
  shape: { readonly width: number; readonly levels: number; readonly axis: "rows" | "columns" },
): void {
  const { features, start, levels, width } = field;
  for (let level = 0; level < levels; level++) {
    for (let unit = 0; unit < shape.width; unit++) {
      let sum = 0;
      for (let i = 0; i < width; i++) {
        const weight = shape.axis === "rows" ? map[i * shape.width + unit]! : map[unit * width + i]!;
        sum += features[level * width + i]! * weight;
      }
      const at = shape.axis === "rows" ? (start + level) * shape.width + unit : unit * shape.levels + start + level;
      matrix[at]! += sum;
    }
  }
}
