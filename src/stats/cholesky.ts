/**
 * Cholesky's factor L of a symmetric positive definite matrix, A = L L', lower triangle row by row, [size, size].
 * @returns undefined where the matrix is not positive definite (to rounding)
 */
export function choleskyFactor(matrix: Float64Array, size: number): Float64Array | undefined {
  const factor = new Float64Array(size * size);
  for (let row = 0; row < size; row++) {
    for (let column = 0; column <= row; column++) {
      let sum = matrix[row * size + column]!;
      for (let k = 0; k < column; k++) sum -= factor[row * size + k]! * factor[column * size + k]!;
      if (row > column) factor[row * size + column] = sum / factor[column * size + column]!;
      else if (sum > 0) factor[row * size + row] = Math.sqrt(sum);
      else return undefined;
    }
  }
  return factor;
}

/** Solves L L' x = `right` in place, [size]. */
export function choleskySolve(factor: Float64Array, right: Float64Array): void {
  const size = right.length;
  for (let row = 0; row < size; row++) {
    let sum = right[row]!;
    for (let k = 0; k < row; k++) sum -= factor[row * size + k]! * right[k]!;
    right[row] = sum / factor[row * size + row]!;
  }
  for (let row = size - 1; row >= 0; row--) {
    const solved = right[row]! / factor[row * size + row]!;
    right[row] = solved;
    for (let k = 0; k < row; k++) right[k] = right[k]! - factor[row * size + k]! * solved;
  }
}
