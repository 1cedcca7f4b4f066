import * as tf from "@tensorflow/tfjs-core";

const LINEAR = 2 * Math.sqrt(2 / Math.PI);
const CUBIC = LINEAR * 0.044715;

/**
 * GELU in its tanh form (Hendrycks and Gimpel 2016, arXiv:1606.08415), any shape: .5 x (1 + tanh(u)) is x sigmoid(2u), which
 * together with a derivative from the same terms takes 13 passes over the data instead of 20.
 */
export function gelu<T extends tf.Tensor>(x: T): T {
  return differentiableGelu(x) as T;
}

const differentiableGelu = tf.customGrad((input, saveTensors) => {
  const x = input as tf.Tensor;
  const save = saveTensors as tf.GradSaveFunc;
  const square = tf.square(x);
  const doubled = tf.mul(x, tf.add(tf.mul(square, CUBIC), LINEAR));
  const gate = tf.sigmoid(doubled);
  const value = tf.mul(x, gate);
  save([square, gate, value]);
  return { value, gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => geluGradient(dy, saved) };
});

/** d/dx x s(v(x)) = s + x s (1 - s) v'(x), where v = LINEAR x + CUBIC x^3. */
function geluGradient(dy: tf.Tensor, saved: readonly tf.Tensor[]): tf.Tensor {
  const [square, gate, value] = saved as [tf.Tensor, tf.Tensor, tf.Tensor];
  const slope = tf.add(tf.mul(square, 3 * CUBIC), LINEAR);
  const curve = tf.mul(tf.sub(value, tf.mul(value, gate)), slope);
  return tf.mul(dy, tf.add(gate, curve));
}
