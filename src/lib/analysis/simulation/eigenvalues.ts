/**
 * Eigenvalues and eigenvectors of a symmetric matrix, by the cyclic method of Jacobi (1846) as H. Rutishauser gives it
 * (Numerische Mathematik 9, 1966). A few dozen lines, against a matrix package of a megabyte for this one use.
 */
export interface Eigen {
  readonly values: Float64Array;
  /** One vector in each column, row after row. */
  readonly vectors: Float64Array;
}

/** `matrix` has `size` rows, one after the other; it is not changed. */
export function eigenOf(matrix: Float64Array, size: number): Eigen {
  const a = Float64Array.from(matrix);
  const vectors = Float64Array.from(matrix, (_, at) => (Math.floor(at / size) === at % size ? 1 : 0));
  for (let sweep = 0; sweep < 60 && sizeOffDiagonal(a, size) > 1e-22; sweep += 1) {
    for (let p = 0; p < size; p += 1) {
      for (let q = p + 1; q < size; q += 1) if (a[p * size + q] !== 0) rotate(a, vectors, size, p, q);
    }
  }
  return { values: Float64Array.from({ length: size }, (_, at) => a[at * size + at]!), vectors };
}

function sizeOffDiagonal(a: Float64Array, size: number): number {
  return a.reduce((sum, value, at) => (Math.floor(at / size) === at % size ? sum : sum + value * value), 0);
}

/** Turns the axes `p` and `q` so that they no longer meet. */
function rotate(a: Float64Array, vectors: Float64Array, size: number, p: number, q: number): void {
  const theta = (a[q * size + q]! - a[p * size + p]!) / (2 * a[p * size + q]!);
  const tangent = Math.sign(theta || 1) / (Math.abs(theta) + Math.hypot(theta, 1));
  const cosine = 1 / Math.hypot(tangent, 1);
  const sine = tangent * cosine;
  for (const rows of [a, vectors]) {
    for (let row = 0; row < size; row += 1) turn(rows, row * size + p, row * size + q);
  }
  for (let column = 0; column < size; column += 1) turn(a, p * size + column, q * size + column);

  function turn(cells: Float64Array, one: number, other: number): void {
    const [x, y] = [cells[one]!, cells[other]!];
    cells[one] = cosine * x - sine * y;
    cells[other] = sine * x + cosine * y;
  }
}
