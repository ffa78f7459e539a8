/** Small linear systems with a symmetric, positive matrix: the normal equations of least squares. */

/**
 * Solves A x = b by Cholesky factors. `matrix` is n by n, row by row, and is overwritten; so is `right`, which holds x
 * afterwards. False where A is not positive: a column says nothing that the others do not say.
 */
export function solvePositive(matrix: Float64Array, right: Float64Array, n: number): boolean {
  for (let row = 0; row < n; row += 1) {
    for (let column = 0; column <= row; column += 1) {
      let sum = matrix[row * n + column]!;
      for (let k = 0; k < column; k += 1) sum -= matrix[row * n + k]! * matrix[column * n + k]!;
      if (row === column) {
        if (!(sum > 1e-10 * (matrix[row * n + row]! + 1e-300))) return false;
        matrix[row * n + row] = Math.sqrt(sum);
      } else matrix[row * n + column] = sum / matrix[column * n + column]!;
    }
  }
  for (let row = 0; row < n; row += 1) {
    let sum = right[row]!;
    for (let k = 0; k < row; k += 1) sum -= matrix[row * n + k]! * right[k]!;
    right[row] = sum / matrix[row * n + row]!;
  }
  for (let row = n - 1; row >= 0; row -= 1) {
    let sum = right[row]!;
    for (let k = row + 1; k < n; k += 1) sum -= matrix[k * n + row]! * right[k]!;
    right[row] = sum / matrix[row * n + row]!;
  }
  return true;
}
