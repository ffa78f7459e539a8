/**
 * Random numbers that come out the same for everybody who has the seed.
 *
 * Sources: sfc32, C. Doty-Humphrey, PractRand 0.95 (`RNGs/sfc.cpp`); splitmix64, G. Steele, D. Lea and C. Flood, "Fast
 * splittable pseudorandom number generators", OOPSLA 2014, with S. Vigna's constants. Written here because the packages
 * that are kept (pure-rand) draw from one long sequence at three quarters of the speed, and `Math.random` takes no seed.
 */

/** A whole number from 0 to 2^32 - 1, another at every call. */
export type Random = () => number;

/** The generator "small fast counting" from its whole state: three words and a counter. */
export function sfc32(a: number, b: number, c: number, counter: number): Random {
  return () => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return sum >>> 0;
  };
}

/** 64 bits at every call; only for seeding, for it is slow here. */
export function splitmix64(state: bigint): () => bigint {
  return () => {
    state = BigInt.asUintN(64, state + 0x9e3779b97f4a7c15n);
    let mixed = state;
    mixed = BigInt.asUintN(64, (mixed ^ (mixed >> 30n)) * 0xbf58476d1ce4e5b9n);
    mixed = BigInt.asUintN(64, (mixed ^ (mixed >> 27n)) * 0x94d049bb133111ebn);
    return mixed ^ (mixed >> 31n);
  };
}

/**
 * The stream of its own that a seed and a path of whole numbers lead to, such as what it is drawn for, the replicate and
 * the chunk. Two places never share a stream, so whoever draws first changes nothing for the other.
 */
export function streamOf(seed: number, ...place: readonly number[]): Random {
  let state = BigInt(seed);
  for (const step of place) state = splitmix64(state)() ^ BigInt(step);
  const next = splitmix64(state);
  const [first, second] = [next(), next()];
  const random = sfc32(lowWord(first), lowWord(first >> 32n), lowWord(second), 1);
  for (let round = 0; round < 12; round += 1) random();
  return random;
}

/** From 0 to 1 and never either: the middle of one of 2^32 equal parts. */
export function toUnit(word: number): number {
  return (word + 0.5) / 4294967296;
}

function lowWord(bits: bigint): number {
  return Number(BigInt.asIntN(32, bits));
}
