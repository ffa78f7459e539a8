/** Seeded random numbers (sfc32, from PractRand by Chris Doty-Humphrey): the same seed always tells the same story. */
export interface Random {
  /** A float in [0, 1). */
  next(): number;
  /** An integer from `low` to `high`, both inclusive. */
  between(low: number, high: number): number;
  pick<T>(items: readonly T[]): T;
  /** An id of the form `newId` makes. */
  id(): string;
}

export function seededRandom(seed: number): Random {
  let a = 0x9e3779b9 ^ seed;
  let b = 0x243f6a88;
  let c = 0xb7e15162;
  let counter = 1;
  function word(): number {
    const sum = (a + b + counter++) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    return sum >>> 0;
  }
  for (let i = 0; i < 12; i++) word();
  const next = (): number => word() / 4294967296;
  const between = (low: number, high: number): number => low + Math.floor(next() * (high - low + 1));
  const pick = <T>(items: readonly T[]): T => items[between(0, items.length - 1)] as T;
  const letters = '0123456789abcdefghjkmnpqrstvwxyz';
  const id = (): string => Array.from({ length: 20 }, () => letters.charAt(word() & 31)).join('');
  return { next, between, pick, id };
}
