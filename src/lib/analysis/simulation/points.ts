/**
 * Where in the unit cube paths are drawn: scrambled Sobol, Latin hypercube or plain, a chunk at a time.
 *
 * A chunk is the same whoever draws it and whatever was drawn before, so that chunks may be dealt out to any number of
 * workers. Latin hypercube: M. McKay, R. Beckman and W. Conover, Technometrics 21 (1979).
 */
import { streamOf, toUnit } from './random.ts';
import { fillSobol, scrambled, sobolDimensions, sobolSequence } from './sobol.ts';

export type Sampling = 'sobol' | 'latin-hypercube' | 'plain';

/** Points in each chunk but the last; a power of two. Part of the result: another size would be other plain streams. */
export const chunkSize = 256;

/** What a stream is drawn for. */
const purpose = { scramble: 1, plain: 2, strata: 3 } as const;

export interface PointOptions {
  readonly sampling: Sampling;
  readonly seed: number;
  readonly dimensions: number;
  /** Points of one replicate; only the Latin hypercube depends on how many there are. */
  readonly points: number;
  /** Which of the independent repetitions this is. */
  readonly replicate: number;
}

/** Writes chunk number `chunk`, point after point, and answers how many points it has. */
export type FillChunk = (chunk: number, into: Float64Array) => number;

/** Dimensions beyond those of the Sobol sequence are drawn plainly: how many, 0 for the other kinds. */
export function paddedDimensions({ sampling, dimensions }: Pick<PointOptions, 'sampling' | 'dimensions'>): number {
  return sampling === 'sobol' ? Math.max(0, dimensions - sobolDimensions) : 0;
}

export function pointsOf(options: PointOptions): FillChunk {
  switch (options.sampling) {
    case 'sobol':
      return sobolPoints(options);
    case 'latin-hypercube':
      return latinHypercube(options);
    case 'plain':
      return plainPoints(options, 0);
  }
}

function sobolPoints(options: PointOptions): FillChunk {
  const { seed, dimensions, points, replicate } = options;
  const even = Math.min(dimensions, sobolDimensions);
  const sequence = scrambled(sobolSequence(even), streamOf(seed, purpose.scramble, replicate));
  const fillRest = plainPoints(options, even);
  const words = new Uint32Array(chunkSize * even);
  return (chunk, into) => {
    const count = sizeOf(chunk, points);
    fillSobol(sequence, chunk * chunkSize, count, words, even);
    for (let row = 0; row < count; row += 1) {
      for (let column = 0; column < even; column += 1)
        into[row * dimensions + column] = toUnit(words[row * even + column]!);
    }
    if (even < dimensions) fillRest(chunk, into);
    return count;
  };
}

function plainPoints({ seed, dimensions, points, replicate }: PointOptions, firstColumn: number): FillChunk {
  return (chunk, into) => {
    const random = streamOf(seed, purpose.plain, replicate, chunk);
    const count = sizeOf(chunk, points);
    for (let row = 0; row < count; row += 1) {
      for (let column = firstColumn; column < dimensions; column += 1)
        into[row * dimensions + column] = toUnit(random());
    }
    return count;
  };
}

/** In every dimension one point in each of as many equal parts as there are points. */
function latinHypercube(options: PointOptions): FillChunk {
  const { seed, dimensions, points, replicate } = options;
  const fillWithin = plainPoints(options, 0);
  const parts = Array.from({ length: dimensions }, (_, column) => {
    const random = streamOf(seed, purpose.strata, replicate, column);
    const order = Uint32Array.from({ length: points }, (_each, at) => at);
    for (let last = points - 1; last > 0; last -= 1) {
      const other = Math.floor(toUnit(random()) * (last + 1));
      [order[last], order[other]] = [order[other]!, order[last]!];
    }
    return order;
  });
  return (chunk, into) => {
    const count = fillWithin(chunk, into);
    for (let row = 0; row < count; row += 1) {
      for (let column = 0; column < dimensions; column += 1) {
        const at = row * dimensions + column;
        into[at] = (parts[column]![chunk * chunkSize + row]! + into[at]!) / points;
      }
    }
    return count;
  };
}

function sizeOf(chunk: number, points: number): number {
  return Math.max(0, Math.min(chunkSize, points - chunk * chunkSize));
}
