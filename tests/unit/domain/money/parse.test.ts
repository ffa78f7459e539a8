import fc from 'fast-check';
import { expect, test } from 'vitest';
import { money } from '#lib/domain/money/money.ts';
import { parseAmount, readAmount, type AmountOptions, type AmountReading } from '#lib/domain/money/parse.ts';

/** The minor units that a text means, or the kind of its refusal. */
function read(text: string, currency = 'EUR', options: AmountOptions = {}): number | string {
  const amount = parseAmount(text, currency, options);
  return amount.ok ? amount.value.minor : amount.error.kind;
}

test.each([
  ['1.234,56', 123_456],
  ['1 234,56', 123_456],
  ['1,234.56', 123_456],
  ['(1,200.00)', -120_000],
  ['12k', 1_200_000],
  ['1.5m', 150_000_000],
  ['=12*450', 540_000],
  ['14,99', 1499],
  ['14.99', 1499],
])('M15: %s is what its writer meant', (text, minor) => {
  expect(parseAmount(text, 'EUR')).toEqual({ ok: true, value: money(minor, 'EUR') });
});

test.each([
  ['1\u00a0234,56', 123_456], // no-break space
  ['1\u202f234,56', 123_456], // narrow no-break space
  ['1\u2009234,56', 123_456], // thin space
  ['1’234.56', 123_456],
  ["1'234.56", 123_456],
  ['1´234.56', 123_456],
  ['\u22125', -500], // minus sign
  ['–5', -500],
  ['１２．５０', 1250], // full-width
  ['١٢٣٤٫٥٦', 123_456],
  ['۱٬۲۳۴٫۵۰', 123_450],
  ['१२,३४,५६७.८९', 123_456_789],
  ['\u200e-5', -500], // left-to-right mark
  ['\ufeff5\t', 500],
])('M14: %j is plain once its marks are', (text, minor) => {
  expect(read(text)).toBe(minor);
});

test.each([
  ['12,34,567.89', 123_456_789],
  ['1.234.567', 123_456_700],
  ['1,234,567.8', 123_456_780],
  ['1 234 567', 123_456_700],
  ['.50', 50],
  [',50', 50],
  ['12.', 1200],
  ['007', 700],
])('M15: %s has one reading', (text, minor) => {
  expect(read(text)).toBe(minor);
  expect(read(text, 'EUR', { decimal: ',' })).toBe(minor);
  expect(read(text, 'EUR', { decimal: '.' })).toBe(minor);
});

test.each([
  '1,234,56',
  '12.34.56',
  '1 23',
  '1 234.567,8',
  "1'23",
  '1,2345,678',
  '1.234 567',
  '0.123.456',
  '1..2',
  '1, 2',
])('M15: %s is no numeral', (text) => {
  expect(read(text)).toBe('not-a-number');
});

test('M16: with a hint 1.234 is what the hint says', () => {
  expect(read('1.234', 'EUR', { decimal: ',' })).toBe(123_400);
  expect(read('1,234', 'EUR', { decimal: '.' })).toBe(123_400);
  expect(read('1.234', 'KWD', { decimal: '.' })).toBe(1234);
  expect(read('1,234', 'KWD', { decimal: '.' })).toBe(1_234_000);
  expect(read('1.234', 'EUR', { decimal: '.' })).toBe('too-precise');
});

test('M16: without a hint 1.234 euros are thousands, and the reading says that this was assumed', () => {
  expect(readAmount('1.234', 'EUR')).toEqual({
    ok: true,
    value: { money: money(123_400, 'EUR'), assumedThousands: true, rounded: false } satisfies AmountReading,
  });
  expect(read('1.500', 'EUR')).toBe(150_000);
  expect(read('12,345', 'JPY')).toBe(12_345);
  const sure = readAmount('1.234,00', 'EUR');
  expect(sure.ok && sure.value.assumedThousands).toBe(false);
});

test('M16: where both readings are amounts, it is asked', () => {
  const error = { kind: 'ambiguous', readings: ['1.234', '1234'] };
  expect(parseAmount('1.234', 'KWD')).toEqual({ ok: false, error });
  expect(parseAmount('1.234k', 'EUR')).toEqual({ ok: false, error });
  expect(read('0.234', 'KWD')).toBe(234);
});

test.each([
  ['12k', 1_200_000],
  ['12 K', 1_200_000],
  ['1,5 Mio. €', 150_000_000],
  ['1.5mn', 150_000_000],
  ['2 Mrd EUR', 200_000_000_000],
  ['3bn', 300_000_000_000],
  ['5 k€', 500_000],
  ['5 MEUR', 500_000_000],
  ['-1.2345k', -123_450],
])('M17: %s', (text, minor) => {
  expect(read(text)).toBe(minor);
});

test('M17: a capital K behind kwacha is their sign, a small one is a thousand', () => {
  expect(read('5 K', 'ZMW')).toBe(500);
  expect(read('5 k', 'ZMW')).toBe(500_000);
});

test.each([
  ['=12*450', 540_000],
  ['= 1,200 + 80,50', 'ambiguous'],
  ['=1200+80,50', 128_050],
  ['=(1,200.00+80)*15%', 19_200],
  ['=200+10%', 20_010],
  ['=100/3*3', 10_000],
  ['=10/3', 333],
  ['=-(2-5)', 300],
  ['=--5', 500],
  ['=2-3-4', -500],
  ['=24/2/3', 400],
  ['=12k*4', 4_800_000],
  ['=1 234,50*2', 246_900],
  ['=3×4÷2', 600],
  ['=5%%', 0],
  ['=1/0', 'division-by-zero'],
  ['=5/(2-2)', 'division-by-zero'],
  ['=', 'not-a-number'],
  ['=()', 'not-a-number'],
  ['=2*', 'not-a-number'],
  ['=(2', 'not-a-number'],
  ['=2)', 'not-a-number'],
  ['=2 3', 'not-a-number'],
  ['=2^3', 'not-a-number'],
  ['=A1', 'not-a-number'],
  ['=2kg', 'not-a-number'],
  ['=SUM(1;2)', 'not-a-number'],
  ['=9007199254740991*9007199254740991', 'too-large'],
])('M18: %s', (text, expected) => {
  expect(read(text)).toBe(expected);
});

test('M18: a factor with three decimals needs the hint, and a rounded result says so', () => {
  expect(read('=100*1.075')).toBe('ambiguous');
  expect(read('=100*1.075', 'EUR', { decimal: '.' })).toBe(10_750);
  const third = readAmount('=10/3', 'EUR');
  expect(third.ok && third.value.rounded).toBe(true);
  expect(read('=0.5%*1', 'EUR')).toBe(0); // 0.005, half-even
  expect(read('=0.5%*1', 'EUR', { excess: 'half-up' })).toBe(1);
});

test.each([
  ['€ 12,50', 'EUR', 1250],
  ['12,50 €', 'EUR', 1250],
  ['EUR 12', 'EUR', 1200],
  ['12eur', 'EUR', 1200],
  ['US$12', 'USD', 1200],
  ['12 $US', 'USD', 1200],
  ['$12 USD', 'USD', 1200],
  ['CA$12', 'CAD', 1200],
  ['￥500', 'JPY', 500],
  ['500円', 'JPY', 500],
  ['12 kr', 'SEK', 1200],
  ['12 kr.', 'DKK', 1200],
  ['Rs.500', 'INR', 50_000],
  ['S/.50', 'PEN', 5000],
  ['Fr. 12.-', 'CHF', 1200],
  ['CHF-12.50', 'CHF', -1250],
  ['-$.50', 'USD', -50],
])('M19: %s in %s', (text, currency, minor) => {
  expect(read(text, currency)).toBe(minor);
});

test('M19: another currency is refused by name', () => {
  const other = (found: string) => ({ ok: false, error: { kind: 'other-currency', currency: 'EUR', found } });
  expect(parseAmount('£5', 'EUR')).toEqual(other('£'));
  expect(parseAmount('5 USD', 'EUR')).toEqual(other('USD'));
  expect(parseAmount('5 kr', 'EUR')).toEqual(other('kr'));
  expect(read('US$ 5', 'CAD')).toBe('other-currency');
  expect(read('5', 'XYZ')).toBe('unknown-currency');
  expect(read('5 BGN', 'BGN')).toBe(500);
});

test.each([
  ['-5', -500],
  ['5-', -500],
  ['(5)', -500],
  ['(€ 5)', -500],
  ['€ -5', -500],
  ['-€5', -500],
  ['5 € -', -500],
  ['+5', 500],
  ['12.-', 1200],
  ['12.–', 1200],
  ['12,--', 1200],
  ['-12.-', -1200],
])('M20: %s', (text, minor) => {
  expect(read(text)).toBe(minor);
});

test.each(['-(5)', '--5', '-5-', '(5', '5)', ')5(', '()5', '+-5', '5+'])('M20: %s mixes signs', (text) => {
  expect(read(text)).toBe('not-a-number');
});

test('M21: decimals beyond the currency are refused or rounded as named, zeros at the end are none', () => {
  expect(parseAmount('12.345', 'EUR', { decimal: '.' })).toEqual({
    ok: false,
    error: { kind: 'too-precise', currency: 'EUR', digits: 2 },
  });
  expect(read('0.5', 'JPY')).toBe('too-precise');
  expect(read('12.5000')).toBe(1250);
  expect(read('1200.00', 'JPY')).toBe(1200);
  expect(read('12.3456', 'CLF')).toBe(123_456);
  expect(read('2.5', 'JPY', { excess: 'half-even' })).toBe(2);
  expect(read('2.5', 'JPY', { excess: 'half-up' })).toBe(3);
  expect(read('-2.5', 'JPY', { excess: 'floor' })).toBe(-3);
});

test('M3: the largest amount is read, the next is refused', () => {
  expect(read('90071992547409.91')).toBe(Number.MAX_SAFE_INTEGER);
  expect(parseAmount('90071992547409.92', 'EUR')).toEqual({
    ok: false,
    error: { kind: 'too-large', currency: 'EUR' },
  });
  expect(read('9'.repeat(150))).toBe('too-large');
  expect(read('99999999bn')).toBe('too-large');
});

test.each([
  ['', 'empty'],
  ['   ', 'empty'],
  ['\u00a0', 'empty'],
  ['-', 'not-a-number'],
  ['EUR', 'not-a-number'],
  ['abc', 'not-a-number'],
  ['01.02.2027', 'not-a-number'],
  ['2027-03-01', 'not-a-number'],
  ['1/2', 'not-a-number'],
  ['1e5', 'not-a-number'],
  ['0x10', 'not-a-number'],
  ['12%', 'not-a-number'],
  ['B5', 'not-a-number'],
  ['12 or 13', 'not-a-number'],
  ['+49 (0) 30 1234', 'not-a-number'],
  ['NaN', 'not-a-number'],
  ['5'.repeat(201), 'not-a-number'],
  ['½', 'not-a-number'],
])('M22: %j is refused', (text, kind) => {
  expect(read(text)).toBe(kind);
});

test('M22: reading never throws, whatever the text', () => {
  const texts = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 40 }),
    fc.stringMatching(/^[-0-9., '+()=*/%kmb€$KE]{0,30}$/),
  );
  const hints = fc.constantFrom<AmountOptions>({}, { decimal: '.' }, { decimal: ',' });
  fc.assert(
    fc.property(texts, hints, (text, options) => {
      const amount = parseAmount(text, 'EUR', options);
      if (amount.ok) expect(Number.isSafeInteger(amount.value.minor)).toBe(true);
    }),
    { numRuns: 2000 },
  );
});

test('M22: a hostile text takes no longer than another', () => {
  for (const piece of ['1 ', "1'", '1,', '-', '(', '€', 'k', '=', '=(', '=-', '1.1.']) {
    const text = piece.repeat(200).slice(0, 200);
    const start = performance.now();
    read(text);
    read(`=${text}`.slice(0, 200));
    expect(performance.now() - start).toBeLessThan(500);
  }
});

/** A calculation as text, and its value computed apart; over nothing if it divides by zero somewhere. */
const calculations = fc.letrec<{ tree: Calculation }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 4 },
    fc.nat({ max: 99 }).map((n): Calculation => ({ text: String(n), top: BigInt(n), bottom: 1n })),
    fc.tuple(tie('tree'), fc.constantFrom('+', '-', '*', '/'), tie('tree')).map(([a, sign, b]) => joined(a, sign, b)),
  ),
})).tree;

interface Calculation {
  readonly text: string;
  readonly top: bigint;
  readonly bottom: bigint;
}

function joined(a: Calculation, sign: string, b: Calculation): Calculation {
  const text = `(${a.text}${sign}${b.text})`;
  if (a.bottom === 0n || b.bottom === 0n) return { text, top: 1n, bottom: 0n };
  if (sign === '*') return { text, top: a.top * b.top, bottom: a.bottom * b.bottom };
  if (sign === '/') return { text, top: a.top * b.bottom, bottom: a.bottom * b.top };
  const other = sign === '-' ? -b.top : b.top;
  return { text, top: a.top * b.bottom + other * a.bottom, bottom: a.bottom * b.bottom };
}

test('M18: a calculation is exact until it is rounded once', () => {
  fc.assert(
    fc.property(calculations, ({ text, top, bottom }) => {
      fc.pre(text.length < 199);
      const amount = parseAmount(`=${text}`, 'JPY', { excess: 'floor' });
      if (bottom === 0n) expect(amount).toEqual({ ok: false, error: { kind: 'division-by-zero' } });
      else if (amount.ok) {
        const sign = bottom < 0n ? -1n : 1n;
        const rest = top * sign - BigInt(amount.value.minor) * bottom * sign;
        expect(rest >= 0n && rest < bottom * sign).toBe(true);
      } else expect(amount.error.kind).toBe('too-large');
    }),
  );
});
