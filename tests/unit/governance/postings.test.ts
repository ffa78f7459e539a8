import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  bytesOfPostings,
  emptyPostings,
  postingOf,
  postingsFromBytes,
  withPostings,
  type PostingStatus,
} from '#lib/governance/postings.ts';
import { textDigest } from '#lib/governance/digest.ts';

function status(fields: Partial<PostingStatus> = {}): PostingStatus {
  return {
    generation: 1,
    postedAs: 1,
    standing: 'posted',
    content: textDigest('content'),
    digest: textDigest('entry'),
    ...fields,
  };
}

test('G15: an expense stands as it was put last, in a row of 56 bytes', () => {
  let postings = emptyPostings();
  expect(postingOf(postings, 'a')).toBeNull();
  postings = withPostings(postings, [{ expenseId: 'a', status: status() }]);
  postings = withPostings(postings, [
    { expenseId: 'a', status: status({ generation: 2, standing: 'returned' }) },
    { expenseId: 'b', status: status({ generation: 1_000_000, postedAs: 999_999, standing: 'reversed' }) },
  ]);
  expect(postings.size).toBe(2);
  expect(postingOf(postings, 'a')).toEqual(status({ generation: 2, standing: 'returned' }));
  expect(postingOf(postings, 'b')).toMatchObject({ generation: 1_000_000, postedAs: 999_999, standing: 'reversed' });
  expect(bytesOfPostings(postings)).toHaveLength(112);
});

test('G23: postings are read back from their bytes, and bytes of another length are not postings', () => {
  const postings = withPostings(emptyPostings(), [{ expenseId: 'a', status: status() }]);
  const bytes = bytesOfPostings(postings);
  const copy = postingsFromBytes(bytes);
  expect(copy && postingOf(copy, 'a')).toEqual(status());
  expect(postingsFromBytes(bytes.subarray(1))).toBeNull();
  expect(postingsFromBytes(new Uint8Array())?.size).toBe(0);
});

test('G15: a table that grows and is stored and read back is a map from expense to status', () => {
  const step = fc.record({
    id: fc.nat({ max: 400 }),
    generation: fc.integer({ min: 1, max: 1000 }),
    standing: fc.constantFrom('posted' as const, 'returned' as const, 'reversed' as const),
    store: fc.integer({ min: 0, max: 50 }),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 1000, size: 'max' }), (steps) => {
      const model = new Map<string, PostingStatus>();
      let postings = emptyPostings();
      for (const { id, generation, standing, store } of steps) {
        const expenseId = `expense-${id}`;
        const next = status({ generation, standing, content: textDigest(`${id} ${generation}`) });
        model.set(expenseId, next);
        postings = withPostings(postings, [{ expenseId, status: next }]);
        if (store === 0) postings = postingsFromBytes(bytesOfPostings(postings)) ?? emptyPostings();
      }
      expect(postings.size).toBe(model.size);
      for (let id = 0; id <= 400; id += 1) {
        expect(postingOf(postings, `expense-${id}`)).toEqual(model.get(`expense-${id}`) ?? null);
      }
    }),
    { numRuns: 20 },
  );
});
