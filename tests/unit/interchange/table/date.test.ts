import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dateOfDay, dayNumber } from '#lib/domain/fiscal/iso-date.ts';
import { dateEvidence, type DateDecision } from '#lib/interchange/table/date-order.ts';
import { isMissingDate, readDate } from '#lib/interchange/table/date-text.ts';

test.each([
  '2015-04-01',
  '2015-04-01T00:00:00',
  '2015-04-01T00:00:00.000Z',
  '2015-04-01 13:45',
  '2015/04/01',
  '2015/4/1',
  '2015.04.01',
  '20150401',
  '01-Apr-2015',
  '01-Apr-15',
  '1 April 2015',
  '1st April, 2015',
  'Wed 1 Apr 2015',
  'April 1, 2015',
  'Apr 1 2015',
  '1. April 2015',
  '1 avr. 2015',
  '1 de abril de 2015',
  '1 aprile 2015',
  '2015 Apr 1',
  '42095',
  '42095.5',
])('X8: %s says its order itself', (text) => {
  expect([readDate(text, 'dmy'), readDate(text, 'mdy'), readDate(text, 'ymd')]).toEqual(Array(3).fill('2015-04-01'));
});

test.each([
  ['01/04/2015', '2015-04-01', '2015-01-04'],
  ['1/4/15', '2015-04-01', '2015-01-04'],
  ['01.04.2015', '2015-04-01', '2015-01-04'],
  ['1. 4. 2015', '2015-04-01', '2015-01-04'],
  ['01-04-2015 00:00', '2015-04-01', '2015-01-04'],
  ['01/04/2015 12:00:00 AM', '2015-04-01', '2015-01-04'],
  ['Wed 01/04/2015', '2015-04-01', '2015-01-04'],
  ['13/04/2015', '2015-04-13', undefined],
  ['04/13/2015', undefined, '2015-04-13'],
  ['01042015', '2015-04-01', '2015-01-04'],
  ['01/04/99', '1999-04-01', '1999-01-04'],
] as const)('X8: %s is read in the order asked for', (text, dmy, mdy) => {
  expect([readDate(text, 'dmy'), readDate(text, 'mdy')]).toEqual([dmy, mdy]);
});

test.each(['31/02/2015', '2015-02-29', '01/13/0215', 'Apr 2015', '12345', '1200.50', 'soon', '2015-04', '1/4'])(
  'X8: %s is no date',
  (text) => {
    expect([readDate(text, 'dmy'), isMissingDate(text)]).toEqual([undefined, false]);
  },
);

test.each([
  ...['', '  ', '00:00:00', '00:00', '12:30 PM', '########', '#N/A', '#VALUE!', '-', 'N/A', 'n/a', 'NULL', 'None', '0'],
  ...['00/00/0000', '0000-00-00', '00/01/1900', '1900-01-00', '30/12/1899', '1899-12-30', '1900-01-00 00:00:00', 'TBC'],
])('X8: "%s" stands where a date is missing or was destroyed', (text) => {
  expect(isMissingDate(text)).toBe(true);
});

test.each(['01/04/2015', '2015-04-01', '42095', '1 Jan 2000', '2000-01-01'])('X8: %s is not missing', (text) => {
  expect(isMissingDate(text)).toBe(false);
});

function decide(...cells: readonly string[]): DateDecision {
  const evidence = dateEvidence();
  for (const cell of cells) evidence.add(cell);
  return evidence.decide();
}

test('X7: one day above twelve decides the whole column', () => {
  expect(decide('03/04/2015', '05/04/2015', '13/04/2015')).toEqual({ kind: 'decided', order: 'dmy', against: 0 });
  expect(decide('03/04/2015', '05/04/2015', '04/13/2015')).toEqual({ kind: 'decided', order: 'mdy', against: 0 });
});

test('X7: dates that say their order, or read the same in both, need no decision', () => {
  expect(decide('2015-04-03', '1 May 2015')).toMatchObject({ kind: 'decided' });
  expect(decide('04/04/2015', '05/05/2015')).toMatchObject({ kind: 'decided' });
  expect(decide('1/4/15', '13/4/15', '1/6/15')).toMatchObject({ kind: 'decided', order: 'dmy' });
});

test('X7: two-digit years in front are thought of where the other reading would cover decades', () => {
  expect(decide('15/04/03', '15/04/29')).toEqual({
    kind: 'ambiguous',
    orders: ['ymd', 'dmy'],
    samples: [
      { text: '15/04/03', readings: ['2015-04-03', '2003-04-15'] },
      { text: '15/04/29', readings: ['2015-04-29', '2029-04-15'] },
    ],
  });
});

test('X7: a column that does not decide is asked about with both readings, the closer dates first', () => {
  expect(decide('01/03/2015', '02/03/2015', '12/03/2015')).toEqual({
    kind: 'ambiguous',
    orders: ['dmy', 'mdy'],
    samples: [
      { text: '01/03/2015', readings: ['2015-03-01', '2015-01-03'] },
      { text: '02/03/2015', readings: ['2015-03-02', '2015-02-03'] },
      { text: '12/03/2015', readings: ['2015-03-12', '2015-12-03'] },
    ],
  });
  expect(decide('03/01/2015', '03/02/2015', '03/12/2015')).toMatchObject({ orders: ['mdy', 'dmy'] });
});

test('X7: a column that holds both orders is asked about; one slip among many is not', () => {
  expect(decide('13/04/2015', '04/14/2015')).toMatchObject({ kind: 'ambiguous' });
  const many = Array.from({ length: 15 }, (_, i) => `${i + 13}/04/2015`);
  expect(decide(...many, '04/14/2015')).toEqual({ kind: 'decided', order: 'dmy', against: 1 });
});

test('X7: a column without any date has no order', () => {
  expect(decide('00:00:00', '00:00:00', '')).toEqual({ kind: 'no-dates' });
});

const day = fc.integer({ min: dayNumber('1970-01-01'), max: dayNumber('2069-12-31') });

test('X8: every day survives every way of writing it', () => {
  fc.assert(
    fc.property(day, (number) => {
      const date = dateOfDay(number);
      const [year = '', month = '', dayOfMonth = ''] = date.split('-');
      for (const mark of ['/', '-', '.', ' ']) {
        expect(readDate([dayOfMonth, month, year].join(mark), 'dmy')).toBe(date);
        expect(readDate([month, dayOfMonth, year].join(mark), 'mdy')).toBe(date);
        expect(readDate([year, month, dayOfMonth].join(mark), 'dmy')).toBe(date);
        expect(readDate([dayOfMonth, month, year.slice(2)].join(mark), 'dmy')).toBe(date);
      }
    }),
  );
});

test('X7: a decided order reads every date of a column written in it', () => {
  fc.assert(
    fc.property(fc.array(day, { minLength: 1, maxLength: 30 }), fc.boolean(), (days, dayFirst) => {
      const dates = days.map(dateOfDay);
      const texts = dates.map((date) => {
        const [year = '', month = '', dayOfMonth = ''] = date.split('-');
        return dayFirst ? `${dayOfMonth}/${month}/${year}` : `${month}/${dayOfMonth}/${year}`;
      });
      const decision = decide(...texts);
      if (decision.kind !== 'decided') return;
      expect(texts.map((text) => readDate(text, decision.order))).toEqual(dates);
    }),
  );
});
