import { expect, test } from 'vitest';
import { historyOf } from '../../../../src/routes/expenses/history.ts';
import { captured, posted, takenBack } from './listed.ts';

const at = (hour: number): string => `2027-03-06T${String(hour).padStart(2, '0')}:00:00.000Z`;

function takeBack(entry: ReturnType<typeof posted>, hour: number, reason: string) {
  const id = `${entry.entry?.id ?? ''}-back`;
  return takenBack(entry, { id, period: '2027-03', reason, postedAt: at(hour), postedBy: 'ines' });
}

test('an expense that was posted, returned, posted again and reversed says so, the latest first', () => {
  const first = posted({}, { id: 'one', generation: 1, postedAt: at(1) });
  const second = posted({}, { id: 'two', generation: 2, postedAt: at(3) });
  const rows = [
    captured({}, { state: 'unposted' }),
    first,
    takeBack(first, 2, 'no receipt'),
    second,
    takeBack(second, 4, 'paid twice'),
  ];
  expect(historyOf(rows).map((step) => [step.kind, 'reason' in step ? step.reason : ''])).toEqual([
    ['reversed', 'paid twice'],
    ['posted', ''],
    ['returned', 'no receipt'],
    ['posted', ''],
    ['captured', ''],
  ]);
});

test('what waits in the inbox again after a return was returned, not reversed', () => {
  const first = posted({}, { id: 'one', postedAt: at(1) });
  const rows = [captured({}, { state: 'returned' }), first, takeBack(first, 2, 'no receipt')];
  expect(historyOf(rows).map(({ kind }) => kind)).toEqual(['returned', 'posted', 'captured']);
});

test('a re-coding is one step, and says what it is booked to now', () => {
  const first = posted({ categoryId: 'cloud' }, { id: 'one', generation: 1, postedAt: at(1) });
  const second = posted({ categoryId: 'saas' }, { id: 'two', generation: 2, postedAt: at(2) });
  const [latest, ...earlier] = historyOf([first, takeBack(first, 2, 'another team'), second]);
  expect(latest).toMatchObject({ kind: 'recoded', reason: 'another team', entry: { categoryId: 'saas' } });
  expect(earlier.map(({ kind }) => kind)).toEqual(['posted']);
});

test('an imported expense names its import', () => {
  expect(historyOf([captured({ batchId: 'b1' })])).toMatchObject([{ kind: 'imported', expense: { batchId: 'b1' } }]);
});
