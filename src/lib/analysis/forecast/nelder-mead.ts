/**
 * Finds the least value of a function of a few numbers without its slope.
 *
 * Source: J. A. Nelder and R. Mead, "A simplex method for function minimization", The Computer Journal 7 (1965), with
 * the usual coefficients (reflection 1, expansion 2, contraction 1/2, shrinking 1/2). Written here because the packages
 * that have it are no longer kept and allocate at every step; a forecast takes thousands of steps.
 */
export interface Minimum {
  readonly at: Float64Array;
  readonly value: number;
}

interface SearchOptions {
  /** How far the first simplex reaches from the start, in every direction. */
  readonly step: number;
  readonly maxEvaluations: number;
  /** Stops when the values of the simplex differ by less than this share of the best one. */
  readonly tolerance: number;
}

/** `f` may return `Infinity` where it is not defined. */
export function minimise(
  f: (at: Float64Array) => number,
  start: readonly number[],
  { step, maxEvaluations, tolerance }: SearchOptions,
): Minimum {
  const size = start.length;
  const points = Array.from({ length: size + 1 }, (_, row) => {
    const point = Float64Array.from(start);
    if (row > 0) point[row - 1] = (point[row - 1] ?? 0) + step;
    return point;
  });
  let simplex: Minimum[] = points.map((at) => ({ at, value: f(at) }));
  let evaluations = size + 1;
  const towards = (from: Float64Array, centre: Float64Array, factor: number): Minimum => {
    const at = centre.map((middle, axis) => middle + factor * ((from[axis] ?? 0) - middle));
    evaluations += 1;
    return { at, value: f(at) };
  };

  for (;;) {
    simplex.sort((a, b) => a.value - b.value);
    const best = simplex[0] as Minimum;
    const worst = simplex[size] as Minimum;
    const isFlat = worst.value - best.value <= tolerance * (Math.abs(best.value) + tolerance);
    if (isFlat || evaluations >= maxEvaluations || size === 0) return best;

    const centre = new Float64Array(size);
    for (const { at } of simplex.slice(0, size)) at.forEach((value, axis) => (centre[axis]! += value / size));
    const reflected = towards(worst.at, centre, -1);
    if (reflected.value < best.value) {
      const expanded = towards(worst.at, centre, -2);
      simplex[size] = expanded.value < reflected.value ? expanded : reflected;
    } else if (reflected.value < (simplex[size - 1] as Minimum).value) {
      simplex[size] = reflected;
    } else {
      const outside = reflected.value < worst.value;
      const contracted = towards(outside ? reflected.at : worst.at, centre, 0.5);
      if (contracted.value < Math.min(reflected.value, worst.value)) simplex[size] = contracted;
      else simplex = [best, ...simplex.slice(1).map(({ at }) => towards(at, best.at, 0.5))];
    }
  }
}
