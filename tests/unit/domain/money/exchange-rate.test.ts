import fc from 'fast-check';
import { expect, test } from 'vitest';
import { convert, isExchangeRate, isRate, rateOn, type ExchangeRate } from '#lib/domain/money/exchange-rate.ts';
import { minorDigits } from '#lib/domain/money/currency.ts';
import { currencyCodes, minorUnits } from '#tests/unit/domain/money/arbitraries.ts';

const quote = (from: string, to: string, rate: string, date: string, source = 'ECB'): ExchangeRate => ({
  from,
  to,
  rate,
  date,
  source,
});

test('M9: 100.00 EUR at 1.0850 are 108.50 USD, and 1,000 JPY at 0.00618 are 6.18 EUR', () => {
  expect(convert(10_000, 'EUR', 'USD', '1.0850')).toEqual({ ok: true, value: 10_850 });
  expect(convert(1000, 'JPY', 'EUR', '0.00618')).toEqual({ ok: true, value: 618 });
  expect(convert(1234, 'KWD', 'JPY', '487.25')).toEqual({ ok: true, value: 601 }); // 1.234 x 487.25 = 601.2665
});

test('M9: a tie goes to the even cent, once', () => {
  expect(convert(1, 'EUR', 'USD', '0.5')).toEqual({ ok: true, value: 0 });
  expect(convert(3, 'EUR', 'USD', '0.5')).toEqual({ ok: true, value: 2 });
  expect(convert(-3, 'EUR', 'USD', '0.5')).toEqual({ ok: true, value: -2 });
  expect(convert(-1, 'EUR', 'USD', '0.5')).toEqual({ ok: true, value: 0 });
  // A floating number would have lost the last digit and seen a tie.
  expect(convert(100, 'EUR', 'USD', '1.0050000000000000001')).toEqual({ ok: true, value: 101 });
});

test('M3, M9: what would pass the limit is refused', () => {
  expect(convert(Number.MAX_SAFE_INTEGER, 'EUR', 'USD', '1.1')).toEqual({
    ok: false,
    error: { kind: 'too-large', currency: 'USD' },
  });
});

test('M9: a converted amount is less than half a minor unit, or exactly that, from the exact one', () => {
  const rates = fc
    .tuple(fc.nat({ max: 99_999 }), fc.nat({ max: 99_999_999 }))
    .map(([a, b]) => `${a}.${String(b).padStart(8, '0')}`);
  fc.assert(
    fc.property(minorUnits, currencyCodes, currencyCodes, rates.filter(isRate), (amount, from, to, rate) => {
      const converted = convert(amount, from, to, rate);
      if (!converted.ok) return;
      const scale = 10n ** BigInt(8 + minorDigits(from));
      const exact = BigInt(amount) * BigInt(rate.replace('.', '')) * 10n ** BigInt(minorDigits(to));
      const twiceError = 2n * (BigInt(converted.value) * scale - exact);
      expect(twiceError <= scale && -twiceError <= scale).toBe(true);
      if (twiceError === scale || -twiceError === scale) expect(Math.abs(converted.value % 2)).toBe(0);
    }),
  );
});

test('M10: a rate is plain positive decimal text between two known currencies', () => {
  for (const rate of ['1', '0.00618', '160.5', '000.1']) expect(isRate(rate)).toBe(true);
  for (const rate of ['0', '0.00', '-1', '1e3', '1,5', '.5', '5.', '', ' 1', '1'.repeat(16), 1.5, null])
    expect(isRate(rate)).toBe(false);
  expect(isExchangeRate(quote('EUR', 'USD', '1.08', '2027-01-04'))).toBe(true);
  expect(isExchangeRate(quote('EUR', 'EUR', '1', '2027-01-04'))).toBe(false);
  expect(isExchangeRate(quote('EUR', 'XXX', '1', '2027-01-04'))).toBe(false);
  expect(isExchangeRate(quote('EUR', 'USD', '1.08', '2027-02-30'))).toBe(false);
  for (const other of [null, 'EUR', {}, []]) expect(isExchangeRate(other)).toBe(false);
  expect(() => convert(1, 'EUR', 'USD', 'x')).toThrow('x is not a rate');
});

const january = [
  quote('EUR', 'USD', '1.08', '2027-01-04'),
  quote('EUR', 'USD', '1.10', '2027-01-11'),
  quote('EUR', 'USD', '1.09', '2027-01-11', 'ECB, corrected'),
  quote('EUR', 'GBP', '0.85', '2027-01-05'),
];

test('M11: the latest on or before the day, never a later one', () => {
  expect(rateOn(january, 'EUR', 'USD', '2027-01-03')).toBeUndefined();
  expect(rateOn(january, 'EUR', 'USD', '2027-01-04')?.rate).toBe('1.08');
  expect(rateOn(january, 'EUR', 'USD', '2027-01-10')?.rate).toBe('1.08');
  expect(rateOn(january, 'EUR', 'USD', '2028-01-01')).toEqual({ ...january[2], quotes: [january[2]] });
});

test('M11, M12: a pair quoted the other way round is turned over', () => {
  expect(rateOn(january, 'USD', 'EUR', '2027-01-04')).toEqual({
    from: 'USD',
    to: 'EUR',
    rate: '0.92592592592592592593',
    date: '2027-01-04',
    source: 'ECB: 1/(EUR/USD)',
    quotes: [january[0]],
  });
  const both = [quote('EUR', 'USD', '1.25', '2027-01-04'), quote('USD', 'EUR', '0.9', '2027-01-04')];
  expect(rateOn(both, 'USD', 'EUR', '2027-01-04')?.rate).toBe('0.9');
  expect(rateOn([...both, quote('EUR', 'USD', '1.25', '2027-01-05')], 'USD', 'EUR', '2027-01-06')?.rate).toBe('0.8');
});

test('M12: pounds for dollars go through euros, and say so', () => {
  expect(rateOn(january, 'USD', 'GBP', '2027-01-11')).toEqual({
    from: 'USD',
    to: 'GBP',
    rate: '0.77981651376146788991', // 0.85 / 1.09
    date: '2027-01-05',
    source: 'ECB, corrected, ECB: 1/(EUR/USD) x EUR/GBP',
    quotes: [january[2], january[3]],
  });
  expect(rateOn(january, 'USD', 'GBP', '2027-01-04')).toBeUndefined();
});

test('M12: of two ways across the fresher counts, and there is no third leg', () => {
  const quotes = [
    quote('CHF', 'EUR', '1.05', '2027-01-04'),
    quote('EUR', 'GBP', '0.85', '2027-01-04'),
    quote('CHF', 'USD', '1.12', '2027-01-06'),
    quote('USD', 'GBP', '0.78', '2027-01-05'),
    quote('GBP', 'SEK', '13.1', '2027-01-04'),
  ];
  expect(rateOn(quotes, 'CHF', 'GBP', '2027-01-07')?.source).toBe('ECB: CHF/USD x USD/GBP');
  expect(rateOn(quotes, 'CHF', 'GBP', '2027-01-04')?.source).toBe('ECB: CHF/EUR x EUR/GBP');
  expect(rateOn(quotes, 'CHF', 'SEK', '2027-01-07')).toBeUndefined();
});

test('M12: within one currency the rate is 1 on any day', () => {
  const rate = rateOn([], 'EUR', 'EUR', '2027-01-01');
  expect(rate).toMatchObject({ rate: '1', date: '2027-01-01', quotes: [] });
  expect(convert(1234, 'EUR', 'EUR', rate?.rate ?? '')).toEqual({ ok: true, value: 1234 });
});

const dates = fc.integer({ min: 1, max: 28 }).map((day) => `2027-01-${String(day).padStart(2, '0')}`);
const codes = fc.constantFrom('EUR', 'USD', 'GBP', 'CHF');
const quotes = fc.array(
  fc
    .tuple(codes, codes, fc.integer({ min: 1, max: 100_000 }), dates)
    .filter(([from, to]) => from !== to)
    .map(([from, to, rate, date]) => quote(from, to, String(rate / 1000), date)),
  { maxLength: 12 },
);

test('M11, M12: a rate found is a rate, made of quotes of that day or before, as plain search finds it', () => {
  fc.assert(
    fc.property(quotes, codes, codes, dates, (all, from, to, date) => {
      const found = rateOn(all, from, to, date);
      if (from === to) return;
      const held = all.filter((q) => q.date <= date);
      const pair = held.filter((q) => (q.from === from && q.to === to) || (q.from === to && q.to === from));
      const joins = (a: string, b: string): boolean =>
        held.some((q) => (q.from === a && q.to === b) || (q.from === b && q.to === a));
      const crossed = ['EUR', 'USD', 'GBP', 'CHF'].some(
        (c) => c !== from && c !== to && joins(from, c) && joins(c, to),
      );
      expect(found !== undefined).toBe(pair.length > 0 || crossed);
      if (found === undefined) return;
      expect(isExchangeRate(found)).toBe(true);
      expect(found.quotes.every((q) => held.includes(q))).toBe(true);
      if (pair.length > 0)
        expect(found.date).toBe(
          pair
            .map((q) => q.date)
            .sort()
            .at(-1),
        );
    }),
    { numRuns: 500 },
  );
});

test('M12: by a rate turned over and back by the rate is the same amount', () => {
  const quoted = fc.integer({ min: 500, max: 999 }).map((n) => [quote('EUR', 'USD', String(n / 1000), '2027-01-01')]);
  fc.assert(
    fc.property(quoted, fc.integer({ min: -1_000_000_000, max: 1_000_000_000 }), (rates, dollars) => {
      const there = convert(dollars, 'USD', 'EUR', rateOn(rates, 'USD', 'EUR', '2027-02-01')?.rate ?? '');
      const back =
        there.ok && convert(there.value, 'EUR', 'USD', rateOn(rates, 'EUR', 'USD', '2027-02-01')?.rate ?? '');
      expect(back).toEqual({ ok: true, value: dollars });
    }),
  );
});
