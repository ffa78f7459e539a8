import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseGivenCommand } from '#lib/governance/parse-command.ts';
import { entriesInParts, MAX_COMMAND_BYTES, postInParts, utf8Length } from '#lib/governance/parts.ts';
import { DECIDED_AT } from '#tests/support/decide.ts';
import { makeEntry } from '#tests/support/make-entry.ts';
import { makeExpense } from '#tests/support/make-expense.ts';

const terms = { generations: {}, batch: null, undatedAs: null };

test('G22: 1,000 small expenses are posted in parts that are sent whole', () => {
  const expenses = Array.from({ length: 1000 }, (_, i) => makeExpense({ id: `expense-${i}` }));
  const parts = postInParts(expenses, terms);
  expect(parts.flatMap((part) => part.expenses)).toEqual(expenses);
  for (const command of parts) {
    const given = { id: 'x'.repeat(64), command, by: 'y'.repeat(64), at: DECIDED_AT };
    expect(parseGivenCommand(given).ok).toBe(true);
  }
  expect(postInParts([], terms)).toEqual([]);
});

test('G22: each part names the generations of its own expenses', () => {
  const expenses = ['a', 'b'].map((id) => makeExpense({ id, description: 'x'.repeat(8000) }));
  const [part] = postInParts(expenses, { ...terms, generations: { b: 2, other: 7 } });
  expect(part?.generations).toEqual({ b: 2 });
});

test('G22: parts keep the order, hold at most 500 and fit, whatever the expenses are like', () => {
  const text = fc.string({ unit: 'grapheme', maxLength: 300 });
  const many = fc.array(fc.record({ description: text, count: fc.integer({ min: 1, max: 400 }) }), { maxLength: 10 });
  fc.assert(
    fc.property(many, (piles) => {
      const expenses = piles.flatMap(({ description, count }, pile) =>
        Array.from({ length: count }, (_, i) => makeExpense({ id: `e${pile}-${i}`, description })),
      );
      const generations = Object.fromEntries(expenses.map(({ id }) => [id, 1_000_000]));
      const parts = postInParts(expenses, { ...terms, generations });
      expect(parts.flatMap((part) => part.expenses)).toEqual(expenses);
      for (const part of parts) {
        expect(part.expenses.length).toBeLessThanOrEqual(500);
        expect(utf8Length(JSON.stringify(part))).toBeLessThan(MAX_COMMAND_BYTES - 1024);
      }
    }),
    { numRuns: 10 },
  );
});

test('G22: entries to correct are grouped likewise', () => {
  const entries = Array.from({ length: 700 }, (_, i) => makeEntry(makeExpense({ id: `e${i}` })));
  const groups = entriesInParts(entries);
  expect(groups.flat()).toEqual(entries);
  for (const group of groups) expect(utf8Length(JSON.stringify(group))).toBeLessThan(MAX_COMMAND_BYTES);
});
