import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Attempts } from '#server/accounts/attempts.ts';
import { hashPassword, isPassword } from '#server/accounts/password.ts';
import { signedWords } from '#server/accounts/signed-words.ts';

const MINUTE = 60_000;

test('a password is known again, another is not, and its hash says how it was made', async () => {
  const hash = await hashPassword('correct horse battery');
  expect(hash).toMatch(/^scrypt\$32768\$8\$3\$[\w-]{22}\$[\w-]{43}$/);
  expect(await isPassword('correct horse battery', hash)).toBe(true);
  expect(await isPassword('correct horse batterz', hash)).toBe(false);
  expect(await hashPassword('correct horse battery')).not.toBe(hash);
});

test('nobody’s password takes as long to be wrong as somebody’s', async () => {
  const hash = await hashPassword('correct horse battery');
  const timed = async (encoded: string | null): Promise<number> => {
    const began = performance.now();
    expect(await isPassword('wrong horse battery', encoded)).toBe(false);
    return performance.now() - began;
  };
  const [somebody, nobody] = [await timed(hash), await timed(null)];
  expect(nobody).toBeGreaterThan(somebody / 3);
});

test('more hashes than the server has room for are put off, and the rest come out right', async () => {
  const hash = await hashPassword('correct horse battery');
  const all = await Promise.all(Array.from({ length: 30 }, () => isPassword('correct horse battery', hash)));
  expect(all.filter((right) => right === null).length).toBe(4);
  expect(all.filter((right) => right === true).length).toBe(26);
});

test('the sixth wrong password from one place waits until a quarter of an hour is over', () => {
  let now = 0;
  const attempts = new Attempts(() => now);
  for (let attempt = 0; attempt < 5; attempt += 1) expect(attempts.begin('ana', 'a')).toBe(0);
  now = MINUTE;
  expect(attempts.begin('ana', 'a')).toBe(14 * MINUTE);
  expect([attempts.begin('ana', 'b'), attempts.begin('ben', 'a')]).toEqual([0, 0]);
  now = 15 * MINUTE;
  expect(attempts.begin('ana', 'a')).toBe(0);
});

test('what was right does not count', () => {
  const attempts = new Attempts(() => 0);
  for (let attempt = 0; attempt < 100; attempt += 1) {
    expect(attempts.begin('ana', 'a')).toBe(0);
    attempts.takeBack('ana', 'a');
  }
});

test('however they are spread, no name is guessed more than 60 times and no place guesses more than 30 times', () => {
  const places = fc.array(fc.record({ name: fc.nat(3), address: fc.nat(5) }), { minLength: 300, maxLength: 600 });
  fc.assert(
    fc.property(places, (tries) => {
      const attempts = new Attempts(() => 0);
      const heard = tries.filter(({ name, address }) => attempts.begin(`n${name}`, `a${address}`) === 0);
      const most = (of: (each: { name: number; address: number }) => number): number =>
        Math.max(
          ...Map.groupBy(heard, of)
            .values()
            .map((group) => group.length),
        );
      expect(most(({ name }) => name)).toBeLessThanOrEqual(60);
      expect(most(({ address }) => address)).toBeLessThanOrEqual(30);
      expect(most(({ name, address }) => name * 10 + address)).toBeLessThanOrEqual(5);
    }),
    { numRuns: 30 },
  );
});

test('signed words are known again until their time is over, for their purpose only', () => {
  const words = signedWords(new Uint8Array(32));
  const text = words.sign('access', ['s1', 'd1'], 1000, 500);
  expect(words.read('access', text, 1499)).toEqual(['s1', 'd1']);
  expect(words.read('access', text, 1500)).toBeNull();
  expect(words.read('challenge', text, 1499)).toBeNull();
  expect(signedWords(new Uint8Array(32).fill(1)).read('access', text, 1499)).toBeNull();
  expect(words.derive('pkce', text)).not.toBe(words.derive('nonce', text));
});

test('not one character of signed words can be another', () => {
  const words = signedWords(new Uint8Array(32));
  const text = words.sign('access', ['s1', 'd1'], 1000, 500);
  // The last character carries bits that base64url leaves unused.
  fc.assert(
    fc.property(fc.nat(text.length - 2), fc.constantFrom('a', '0', '.', '-'), (at, other) => {
      const changed = text.slice(0, at) + other + text.slice(at + 1);
      if (changed !== text) expect(words.read('access', changed, 1200)).toBeNull();
    }),
  );
});
