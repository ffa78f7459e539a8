import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { FiscalCalendar } from '#lib/domain/fiscal/calendar.ts';
import { periodByKey } from '#lib/domain/fiscal/period.ts';
import { currencies } from '#lib/domain/money/currency.ts';
import { parseLogEntry } from '#lib/governance/replay.ts';
import { EMPTY_LOG } from '#lib/governance/decision-log.ts';
import { entriesOf, foundWorkspace, postOf, TestDecider } from '#tests/support/decide.ts';
import { makeExpense } from '#tests/support/make-expense.ts';
import { makeLogEntry } from '#tests/support/make-log.ts';

const calendar: fc.Arbitrary<FiscalCalendar> = fc.oneof(
  fc.record({
    pattern: fc.constant('months' as const),
    startMonth: fc.integer({ min: 1, max: 12 }),
    namedBy: fc.constantFrom('start' as const, 'end' as const),
  }),
  fc.record({
    pattern: fc.constantFrom('4-4-5' as const, '4-5-4' as const, '5-4-4' as const, '13x4' as const),
    endMonth: fc.integer({ min: 1, max: 12 }),
    endWeekday: fc.integer({ min: 0, max: 6 }),
    endRule: fc.constantFrom('last' as const, 'nearest' as const),
    namedBy: fc.constantFrom('start' as const, 'end' as const),
  }),
);
const date = fc.oneof(
  fc.constantFrom('1900-01-01', '1900-12-31', '2999-12-31', '2999-01-01', '2028-02-29', null, '2027-02-29', ''),
  fc
    .date({ min: new Date('1900-01-01'), max: new Date('2999-12-31'), noInvalidDate: true })
    .map((day) => day.toISOString().slice(0, 10)),
);
const currency = fc.constantFrom('EUR', 'USD', 'XXX', 'eur', ...currencies.map(({ code }) => code));
const rateText = fc.constantFrom('1', '0.000000001', '999999999999999', '0.3333333333333333333333333333');

test('G1, G5, G6: whatever can be understood is decided, and what is decided can be kept and read', () => {
  fc.assert(
    fc.property(calendar, date, currency, rateText, fc.maxSafeInteger(), (of, on, code, rate, amount) => {
      const decider = new TestDecider();
      decider.must({ ...foundWorkspace, calendar: of } as typeof foundWorkspace);
      decider.give({ kind: 'set-rates', rates: [{ from: code, to: 'EUR', rate, date: '1900-01-01', source: '' }] });
      const kind = amount < 0 ? 'credit' : 'expense';
      const command = postOf([{ ...makeExpense({ kind, date: on }), currency: code, amount }], {
        undatedAs: '1900-01-01',
      });
      const decided = decider.give(command);
      if (!decided.ok) return;
      const [entry] = decider.ledger;
      const period = periodByKey(of, entry?.period ?? '');
      const counted = on ?? '1900-01-01';
      expect(period && period.start <= counted && counted <= period.end).toBe(true);
      const logged = makeLogEntry(EMPTY_LOG, command, decided.value);
      expect(parseLogEntry(JSON.parse(JSON.stringify(logged)))).toEqual(logged);

      const reversed = decider.must({ kind: 'reverse', entries: decider.ledger, reason: 'Wrong' });
      expect(reversed.flatMap(entriesOf)).toMatchObject([{ baseAmount: 0 - (entry?.baseAmount ?? 0) }]);
    }),
    { numRuns: 500 },
  );
});
