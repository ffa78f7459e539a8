import { expect, test } from 'vitest';
import { dateQuestion, decimalQuestion } from '../../../../src/routes/import/questions.ts';

const decided = {
  date: { kind: 'decided', order: 'dmy', against: 0 },
  decimal: { kind: 'decided', mark: ',' },
  spending: 'positive',
  currency: 'EUR',
  rows: 2,
} as const;

test('a column that tells is not asked about', () => {
  expect(dateQuestion(decided, 'en-GB')).toBeNull();
  expect(decimalQuestion(decided, 'en-GB')).toBeNull();
});

test('dates that can be read two ways are shown as each way reads them, the likelier first', () => {
  const question = dateQuestion(
    {
      ...decided,
      date: {
        kind: 'ambiguous',
        orders: ['mdy', 'dmy'],
        samples: [{ text: '03/04/2026', readings: ['2026-03-04', '2026-04-03'] }],
      },
    },
    'en-GB',
  );
  expect(question?.samples).toEqual(['03/04/2026']);
  expect(question?.readings).toEqual([
    { value: 'mdy', label: 'Month, day, year', makes: ['4 March 2026'] },
    { value: 'dmy', label: 'Day, month, year', makes: ['3 April 2026'] },
  ]);
});

test('amounts that can be read two ways are shown in their currency, and what is no amount as nothing', () => {
  const question = decimalQuestion(
    {
      decimal: { kind: 'ambiguous', marks: [',', '.'], samples: [{ text: '1.234', readings: [123_400, null] }] },
      currency: 'EUR',
    },
    'en-GB',
  );
  const made = question?.readings.map(({ makes }) => makes.map((text) => text?.replaceAll(/\s/g, ' ') ?? null));
  expect(made).toEqual([['EUR 1,234.00'], [null]]);
});
