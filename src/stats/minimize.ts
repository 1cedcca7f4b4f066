/** A smooth function to be minimised and what is known of its curvature. */
export interface MinimizeTask {
  /** Value at `point`; writes the gradient there, both [size]. */
  evaluate(point: Float64Array, gradient: Float64Array): number;
  /**
   * An approximate inverse of the second derivatives at the point evaluated last, positive definite, as a function that
   * multiplies a vector [size] by it in place.
   */
  makePreconditioner(): (vector: Float64Array) => void;
}

export interface Minimum {
  readonly point: Float64Array;
  readonly iterations: number;
  /** Whether the decrease that is still expected is below a millionth of the value. */
  readonly converged: boolean;
}

interface Step {
  readonly move: Float64Array;
  readonly change: Float64Array;
  /** 1 / (move . change) */
  readonly weight: number;
}

const MEMORY = 10;
/** Iterations that a preconditioner serves. */
const REFRESH = 8;
/** Expected decrease, as a share of the value, at which the point counts as the minimum. */
const TOLERANCE = 1e-6;

/**
 * Minimum of a convex function by L-BFGS with a preconditioner as its first inverse Hessian (Nocedal and Wright 2006,
 * "Numerical Optimization", algorithm 7.4; backtracking to Armijo's condition), which is made anew now and then: one step
 * where it is the exact inverse of a quadratic.
 */
export function minimize(task: MinimizeTask, start: Float64Array, maxIterations: number): Minimum {
  let point: Float64Array = start.slice();
  let gradient: Float64Array = new Float64Array(point.length);
  let value = task.evaluate(point, gradient);
  const steps: Step[] = [];
  let precondition = task.makePreconditioner();
  for (let iteration = 0; iteration < maxIterations; iteration++) {
    if (iteration > 0 && iteration % REFRESH === 0) precondition = task.makePreconditioner();
    const direction = descentDirection(precondition, steps, gradient);
    const slope = dot(direction, gradient);
    if (-slope <= TOLERANCE * (1 + Math.abs(value))) return { point, iterations: iteration, converged: true };
    const next = searchLine(task, point, value, direction, slope);
    if (next === undefined) return { point, iterations: iteration, converged: false };
    const move = subtract(next.point, point);
    const change = subtract(next.gradient, gradient);
    const curvature = dot(move, change);
    if (curvature > 0) steps.push({ move, change, weight: 1 / curvature });
    if (steps.length > MEMORY) steps.shift();
    ({ point, gradient, value } = next);
  }
  return { point, iterations: maxIterations, converged: false };
}

/** Two-loop recursion: minus the inverse Hessian's estimate times the gradient. */
function descentDirection(
  precondition: (vector: Float64Array) => void,
  steps: readonly Step[],
  gradient: Float64Array,
): Float64Array {
  const direction = gradient.map((slope) => -slope);
  const factors: number[] = [];
  for (let at = steps.length - 1; at >= 0; at--) {
    const { move, change, weight } = steps[at]!;
    factors[at] = weight * dot(move, direction);
    addScaled(direction, change, -factors[at]!);
  }
  precondition(direction);
  for (const [at, { move, change, weight }] of steps.entries()) {
    addScaled(direction, move, factors[at]! - weight * dot(change, direction));
  }
  return direction;
}

function searchLine(
  task: MinimizeTask,
  point: Float64Array,
  value: number,
  direction: Float64Array,
  slope: number,
): { point: Float64Array; gradient: Float64Array; value: number } | undefined {
  const gradient = new Float64Array(point.length);
  for (let length = 1; length > 1e-9; length /= 2) {
    const next = point.slice();
    addScaled(next, direction, length);
    const reached = task.evaluate(next, gradient);
    if (reached <= value + 1e-4 * length * slope) return { point: next, gradient, value: reached };
  }
  return undefined;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

function subtract(a: Float64Array, b: Float64Array): Float64Array {
  return a.map((value, i) => value - b[i]!);
}

function addScaled(target: Float64Array, values: Float64Array, factor: number): void {
  for (let i = 0; i < target.length; i++) target[i] = target[i]! + factor * values[i]!;
}
