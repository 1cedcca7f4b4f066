import { tf } from "../../runtime/tf.js";

/** Some columns of a matrix of rows: themselves, [rows, columns], or, where every row is one-hot, the place of its 1. */
export type Part =
  | { readonly kind: "columns"; readonly values: tf.Tensor2D }
  | { readonly kind: "places"; readonly places: tf.Tensor1D; readonly columns: number };

/** Columns as a part. */
export function columns(values: tf.Tensor2D): Part {
  return { kind: "columns", values };
}

/** One-hot rows as a part: int32 places [rows] among `columns`. */
export function places(at: tf.Tensor1D, width: number): Part {
  return { kind: "places", places: at, columns: width };
}

/** A part as columns, [rows, columns]. */
export function oneHotOf(part: Part): tf.Tensor2D {
  if (part.kind === "columns") return part.values;
  return tf.oneHot(part.places, part.columns, 1, 0, "float32") as tf.Tensor2D;
}

/**
 * [parts side by side] x weight + bias, the products added up instead of the parts put together; one-hot parts look up
 * rows of the weight.
 *
 * @param weight [columns of all parts, units]
 * @param bias [units]
 */
export function productOfParts(parts: readonly Part[], weight: tf.Tensor2D, bias: tf.Tensor): tf.Tensor2D {
  const weights = tf.split(weight, parts.map(widthOf), 0);
  const lookedUp = parts.findIndex(({ kind }) => kind === "places");
  // The bias rides on the smaller operand: the table of rows, else a product's third operand.
  const table = lookedUp < 0 ? undefined : tf.add(weights[lookedUp]!, bias);
  let total: tf.Tensor | undefined = table === undefined ? bias : undefined;
  const plus = (term: tf.Tensor): void => {
    total = total === undefined ? term : tf.add(term, total);
  };
  parts.forEach((part, index) => {
    if (part.kind === "places") plus(tf.gather(index === lookedUp ? table! : weights[index]!, part.places));
  });
  parts.forEach((part, index) => {
    if (part.kind === "columns") plus(tf.matMul(part.values, weights[index]!));
  });
  return total as unknown as tf.Tensor2D; // [rows, units]
}

function widthOf(part: Part): number {
  return part.kind === "columns" ? part.values.shape[1] : part.columns;
}
