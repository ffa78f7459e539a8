import { expect, test } from 'vitest';
import { variance } from '#lib/domain/budget/variance.ts';
import { money } from '#lib/domain/money/money.ts';
import { fullText, moneyText, ratioText, varianceText } from '#lib/ui/figure/figure-text.ts';

const eur = (amount: number): ReturnType<typeof money> => money(Math.round(amount * 100), 'EUR');

test('a negative amount has a true minus sign, and a screen reader gets the whole figure', () => {
  expect(moneyText(eur(-1234.5), 'en', { currency: 'none' })).toBe('−1,234.50');
  expect(fullText(eur(7_120_000), 'en')).toBe('EUR\u00a07,120,000.00');
});

test('191,000 more than 1,512,400 planned is over, rust, up, 12.6 %', () => {
  const over = varianceText(variance(eur(1_512_400), eur(1_703_400), 'cost'), 'en', { currency: 'none' });
  expect(over).toEqual({
    arrow: '▲',
    tone: 'over',
    amount: '+191,000.00',
    ratio: '+12.6%',
    words: 'over plan, unfavourable',
  });
});

test('spending less is blue and down; earning less is rust and down; earning more is blue and up', () => {
  const short = (planned: number, actual: number, nature: 'cost' | 'revenue'): string => {
    const { arrow, tone } = varianceText(variance(eur(planned), eur(actual), nature), 'en');
    return `${arrow} ${tone}`;
  };
  expect(short(100, 90, 'cost')).toBe('▼ under');
  expect(short(100, 90, 'revenue')).toBe('▼ over');
  expect(short(100, 110, 'revenue')).toBe('▲ under');
});

test('on plan has no arrow; without a plan there is no share of it', () => {
  expect(varianceText(variance(eur(5), eur(5), 'cost'), 'en')).toMatchObject({
    arrow: '',
    tone: 'even',
    ratio: '0.0%',
  });
  expect(ratioText(null, 'en')).toBe('–');
  expect(ratioText('-0.0845', 'de')).toBe('−8,5\u00a0%');
});
